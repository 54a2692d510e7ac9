"""Opening duties: of a period, of a year, again after the last time, or for an event."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import transaction

from accounts.actions.audit import Entry, record, record_many
from accounts.models import Agency, Person
from core import clock
from deadlines import law
from deadlines.actions.duties import set_fulfilled, successor_of
from deadlines.calendar import Calendar
from deadlines.counting import Count
from deadlines.kinds import DutyKind, Owed, all_kinds
from deadlines.models import Duty, LegalRule, Round
from deadlines.periods import Kind, Period
from deadlines.rules import Start
from deadlines.states import LIVE, DutyState

log = structlog.get_logger(__name__)
CLOSING = "round_closing"
MOST_FORETOLD = 12  # periods of a kind a page works out before the sweep has been: a year of months

Rules = Mapping[str, Sequence[LegalRule]]  # code → the active rows of that code


def open_rounds() -> int:
    """Open every round whose period has ended and that is not open yet; how many duties."""
    opened = 0
    for kind, found in _not_open():
        empty = []
        for rule, period in found:
            if owed := list(kind.owed(period)):
                opened += _open_round(kind, rule, period, owed)
            else:
                empty.append((rule, period))
        _note_empty(kind, empty)
    return opened


def foretold(agencies: Collection[int]) -> list[Duty]:
    """What the next sweep will open for those agencies: the duties and rounds it will write, not saved.

    A period's data are owed from the first minute after its end, not from the sweep that writes it down.
    Two queries where nothing is to be opened.
    """
    found: list[Duty] = []
    calendar = None
    for kind, to_open in _not_open():
        for rule, period in sorted(to_open, key=lambda one: one[1], reverse=True)[:MOST_FORETOLD]:
            calendar = calendar or law.calendar()
            counted, facts = _days(rule, period, calendar)
            closed_at = clock.now() if facts["closing_on"] <= clock.today() else None
            round_ = Round(kind=kind.code, period=period.code, closed_at=closed_at, **facts)
            owed = _with_agencies(kind.owed(period, agencies))
            found += [_duty(kind, rule, counted, one, round_) for one in owed]
    return _as_of_today(found)


def _as_of_today(duties: list[Duty]) -> list[Duty]:
    agencies = Agency.objects.in_bulk({duty.agency_id for duty in duties}) if duties else {}
    for duty in duties:
        duty.agency = agencies[duty.agency_id]
        if duty.state == DutyState.OPEN and duty.due < clock.today():
            duty.state = DutyState.OVERDUE
    return duties


def open_recurring() -> int:
    """Open what is to be done again some time after it was done last; how many duties."""
    opened = 0
    for kind in all_kinds():
        owed = list(kind.recurring())
        if owed:
            opened += _open_since(kind, owed)
    return opened


@transaction.atomic
def open_for_event(
    *, kind: DutyKind, rule_code: str, since: date, owed: Owed, by: Person | None
) -> Duty:
    """One duty that begins with an event on the day `since`; opening it twice gives the same one.

    Raises law.NoRule where no such limit is in force on that day.
    """
    rule = law.rule_on(rule_code, since)
    counted = law.counted(rule, since, law.calendar())
    known = Duty.objects.filter(
        kind=kind.code, subject=owed.subject, period="", start=counted.start
    ).first()
    return known or _create(kind, [_duty(kind, rule, counted, owed)], by)[0]


def _not_open() -> Iterator[tuple[DutyKind, list[tuple[LegalRule, Period]]]]:
    """Per kind the rules with the periods that are due to be opened and are not; two queries."""
    known = set(Round.objects.order_by().values_list("kind", "period"))
    rules: dict[str, list[LegalRule]] = defaultdict(list)
    for rule in LegalRule.objects.filter(active=True, valid_from__lte=clock.today()):
        rules[rule.code].append(rule)
    for kind in all_kinds():
        due = _due_to_open(kind, rules)
        yield kind, [(rule, one) for rule, one in due if (kind.code, one.code) not in known]


def _due_to_open(kind: DutyKind, rules: Rules) -> Iterator[tuple[LegalRule, Period]]:
    """The rules of the kind that count per period, with the periods they are to be opened for."""
    today = clock.today()
    for rule in (rule for code in kind.rules for rule in rules.get(code, ())):
        if rule.start == Start.PERIOD:
            yield from _periods_of(rule, Kind(rule.period_kind), today)
        elif rule.start == Start.YEAR:
            yield from _years_of(rule, kind, today)


def _periods_of(rule: LegalRule, kind: Kind, today: date) -> Iterator[tuple[LegalRule, Period]]:
    """Periods after whose end the count begins while the rule is in force, up to today."""
    last = min(today, rule.valid_to or today)
    period = Period.containing(last, kind).previous()
    while period.next().first_day >= rule.valid_from:
        yield rule, period
        period = period.previous()


def _years_of(rule: LegalRule, kind: DutyKind, today: date) -> Iterator[tuple[LegalRule, Period]]:
    """Years whose fixed date is near, or has passed while the rule was in force."""
    for year in range(rule.valid_from.year, today.year + 1):
        due = law.counted(rule, date(year, 1, 1), Calendar([])).due
        in_force = rule.as_rule().is_valid_on(due)
        if in_force and today >= due - timedelta(days=kind.opens_before or 0):
            yield rule, Period.parse(str(year))


@transaction.atomic
def _open_round(kind: DutyKind, rule: LegalRule, period: Period, owed: list[Owed]) -> int:
    """All duties of the round at once, or none: whoever comes second finds it there."""
    counted, facts = _days(rule, period, law.calendar())
    round_, created = Round.objects.get_or_create(
        kind=kind.code, period=period.code, defaults=facts
    )
    if not created:
        return 0
    duties = [_duty(kind, rule, counted, one, round_) for one in _with_agencies(owed)]
    after = {"due": round_.due.isoformat(), "duties": len(duties)}
    record(by=None, action="round.opened", target=round_, after=after)
    _create(kind, duties, None)
    log.info("round_opened", kind=kind.code, period=period.code, duties=len(duties))
    return len(duties)


def _note_empty(kind: DutyKind, found: list[tuple[LegalRule, Period]]) -> None:
    """Rounds in which nobody owed anything only keep the question from being asked again."""
    if not found:
        return
    calendar, now = law.calendar(), clock.now()
    rounds = []
    for rule, period in found:
        _, facts = _days(rule, period, calendar)
        closed_at = now if facts["closing_on"] <= clock.today() else None
        rounds.append(Round(kind=kind.code, period=period.code, closed_at=closed_at, **facts))
    Round.objects.bulk_create(rounds, ignore_conflicts=True)


def _days(rule: LegalRule, period: Period, calendar: Calendar) -> tuple[Count, dict[str, Any]]:
    """The count of the period's limit, and what a round of it keeps."""
    start = period.first_day if rule.start == Start.YEAR else period.next().first_day
    counted = law.counted(rule, start, calendar)
    closing = law.counted(law.rule_on(CLOSING, counted.due), counted.due, calendar)
    return counted, {
        "period_end": period.last_day,
        "rule": rule,
        "start": counted.start,
        "due": counted.due,
        "closing_on": closing.due + timedelta(days=1),
    }


