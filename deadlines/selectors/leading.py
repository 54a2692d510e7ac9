"""The numbers of the leaders' page: one quarter, beside the closed one before it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Count, Min

from accounts.models import Agency
from core import clock
from deadlines import law
from deadlines.calendar import Calendar
from deadlines.counting import Unit
from deadlines.distance import Distance, days_to
from deadlines.kinds import kind_of
from deadlines.models import Petition, Round
from deadlines.outcomes import Counts, percent
from deadlines.periods import Kind, Period
from deadlines.selectors.office import live_progress, overdue_duties
from deadlines.selectors.progress import Progress, latest_round, progress_of, public_rounds
from deadlines.states import PetitionState

URGENT_AFTER = 15  # days late from which a leader's word is needed
URGENT_SHOWN = 12  # agencies that fit the sheet


@dataclass(frozen=True)
class Quarter:
    """A quarter in the figures that are compared."""

    progress: Progress

    @property
    def round(self) -> Round:
        return self.progress.round

    @property
    def counts(self) -> Counts:
        return self.progress.total

    @property
    def complete(self) -> int:
        return len(self.progress.group("complete"))

    @property
    def overdue_agencies(self) -> int:
        return sum(one.counts.missing > 0 for one in self.progress.agencies)

    @property
    def due(self) -> int:
        """Datasets that are due by now, or there already."""
        return due_of(self.counts)

    @property
    def percent(self) -> int:
        return percent_of(self.counts)


@dataclass(frozen=True)
class Group:
    """Agencies of one type together."""

    name: str
    agencies: int
    counts: Counts

    @property
    def due(self) -> int:
        return due_of(self.counts)

    @property
    def percent(self) -> int:
        return percent_of(self.counts)


@dataclass(frozen=True)
class Urgent:
    """One agency with what it has been owing for more than URGENT_AFTER days."""

    agency: Agency
    count: int
    oldest: date
    late: Distance
    kinds: list[str]


@dataclass(frozen=True)
class Overview:
    """`closed`: the quarter as it was frozen, once it has been; `previous`: the closed one before it;
    `urgent`: longest waiting first.
    """

    quarter: Quarter
    closed: Quarter | None
    previous: Quarter | None
    groups: list[Group]
    urgent: list[Urgent]
    petitions: int

    @property
    def urgent_duties(self) -> int:
        return sum(one.count for one in self.urgent)

    @property
    def most_urgent(self) -> list[Urgent]:
        return self.urgent[:URGENT_SHOWN]

    @property
    def fall(self) -> int:
        """The change without its sign."""
        return abs(self.change or 0)

    @property
    def change(self) -> int | None:
        """Percentage points against the quarter before; none while the quarter is not due yet."""
        if self.previous is None or self.quarter.progress.left.days >= 0:
            return None
        shares = [
            Fraction(100 * one.counts.on_time, due_of(one.counts) or 1)
            for one in (self.quarter, self.previous)
        ]
        return round(shares[0] - shares[1])


def overview() -> Overview | None:
    """None before the first quarter is opened; twelve queries at most, however many agencies."""
    round_ = latest_round()
    if round_ is None:
        return None
    progress = live_progress(round_)
    before = _closed_before(round_)
    waiting = Petition.objects.filter(
        kind=Petition.Kind.EXTENSION, state=PetitionState.WAITING
    ).count()
    return Overview(
        quarter=Quarter(progress),
        closed=Quarter(progress_of(round_)) if round_.closed_at else None,
        previous=Quarter(progress_of(before)) if before else None,
        groups=_by_type(progress),
        urgent=_urgent(),
        petitions=waiting,
    )


def due_of(counts: Counts) -> int:
    return counts.owed - counts.pending


def percent_of(counts: Counts) -> int:
    """On time, of what is due by now."""
    return percent(counts.on_time, due_of(counts))


def _closed_before(round_: Round) -> Round | None:
    closed = public_rounds().filter(closed_at__isnull=False, period_end__lt=round_.period_end)
    quarters = (one for one in closed if Period.parse(one.period).kind is Kind.QUARTER)
    return next(quarters, None)


def _by_type(progress: Progress) -> list[Group]:
    """The types that owe something, in the order of the law."""
    found: dict[str, list[Counts]] = defaultdict(list)
    for one in progress.agencies:
        found[one.agency.kind].append(one.counts)
    return [
        Group(str(kind.label), len(found[kind]), reduce(add, found[kind]))
        for kind in Agency.Kind
        if kind in found
    ]


def _urgent() -> list[Urgent]:
    late = overdue_duties(URGENT_AFTER).order_by().values("agency", "kind", "rule__unit")
    found = defaultdict(list)
    for row in late.annotate(count=Count("pk"), oldest=Min("due")):
        found[row["agency"]].append(row)
    agencies = Agency.objects.in_bulk(found)
    counted = any(row["rule__unit"] == Unit.WORKING_DAY for rows in found.values() for row in rows)
    calendar = law.calendar() if counted else None
    urgent = [_urgent_of(agencies[pk], rows, calendar) for pk, rows in found.items()]
    return sorted(urgent, key=lambda one: (one.oldest, one.agency.name_sort))


def _urgent_of(agency: Agency, rows: Sequence[Any], calendar: Calendar | None) -> Urgent:
    """`rows`: what it owes, by kind of duty and unit of the limit."""
    first = min(rows, key=lambda row: row["oldest"])
    kinds = dict.fromkeys(str(kind_of(row["kind"]).title) for row in rows)
    return Urgent(
        agency=agency,
        count=sum(row["count"] for row in rows),
        oldest=first["oldest"],
        late=days_to(first["oldest"], clock.today(), first["rule__unit"], calendar),
        kinds=list(kinds),
    )
