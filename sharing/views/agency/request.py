"""/ket-noi/yeu-cau/<id>/: one request for both agencies; giving it up, opening it again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, sent
from accounts.models import Person
from accounts.permissions import NotFound, check_anywhere, check_permission, has_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import requests
from sharing.forms.request import NoteForm, ReopenForm
from sharing.loaders import own_request_for, request_for
from sharing.models import ConnectionRequest
from sharing.selectors.case import asked_for, case_of
from sharing.selectors.writing import first_unfinished
from sharing.states import RequestState


@require_GET
def connection_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A draft leads on to where its writing stopped; officers have their own pages."""
    found = request_for(request.user, request_id, Permission.SEE_AGENCY_WORK)
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    if found.is_being_keyed_in:
        return redirect("key_in_check", found.pk)
    if not policies.works_on_a_side(found, person):
        if not found.number:
            raise NotFound
        if has_permission(person, Permission.ISSUE_ACCOUNT):
            return redirect("office_request", found.pk)
    writes = has_permission(person, Permission.REQUEST_CONNECTION, found.requester)
    if writes and found.state == RequestState.DRAFT:
        return _where_it_stopped(found)
    context = {
        "case": case_of(found, person, internal=False),
        "writes": writes,
        "decides": has_permission(person, Permission.GIVE_CONSENT, found.service.owner),
        "wanted": asked_for(found),
    }
    return render(request, "sharing/agency/request.html", context)


def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _own(request, request_id)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        act = lambda: requests.withdraw(request=found, note=note, by=person)  # noqa: E731
        if carry_out(form, act) is not None:
            messages.success(request, _("Đã rút lại yêu cầu."))
            return redirect("connection_request", found.pk)
    return _page(request, found, person, form, "withdraw")


def give_up(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _own(request, request_id)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        act = lambda: requests.give_up(request=found, note=note, by=person)  # noqa: E731
        if carry_out(form, act) is not None:
            messages.success(request, _("Đã huỷ bản nháp."))
            return redirect("connections")
    return _page(request, found, person, form, "give_up")


def reopen(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _own(request, request_id)
    form = ReopenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: requests.reopen(request=found, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields={"reason": "reason"}) is not None:
            messages.success(
                request, _("Đã mở lại yêu cầu. Hãy sửa nội dung cần thay đổi rồi gửi lại.")
            )
            return redirect("request_check", found.pk)
    return _page(request, found, person, form, "reopen")


def _page(
    request: HttpRequest,
    found: ConnectionRequest,
    person: Person,
    form: NoteForm | ReopenForm,
    step: str,
) -> HttpResponse:
    """`blocked`: why the step is not open now."""
    blocked = ""
    if step not in policies.open_steps(found, person):
        blocked = _("Yêu cầu đang ở trạng thái “%(state)s”, không thực hiện được việc này.") % {
            "state": found.get_state_display()
        }
    context = {"found": found, "form": form, "step": step, "blocked": blocked}
    return render(request, "sharing/agency/request_step.html", context)


def _own(request: HttpRequest, request_id: UUID) -> tuple[ConnectionRequest, Person]:
    found = own_request_for(request.user, request_id)
    return found, check_permission(request.user, Permission.REQUEST_CONNECTION, found.requester)


def _where_it_stopped(found: ConnectionRequest) -> HttpResponse:
    step = first_unfinished(found)
    if step is None:
        return redirect("request_check", found.pk)
    return redirect("request_step", found.pk, step)