@transaction.atomic
def _open_since(kind: DutyKind, owed: list[tuple[date, Owed]]) -> int:
    """Those of whom nothing is open yet, each from the day it was done last."""
    busy = set(
        Duty.objects.filter(kind=kind.code, state__in=LIVE).values_list("subject", flat=True)
    )
    waiting = [(since, one) for since, one in owed if one.subject not in busy]
    if not waiting:
        return 0
    calendar, duties = law.calendar(), []
    today_with = _with_agencies(one for _, one in waiting)
    for (since, _), one in zip(waiting, today_with, strict=True):
        try:
            rule = law.rule_on(kind.rules[0], since)
        except law.NoRule:
            continue
        duties.append(_duty(kind, rule, law.counted(rule, since, calendar), one))
    return len(_create(kind, duties, None))


def _with_agencies(owed: Iterable[Owed]) -> list[Owed]:
    """Each with the agency that has its work today: a merged one passes it on."""
    found = list(owed)
    agencies = Agency.objects.select_related("successor__successor")
    today = {
        agency.pk: successor_of(agency).pk
        for agency in agencies.filter(pk__in={one.agency_id for one in found})
    }
    return [replace(one, agency_id=today[one.agency_id]) for one in found]


def _duty(
    kind: DutyKind, rule: LegalRule, counted: Count, owed: Owed, round_: Round | None = None
) -> Duty:
    duty = Duty(
        kind=kind.code,
        round=round_,
        agency_id=owed.agency_id,
        subject=owed.subject,
        title_vi=owed.title_vi[:200],
        title_en=owed.title_en[:200],
        period=round_.period if round_ else "",
        rule=rule,
        start=counted.start,
        counted_due=counted.due,
        due=counted.due,
        certainty=counted.certainty,
    )
    if owed.done_at is not None:
        set_fulfilled(duty, owed.how, owed.done_at)
        duty.state = DutyState.FULFILLED
    return duty


def _create(kind: DutyKind, duties: list[Duty], by: Person | None) -> list[Duty]:
    """Write them with their audit rows; a deed done before its duty was opened is part of the row."""
    made = Duty.objects.bulk_create(duties, batch_size=1000)
    agencies = Agency.objects.in_bulk({duty.agency_id for duty in made})
    entries = [
        Entry(
            "duty.opened",
            duty,
            agencies[duty.agency_id],
            after={"due": duty.due.isoformat(), "duty_state": str(duty.state), "how": duty.how},
        )
        for duty in made
    ]
    record_many(by=by, entries=entries)
    return made
