"""The one place that changes a duty's state."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actions.audit import Entry, record_many
from accounts.models import Agency, Person
from accounts.permissions import check_permission
from accounts.reasons import check_reason
from core import clock
from deadlines.kinds import kind_of
from deadlines.models import Correction, Duty, Round
from deadlines.policies import check_document
from deadlines.states import LIVE, DutyState, DutyStep, duty_step

FULFILMENT = ("how", "fulfilled_at", "fulfilled_on")
DAYS = ("counted_due", "extended_to", "due", "certainty", "reminded", "escalated")


@transaction.atomic
def fulfil(
    *,
    kind: str,
    subject: str,
    period: str,
    how: Duty.How,
    by: Person | None,
    at: datetime | None = None,
) -> Duty | None:
    """The deed is done: the duty of that subject for the period is fulfilled, on time or late.

    None where there is no such duty, or it is no longer to be done.
    """
    live = Duty.objects.filter(kind=kind, subject=subject, period=period, state__in=LIVE)
    duty = _locked(live).first()
    if duty is None:
        return None
    set_fulfilled(duty, how, at or clock.now())
    take_step([duty], "fulfil", by=by, facts={"how": duty.how}, changed=FULFILMENT)
    return duty


@transaction.atomic
def reopen(*, kind: str, subject: str, period: str, by: Person | None, reason: str) -> Duty | None:
    """What fulfilled the duty has been taken back: it is to be done again, by the same day."""
    done = Duty.objects.filter(kind=kind, subject=subject, period=period, state=DutyState.FULFILLED)
    duty = _locked(done).first()
    if duty is None:
        return None
    duty.how, duty.fulfilled_at, duty.fulfilled_on = "", None, None
    take_step([duty], "reopen", by=by, facts={"reason": reason}, changed=FULFILMENT)
    return duty


@transaction.atomic
def declare_done(*, duty: Duty, note: str, document: str = "", by: Person) -> Duty:
    """Say that a deed outside the portal is done (a review, a report); `note` says what came of it.

    Raises ValidationError for a duty that the portal itself sees fulfilled.
    """
    duty = locked(duty)
    permission = kind_of(duty.kind).done_by
    if permission is None:
        raise ValidationError(
            _("Nghĩa vụ này hoàn thành khi dữ liệu được công bố, không báo hoàn thành bằng tay."),
            code="kind",
        )
    check_permission(by, permission, duty.agency)
    check_step(duty, duty_step("fulfil"))
    set_fulfilled(duty, Duty.How.DONE, clock.now())
    facts = {"how": duty.how, "note": note.strip(), "document": document.strip()}
    take_step([duty], "fulfil", by=by, facts=facts, changed=FULFILMENT)
    return duty


def last_done(kind: str) -> dict[str, date]:
    """Per subject the day on which a duty of the kind was fulfilled last."""
    done = Duty.objects.filter(kind=kind, fulfilled_on__isnull=False).order_by()
    return dict(done.values_list("subject").annotate(Max("fulfilled_on")))


@transaction.atomic
def void(*, kind: str, subject: str, by: Person | None, reason: str) -> int:
    """The subject is no more: nothing of it is to be done any longer. How many duties fell away."""
    duties = list(_locked(Duty.objects.filter(kind=kind, subject=subject, state__in=LIVE)))
    take_step(duties, "void", by=by, facts={"reason": reason})
    return len(duties)


@transaction.atomic
def extend(*, duty: Duty, until: date, reason: str, document: str, by: Person) -> Duty:
    """Give more time. Raises ValidationError for a day that is no later than the present one.

    It rests on a reason and a document, as any decision does.
    """
    reason, document = check_reason(reason), check_document(document)
    duty = locked(duty)
    if until <= duty.due:
        raise ValidationError(
            _("Ngày gia hạn phải sau hạn hiện tại (%(due)s).") % {"due": f"{duty.due:%d/%m/%Y}"},
            code="until",
        )
    if until < clock.today():
        raise ValidationError(_("Ngày gia hạn đã qua. Hãy chọn ngày sau hôm nay."), code="until")
    before = duty.due
    duty.extended_to = duty.due = until
    duty.reminded = duty.escalated = None
    take_step(
        [duty],
        "extend",
        by=by,
        before={"due": before.isoformat()},
        facts={"due": until.isoformat(), "reason": reason, "document": document},
        changed=DAYS,
    )
    return duty


@transaction.atomic
def waive(*, duty: Duty, reason: str, document: str, by: Person) -> Duty:
    """Lift the duty for good, for a reason and on a document."""
    reason, document = check_reason(reason), check_document(document)
    duty = locked(duty)
    take_step([duty], "waive", by=by, facts={"reason": reason, "document": document})
    return duty


@transaction.atomic
def fulfil_one(*, duty: Duty, how: Duty.How, by: Person | None) -> Duty:
    """The deed of this very duty is done, seen by the room that knows. Nothing happens the second time."""
    duty = locked(duty)
    if duty.state in duty_step("fulfil").sources:
        set_fulfilled(duty, how, clock.now())
        take_step([duty], "fulfil", by=by, facts={"how": duty.how}, changed=FULFILMENT)
    return duty


@transaction.atomic
def void_one(*, duty: Duty, by: Person | None, reason: str) -> Duty:
    """This very duty falls away. Nothing happens the second time."""
    duty = locked(duty)
    if duty.state in duty_step("void").sources:
        take_step([duty], "void", by=by, facts={"reason": reason})
    return duty


@transaction.atomic
def pause(*, duty: Duty, by: Person | None) -> Duty:
    """The count stops: the duty waits for somebody else."""
    duty = locked(duty)
    take_step([duty], "pause", by=by)
    return duty


@transaction.atomic
def resume(*, duty: Duty, due: date, by: Person | None) -> Duty:
    """The count goes on, up to another last day."""
    duty = locked(duty)
    before = duty.due
    if due != duty.counted_due:
        duty.extended_to = duty.due = due
    duty.reminded = duty.escalated = None
    take_step(
        [duty],
        "resume",
        by=by,
        before={"due": before.isoformat()},
        facts={"due": duty.due.isoformat()},
        changed=DAYS,
    )
    return duty


def locked(duty: Duty) -> Duty:
    """The duty as it stands now, held until the transaction ends."""
    return _locked(Duty.objects.filter(pk=duty.pk)).get()


def set_fulfilled(duty: Duty, how: str, at: datetime) -> None:
    duty.how, duty.fulfilled_at, duty.fulfilled_on = how, at, localtime(at).date()


def check_step(duty: Duty, step: DutyStep) -> None:
    """Raises ValidationError when the duty's state does not allow the step."""
    if duty.state not in step.sources:
        raise ValidationError(
            _("Nghĩa vụ này đang ở trạng thái “%(state)s”, không thể thực hiện.")
            % {"state": duty.get_state_display()},
            code="state",
        )


