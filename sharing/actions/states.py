"""The one function that changes a request's state: right, state, timeline, audit row, notices."""

from typing import Any

from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Agency, Person
from accounts.permissions import people_with
from accounts.reasons import check_reason
from core import clock
from sharing import policies
from sharing.actions import answering, running
from sharing.models import ConnectionRequest, RequestEvent
from sharing.states import BEFORE_CONSENT, MAY, Side, Transition


def locked(request: ConnectionRequest) -> ConnectionRequest:
    """The request as it stands now, held until the transaction ends."""
    return (
        ConnectionRequest.objects.select_for_update(of=("self",))
        .select_related(
            "service__owner", "requester", "duty", "answer_duty", "submitted_by", "officer"
        )
        .get(pk=request.pk)
    )


def apply(
    request: ConnectionRequest,
    name: str,
    *,
    by: Person,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> Transition:
    """Take the step `name` on a locked request; `note` is its reason.

    Raises ValidationError when the state does not allow it or a reason is missing, and
    accounts.permissions.Refused when the person may not take it.
    """
    step = policies.check_transition(request, name)
    side = policies.check_side(request, step, by)
    if step.needs_reason:
        note = check_reason(note)
    before = request.state
    request.state = step.target
    request.state_changed_at = clock.now()
    running.follow(request, step.clock, by=by)
    answering.follow(request, step.owner_clock, by=by)
    request.save()
    _write_down(request, step, side, by, note)
    record(
        by=by,
        action=step.audit_action,
        target=request,
        agency=policies.side_agency(request, side),
        before={"request_state": before},
        after={"request_state": step.target, "reason": note, **(facts or {})},
    )
    _tell(request, step, by, note)
    return step


def _write_down(
    request: ConnectionRequest, step: Transition, side: Side, by: Person, note: str
) -> None:
    RequestEvent.objects.create(
        request=request,
        by=by,
        agency=policies.side_agency(request, side),
        step=step.name,
        state=step.target,
        note=note,
        clock=step.clock,
        due=request.duty.due if request.duty and request.duty.is_live else None,
        said=_said(request) if step.sends else None,
    )


def _said(request: ConnectionRequest) -> dict[str, Any]:
    signed = request.document_date
    return {
        "answers": request.answers,
        "document_number": request.document_number,
        "document_date": signed.isoformat() if signed else "",
    }


def _tell(request: ConnectionRequest, step: Transition, by: Person, note: str) -> None:
    """Nobody hears of what was never sent."""
    if not request.number:
        return
    facts = {
        "request": request.number,
        "service": request.service.title_vi,
        "requester": request.requester.name_vi,
        "owner": request.service.owner.name_vi,
        "reason": note,
        "ground": request.legal_ground,
        "deadline": request.duty.due.isoformat() if request.duty else "",
    }
    told = {by.pk}
    for side in step.tells:
        people = [one for one in members(request, side) if one.pk not in told]
        told |= {one.pk for one in people}
        path = reverse(_page(request, side), args=[request.pk])
        tell(people, kind=step.notice, facts=facts, path=path)


def _page(request: ConnectionRequest, side: Side) -> str:
    """Where that side goes on with the request, or reads what became of it."""
    if side is Side.OWNER and request.state in BEFORE_CONSENT:
        return "consent"
    return "office_request" if side is Side.AUTHORITY else "connection_request"


def members(request: ConnectionRequest, side: Side) -> list[Person]:
    """Those who may act on that side; of the data authority, its own people."""
    agency = policies.side_agency(request, side)
    if side is Side.AUTHORITY:
        agency = Agency.objects.current().filter(is_data_authority=True).first()
    return list(people_with(MAY[side], agency)) if agency else []
