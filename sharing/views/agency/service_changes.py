"""/ket-noi/dich-vu/<code>/thay-doi/: what is on offer changes when another person agrees."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission, has_permission
from accounts.roles import Permission
from sharing.actions import service_changes
from sharing.forms.service import ChangeDecisionForm, ProposalForm
from sharing.loaders import change_for, service_for
from sharing.models import ServiceChange, SharingService
from sharing.selectors.service_changes import differences, living_accounts

ACCEPT, REFUSE, WITHDRAW = "accept", "refuse", "withdraw"


def propose(request: HttpRequest, service: SharingService, person: Person) -> HttpResponse:
    """The form of a service that is on offer; one that cannot be changed now says why."""
    blocked = refusal_of(lambda: service_changes.check_proposable(service))
    # The form fills its own copy: what the page is headed by stays what is kept.
    shown = service_for(request.user, service.code, Permission.DESCRIBE_SERVICE)
    form = ProposalForm(None if blocked else sent(request), instance=shown, owner=service.owner)
    if form.is_valid():
        change = carry_out(
            form,
            lambda: service_changes.propose(
                service=service,
                facts=form.facts(),
                tables=form.tables(),
                reason=form.cleaned_data["reason"],
                by=person,
            ),
            fields={"reason": "reason"},
        )
        if change is not None:
            messages.success(request, _("Đã gửi đề nghị thay đổi; lãnh đạo duyệt đã được báo."))
            return redirect(change)
    context = {"form": form, "owner": service.owner, "service": service, "blocked": blocked}
    return render(request, "sharing/agency/service_form.html", context)


def service_change(request: HttpRequest, code: str, change_id: int) -> HttpResponse:
    """What would change; the button says what becomes of it."""
    change = change_for(request.user, code, change_id)
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, change.service.owner)
    form = ChangeDecisionForm(sent(request))
    if form.is_valid() and _decided(request, change, form, person):
        return redirect(change)
    waits = change.state == ServiceChange.State.WAITING
    decides = waits and has_permission(person, Permission.GIVE_CONSENT, change.service.owner)
    context = {
        "change": change,
        "service": change.service,
        "differences": differences(change),
        "accounts": living_accounts(change.service),
        "form": form,
        "decides": decides,
        "refuses": decides and change.proposed_by_id != person.pk,
        "withdraws": waits
        and has_permission(person, Permission.DESCRIBE_SERVICE, change.service.owner),
        "blocked": refusal_of(lambda: service_changes.check_decidable(change, person)),
    }
    return render(request, "sharing/agency/service_change.html", context)


def _decided(
    request: HttpRequest, change: ServiceChange, form: ChangeDecisionForm, by: Person
) -> bool:
    reason = form.cleaned_data["reason"]
    decisions: dict[str, tuple[Callable[[], ServiceChange], str]] = {
        ACCEPT: (
            lambda: service_changes.accept(change=change, by=by),
            _("Đã duyệt thay đổi; các cơ quan sử dụng đã được báo, tài khoản đã cấp giữ nguyên."),
        ),
        REFUSE: (
            lambda: service_changes.refuse(change=change, reason=reason, by=by),
            _("Đã ghi nhận không duyệt; người đề nghị đã được báo."),
        ),
        WITHDRAW: (
            lambda: service_changes.withdraw(change=change, by=by),
            _("Đã rút đề nghị thay đổi; dịch vụ giữ nguyên."),
        ),
    }
    pressed = decisions.get(request.POST.get("decision", ""))
    if pressed is None:
        return False
    act, done = pressed
    if carry_out(form, act, fields={"reason": "reason"}) is None:
        return False
    messages.success(request, done)
    return True