def take_step(
    duties: list[Duty],
    name: str,
    *,
    by: Person | None,
    facts: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Take the step on locked duties: right, state, audit rows, the log of closed rounds.

    `changed`: the fields besides the state that were set before. A query for each combination of
    values, and a few more, however many they are. Raises ValidationError for a state that does not allow it,
    accounts.permissions.Refused for a person who may not.
    """
    step = duty_step(name)
    entries = [_taken(duty, step, by, facts or {}, before or {}) for duty in duties]
    _write(duties, ("state", "state_changed_at", *changed))
    record_many(by=by, entries=entries)
    _log_corrections(duties, step, by, (facts or {}).get("reason", ""))


def _write(duties: list[Duty], fields: tuple[str, ...]) -> None:
    """Thousands change alike: one UPDATE for all that get the same values."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for duty in duties:
        alike[tuple(getattr(duty, field) for field in fields)].append(duty.pk)
    for values, ids in alike.items():
        Duty.objects.filter(pk__in=ids).update(**dict(zip(fields, values, strict=True)))


def _taken(
    duty: Duty, step: DutyStep, by: Person | None, facts: dict[str, Any], before: dict[str, Any]
) -> Entry:
    check_step(duty, step)
    if step.permission is not None:
        if by is None:
            raise PermissionError(f"{step.name} is a person's step")
        check_permission(by, step.permission, duty.agency)
    old = duty.state
    if step.target is not None:
        duty.state = step.target
    if duty.state != old:
        duty.state_changed_at = clock.now()
    return Entry(
        action=step.audit_action,
        target=duty,
        agency=duty.agency,
        before={"duty_state": old, **before},
        after={"duty_state": str(duty.state), **facts},
    )


def _log_corrections(duties: list[Duty], step: DutyStep, by: Person | None, reason: str) -> None:
    closed = Round.objects.filter(
        pk__in={duty.round_id for duty in duties if duty.round_id}, closed_at__isnull=False
    )
    ids = set(closed.values_list("pk", flat=True)) if duties else set()
    Correction.objects.bulk_create(
        Correction(
            round_id=duty.round_id,
            duty=duty,
            agency_id=duty.agency_id,
            by=by,
            step=step.name,
            reason=reason,
        )
        for duty in duties
        if duty.round_id in ids
    )


def _locked(duties: Any) -> Any:
    """In one order, so that two who lock the same duties do not wait for each other for ever."""
    return duties.select_for_update(of=("self",)).select_related("agency").order_by("pk")


def successor_of(agency: Agency) -> Agency:
    """The agency that has its work today, after however many mergers."""
    today, seen = clock.today(), {agency.pk}
    while not agency.exists_on(today) and agency.successor and agency.successor_id not in seen:
        agency = agency.successor
        seen.add(agency.pk)
    return agency


def each_locked(duties: Iterable[int]) -> list[Duty]:
    """The duties of those ids, held until the transaction ends."""
    return list(_locked(Duty.objects.filter(pk__in=list(duties))))
