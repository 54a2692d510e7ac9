"""What agencies have before them: duties at hand, rounds they are part of, dates to come."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from core import clock
from deadlines import law
from deadlines.actions.opening import foretold
from deadlines.calendar import Calendar, Certainty
from deadlines.distance import lend_calendar
from deadlines.kinds import DutyKind, all_kinds, kind_of
from deadlines.models import Duty, LegalRule, Round
from deadlines.period_words import period_name
from deadlines.periods import Kind, Period
from deadlines.rules import Start
from deadlines.states import LIVE, DutyState


@dataclass(frozen=True)
class Entry:
    """What of one kind and period has to be done by one day; `count`: how many duties.

    `is_foreseen`: its period is still running, so that nothing is opened yet.
    """

    due: date
    kind: DutyKind
    period: str
    count: int
    certainty: int
    is_foreseen: bool = False

    @property
    def title(self) -> str:
        period = period_name(Period.parse(self.period)) if self.period else ""
        return f"{self.kind.title}, {period}" if period else str(self.kind.title)

    @property
    def is_provisional(self) -> bool:
        """The calendar of the time is not official yet: the day may move."""
        return self.certainty <= Certainty.PROVISIONAL


@dataclass(frozen=True)
class RoundWork:
    """One agency's part of a round that is not closed yet."""

    round: Round
    duties: list[Duty]

    @property
    def live(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.is_live]

    @property
    def owed(self) -> int:
        """All but the waived."""
        return sum(duty.state != DutyState.WAIVED for duty in self.duties)

    @property
    def done(self) -> int:
        return sum(duty.state == DutyState.FULFILLED for duty in self.duties)

    @property
    def next(self) -> Duty:
        """The live duty that ends first; where none is left, any."""
        return min(self.live or self.duties, key=lambda duty: duty.due)

    @property
    def is_overdue(self) -> bool:
        return bool(self.live) and self.next.due < clock.today()


def duties_at_hand(agencies: Collection[int], periods: Collection[str] = ()) -> list[Duty]:
    """Everything live, and what was done or waived in rounds still open or for `periods`.

    What the rules ask for and no sweep has opened yet is among them, without an id. Three queries, where
    nothing is to be opened.
    """
    done = Q(state__in=[DutyState.FULFILLED, DutyState.WAIVED], round__isnull=False)
    current = Q(round__closed_at__isnull=True) | Q(period__in=periods)
    duties = Duty.objects.filter(Q(state__in=LIVE) | done & current, agency__in=agencies)
    not_yet = [one for one in foretold(agencies) if one.is_live or _is_current(one, periods)]
    return lend_calendar([*duties.select_related("agency", "rule", "round"), *not_yet])


def _is_current(duty: Duty, periods: Collection[str]) -> bool:
    return duty.period in periods or (duty.round is not None and duty.round.closed_at is None)


def rounds_of(duties: Iterable[Duty]) -> list[RoundWork]:
    """The open public rounds among one agency's duties, those with something left to do first."""
    found: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.round and duty.round.closed_at is None and kind_of(duty.kind).in_progress:
            found[duty.kind, duty.period].append(duty)
    rounds = [RoundWork(own[0].round, own) for own in found.values() if own[0].round]
    return sorted(rounds, key=lambda one: (not one.live, one.next.due))


def entries_of(duties: Iterable[Duty]) -> list[Entry]:
    """Live duties that have not passed, by day, kind and period."""
    today = clock.today()
    groups: dict[tuple[date, str, str], list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.is_live and duty.due >= today:
            groups[duty.due, duty.kind, duty.period].append(duty)
    return [
        Entry(due, kind_of(kind), period, len(own), min(duty.certainty for duty in own))
        for (due, kind, period), own in sorted(groups.items(), key=lambda group: group[0])
    ]


def foreseen(agencies: Collection[int]) -> dict[int, list[Entry]]:
    """Per agency id what its present datasets will owe next, by day; one query for each rule."""
    found: dict[int, list[Entry]] = defaultdict(list)
    calendar, rules = law.calendar(), _rules()
    for kind in all_kinds():
        for rule, period, start in _next_of(kind, rules):
            counted = law.counted(rule, start, calendar)
            for agency, count in kind.foreseen(period, agencies).items():
                entry = Entry(counted.due, kind, period.code, count, counted.certainty, True)
                found[agency].append(entry)
    return {agency: sorted(own, key=lambda one: one.due) for agency, own in found.items()}


def _rules() -> dict[str, list[LegalRule]]:
    found: dict[str, list[LegalRule]] = defaultdict(list)
    for rule in LegalRule.objects.filter(active=True):
        found[rule.code].append(rule)
    return found


def _next_of(
    kind: DutyKind, rules: dict[str, list[LegalRule]]
) -> Iterator[tuple[LegalRule, Period, date]]:
    """The rules of the kind that count per period or year: the running one, and what it counts from."""
    today = clock.today()
    for rule in (rule for code in kind.rules for rule in rules.get(code, [])):
        if rule.start == Start.PERIOD:
            period = Period.containing(today, Kind(rule.period_kind))
            start = period.next().first_day
        elif rule.start == Start.YEAR:
            period = _year_ahead(rule, kind, today)
            start = period.first_day
        else:
            continue
        if rule.valid_from <= start and (rule.valid_to is None or start <= rule.valid_to):
            yield rule, period, start


def _year_ahead(rule: LegalRule, kind: DutyKind, today: date) -> Period:
    """This year until its duties are opened, some days before its fixed date; then the next."""
    year = Period.containing(today, Kind.YEAR)
    due = law.counted(rule, year.first_day, Calendar([])).due
    return year.next() if today >= due - timedelta(days=kind.opens_before or 0) else year
