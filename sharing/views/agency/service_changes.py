"""/ket-noi/dich-vu/<code>/thay-doi/: what is on offer changes when another person agrees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission, has_permission
from accounts.roles import Permission
from sharing.actions import service_changes
from sharing.forms.service import ChangeRefusalForm, ProposalForm
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
    """What would change; the button says what becomes of it, a refusal says why."""
    change = change_for(request.user, code, change_id)
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, change.service.owner)
    pressed = request.POST.get("decision", "")
    if pressed in (ACCEPT, WITHDRAW):
        _press(request, change, pressed, person)
        return redirect(change)
    form = ChangeRefusalForm(request.POST if pressed == REFUSE else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: service_changes.refuse(change=change, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields={"reason": "reason"}) is not None:
            messages.success(request, _("Đã ghi nhận không duyệt; người đề nghị đã được báo."))
            return redirect(change)
    context = {"change": change, "service": change.service, "form": form, **_about(change, person)}
    return render(request, "sharing/agency/service_change.html", context)


def _press(request: HttpRequest, change: ServiceChange, pressed: str, by: Person) -> None:
    if pressed == ACCEPT:
        done = _("Đã duyệt thay đổi; các cơ quan sử dụng đã được báo, tài khoản đã cấp giữ nguyên.")
        press(request, lambda: service_changes.accept(change=change, by=by), done)
    else:
        done = _("Đã rút đề nghị thay đổi; dịch vụ giữ nguyên.")
        press(request, lambda: service_changes.withdraw(change=change, by=by), done)


def _about(change: ServiceChange, person: Person) -> dict[str, object]:
    owner = change.service.owner
    waits = change.state == ServiceChange.State.WAITING
    decides = waits and has_permission(person, Permission.GIVE_CONSENT, owner)
    return {
        "differences": differences(change),
        "accounts": living_accounts(change.service),
        "decides": decides,
        "refuses": decides and change.proposed_by_id != person.pk,
        "withdraws": waits and has_permission(person, Permission.DESCRIBE_SERVICE, owner),
        "blocked": refusal_of(lambda: service_changes.check_decidable(change, person)),
    }
