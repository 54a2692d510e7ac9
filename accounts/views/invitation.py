"""/loi-moi/…/: the page behind the link of an invitation letter."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import address_proof
from accounts.actions import invitations
from accounts.forms.members import FirstPasswordForm
from accounts.models import Invitation, Person
from accounts.permissions import NotFound, is_person


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "password_again")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Four readers: invited and signed in, signed in as another, with an account, without one."""
    try:
        offer = invitations.find_open(token)
    except NotFound:
        return render(request, "accounts/invitation_over.html", status=404)
    if is_person(request.user):
        return _signed_in(request, request.user, offer, token)
    if Person.objects.filter(email=offer.email).exists():
        return _page(request, offer, "sign_in")
    return _newcomer(request, offer, token)


def _signed_in(request: HttpRequest, person: Person, offer: Invitation, token: str) -> HttpResponse:
    if person.email != offer.email:
        return _page(request, offer, "other_person")
    if request.method == "POST":
        invitations.accept(token=token, by=person)
        address_proof.prove(request.session, person)
        messages.success(request, _("Đã nhận lời mời. Vai trò có hiệu lực từ hôm nay."))
        return redirect("profile")
    return _page(request, offer, "confirm")


def _newcomer(request: HttpRequest, offer: Invitation, token: str) -> HttpResponse:
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = invitations.accept(token=token, password=form.cleaned_data["password"])
        except ValidationError as refusal:
            form.add_error("password", refusal)
        else:
            address_proof.prove(request.session, person)
            messages.success(request, _("Đã tạo tài khoản. Hãy đăng nhập bằng mật khẩu vừa đặt."))
            return redirect("account_login")
    return _page(request, offer, "newcomer", form=form)


def _page(request: HttpRequest, offer: Invitation, reader: str, **more: Any) -> HttpResponse:
    context = {"invitation": offer, "reader": reader, **more}
    return render(request, "accounts/invitation.html", context)
