"""/ket-noi/: what one's agency asks for and uses; one request, and what may be done about it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, sent
from accounts.models import Person
from accounts.permissions import (
    NotSignedIn,
    agencies_with,
    check_anywhere,
    has_permission,
    is_person,
)
from accounts.roles import Permission
from sharing.actions import requests
from sharing.forms.request import NoteForm
from sharing.loaders import request_for
from sharing.models import ConnectionRequest
from sharing.selectors.accounts import accounts_of
from sharing.selectors.case import case_of
from sharing.selectors.cases import requests_of
from sharing.states import RequestState

ON_A_PAGE = 20


@require_GET
def connections(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.REQUEST_CONNECTION)
    agencies = agencies_with(person, Permission.REQUEST_CONNECTION)
    context = {
        "page": Paginator(requests_of(agencies), ON_A_PAGE).get_page(request.GET.get("page")),
        "accounts": accounts_of(agencies)[:ON_A_PAGE],
        "several": len(agencies) > 1,
    }
    return render(request, "sharing/agency/connections.html", context)


@require_GET
def case(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """For requester and owner; a draft leads to its first page, an officer to the desk."""
    found, person = _found(request, request_id)
    if found.state == RequestState.DRAFT:
        return redirect("request_check", found.pk)
    if not _on_a_side(found, person) and has_permission(person, Permission.ISSUE_ACCOUNT):
        return redirect("office_request", found.pk)
    context = {"case": case_of(found, person, internal=False)}
    return render(request, "sharing/agency/case.html", context)


def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, "withdraw")


def supplement(request: HttpRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, "supplement")


def reopen(request: HttpRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, "reopen")


def _step(request: HttpRequest, request_id: UUID, step: str) -> HttpResponse:
    found = request_for(request.user, request_id, Permission.REQUEST_CONNECTION)
    person = check_anywhere(request.user, Permission.REQUEST_CONNECTION)
    form = NoteForm(sent(request))
    if form.is_valid():
        note = form.cleaned_data["note"]
        if carry_out(form, lambda: _take(found, step, note, person), fields={"reason": "note"}):
            return redirect("connection_request", found.pk)
    context = {"found": found, "form": form, "step": step, "words": _words(step)}
    return render(request, "sharing/agency/step.html", context)


def _take(found: ConnectionRequest, step: str, note: str, person: Person) -> ConnectionRequest:
    if step == "withdraw":
        return requests.withdraw(request=found, note=note, by=person)
    if step == "supplement":
        return requests.supplement(request=found, note=note, by=person)
    return requests.reopen(request=found, reason=note, by=person)


def _words(step: str) -> dict[str, Any]:
    """Heading and explanation of the page."""
    return {
        "withdraw": {
            "title": _("Rút lại yêu cầu"),
            "about": _("Yêu cầu đã rút không xử lý tiếp được; muốn kết nối phải gửi yêu cầu mới."),
        },
        "supplement": {
            "title": _("Gửi bổ sung"),
            "about": _("Hãy sửa nội dung và thêm văn bản trước, rồi gửi bổ sung ở đây."),
        },
        "reopen": {
            "title": _("Mở lại yêu cầu"),
            "about": _(
                "Yêu cầu trở lại bản nháp với cùng mã số; "
                "tài khoản đã cấp giữ nguyên đến khi có quyết định mới."
            ),
        },
    }[step]


def _found(request: HttpRequest, request_id: UUID) -> tuple[ConnectionRequest, Person]:
    found = request_for(request.user, request_id, Permission.SEE_AGENCY_WORK)
    if not is_person(request.user):
        raise NotSignedIn
    return found, request.user


def _on_a_side(found: ConnectionRequest, person: Person) -> bool:
    """A member of one of the two agencies."""
    sides = (found.requester_id, found.service.owner_id)
    return person.memberships.current().filter(agency__in=sides).exists()
