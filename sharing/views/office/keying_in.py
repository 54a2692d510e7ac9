"""/dieu-hanh/yeu-cau/nhap/: keying in a request that came through the document system."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog.upload import takes_file
from sharing import policies
from sharing.actions import documents, keying_in
from sharing.actions.requests import duplicates_of
from sharing.forms.keying_in import KeyInForm
from sharing.loaders import keyed_request_for
from sharing.models import ConnectionRequest
from sharing.selectors.connections import being_keyed_in
from sharing.selectors.writing import parts_of, steps_of
from sharing.views.writing_pages import OFFICERS, step_page

ON_A_PAGE = 20
BESIDE = {"own": "requester", "closed": "service"}


def begin(request: HttpRequest) -> HttpResponse:
    """Whose request for which service; and what was begun and not finished."""
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    form = KeyInForm(sent(request))
    if form.is_valid():
        facts = form.cleaned_data
        begun = carry_out(form, lambda: keying_in.begin(by=person, **facts), fields=BESIDE)
        if begun is not None:
            return redirect("key_in_step", begun.pk, steps_of(begun)[0])
    page = Paginator(being_keyed_in(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/office/key_in.html", {"form": form, "page": page})


@takes_file(lambda: documents.MOST_BYTES)
def step(request: HttpRequest, request_id: UUID, step: str) -> HttpResponse:
    found, person = _found(request, request_id)
    if blocked := refusal_of(lambda: policies.check_being_keyed_in(found)):
        return _finished(request, found, blocked)
    return step_page(request, found, step, person, OFFICERS)


def check(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything once more. What the letter does not say holds nothing up; its number and days do."""
    found, person = _found(request, request_id)
    if blocked := refusal_of(lambda: policies.check_being_keyed_in(found)):
        return _finished(request, found, blocked)
    if request.method == "POST":
        done = _("Đã nhập yêu cầu; cơ quan yêu cầu và chủ quản dữ liệu đã được báo.")
        press(request, lambda: keying_in.finish(request=found, by=person), done)
        return redirect("connection_request", found.pk)
    parts = parts_of(found)
    context = {
        "found": found,
        "desk": OFFICERS,
        "parts": parts,
        "steps": len(parts) + 1,
        "unsaid": any(part.missing for part in parts),
        "documents": found.documents.all(),
        "duplicates": duplicates_of(found),
        "blocked": refusal_of(lambda: keying_in.check_document(found)),
    }
    return render(request, "sharing/office/key_in_check.html", context)


def discard(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    if blocked := refusal_of(lambda: policies.check_being_keyed_in(found)):
        return _finished(request, found, blocked)
    if request.method == "POST":
        done = _("Đã bỏ yêu cầu đang nhập.")
        press(request, lambda: keying_in.discard(request=found, by=person), done)
        return redirect("key_in")
    return render(request, "sharing/office/key_in_discard.html", {"found": found})


def _found(request: HttpRequest, request_id: UUID) -> tuple[ConnectionRequest, Person]:
    found = keyed_request_for(request.user, request_id)
    return found, check_permission(request.user, Permission.ISSUE_ACCOUNT)


def _finished(request: HttpRequest, found: ConnectionRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("office_request", found.pk)
