"""/tai-khoan/xac-thuc/bat/: the first second factor needs the account's post beside its password."""

from allauth.core import ratelimit
from allauth.mfa.totp.views import activate_totp
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import address_proof
from accounts.actions.security import send_address_link
from accounts.models import Person
from accounts.permissions import NotSignedIn, is_person


def activate(request: HttpRequest) -> HttpResponse:
    """The library's page, after the address has been proved."""
    if is_person(request.user) and address_proof.needs_proof(request.session, request.user):
        return redirect("second_factor_address")
    answer: HttpResponse = activate_totp(request)
    return answer


@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Sends the link; what is sent again replaces it."""
    person = _signed_in(request)
    if not address_proof.needs_proof(request.session, person):
        return redirect("mfa_activate_totp")
    if request.method == "POST":
        if ratelimit.consume(request, action="prove_address", user=person):
            token = address_proof.ask(request.session, person)
            link = settings.SITE_URL + reverse("second_factor_prove", args=[token])
            send_address_link(person=person, link=link, minutes=_minutes())
            done = _("Đã gửi liên kết đến %(email)s. Hãy mở liên kết trong trình duyệt này.")
            messages.success(request, done % {"email": person.email})
        else:
            messages.error(
                request, _("Đã gửi nhiều lần. Hãy xem hộp thư, hoặc đợi ít phút rồi gửi lại.")
            )
        return redirect("second_factor_address")
    return render(request, "accounts/second_factor_address.html", {"minutes": _minutes()})


@require_GET
@never_cache
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link. It opens nothing but in the session that asked for it."""
    person = _signed_in(request)
    if address_proof.answer(request.session, person, token):
        return redirect("mfa_activate_totp")
    messages.error(
        request,
        _(
            "Liên kết này đã dùng, đã quá hạn hoặc được yêu cầu ở trình duyệt khác. Hãy gửi liên kết mới "
            "rồi mở trong cùng trình duyệt."
        ),
    )
    return redirect("second_factor_address")


def _signed_in(request: HttpRequest) -> Person:
    if not is_person(request.user):
        raise NotSignedIn
    return request.user


def _minutes() -> int:
    return int(address_proof.GOOD_FOR.total_seconds() // 60)
