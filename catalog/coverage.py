"""Which dataset has data of which period, and whether they came in time: a grid per agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency
from catalog.delivered import DATASET_UPDATE
from catalog.models import Dataset, Release
from catalog.models.dataset import FREQUENCY_PERIOD
from catalog.states import ReleaseState
from core import clock
from deadlines.actions.opening import foretold
from deadlines.models import Duty
from deadlines.outcomes import Outcome, outcome_of
from deadlines.periods import Kind, Period

COLUMNS = 12
IN_FORCE = date(2023, 10, 10)  # QĐ 22/2023/QĐ-UBND: nothing was owed before
KINDS = (Kind.QUARTER, Kind.MONTH, Kind.YEAR)  # of which data can be late


class Mark(TextChoices):
    """What a cell says."""

    ON_TIME = "on_time", _("Đúng hạn")
    LATE = "late", _("Muộn")
    MISSING = "missing", _("Quá hạn")
    PENDING = "pending", _("Chưa đến hạn")
    NOTHING = "nothing", _("Không phát sinh")
    WAIVED = "waived", _("Miễn")
    EARLIER = "earlier", pgettext_lazy("coverage", "Có")
    EXTRA = "extra", _("Bổ sung")
    NONE = "none", "–"


_OF_OUTCOME = {
    Outcome.ON_TIME: Mark.ON_TIME,
    Outcome.LATE: Mark.LATE,
    Outcome.MISSING: Mark.MISSING,
    Outcome.PENDING: Mark.PENDING,
    Outcome.WAIVED: Mark.WAIVED,
}


@dataclass(frozen=True)
class Cell:
    """One dataset's data of one period; `duty` where they were owed."""

    period: Period
    mark: Mark
    duty: Duty | None = None

    @property
    def is_said_late(self) -> bool:
        """Nothing to report, but said after the day."""
        late = self.duty is not None and not self.duty.was_on_time
        return self.mark is Mark.NOTHING and late


@dataclass(frozen=True)
class Row:
    dataset: Dataset
    cells: list[Cell]


@dataclass(frozen=True)
class Window:
    """The periods of one page, the oldest first; `older`, `newer`: where the next pages end."""

    periods: list[Period]
    older: Period | None
    newer: Period | None

    @property
    def first(self) -> Period:
        return self.periods[0]

    @property
    def last(self) -> Period:
        return self.periods[-1]


def kinds_of(agency: Agency) -> list[Kind]:
    """The kinds of period the agency's datasets come in."""
    own = set(datasets_in(agency).order_by().values_list("frequency", flat=True).distinct())
    kinds = {kind for frequency, kind in FREQUENCY_PERIOD.items() if frequency in own}
    return [kind for kind in KINDS if kind in kinds]


def datasets_in(agency: Agency, kind: Kind | None = None) -> QuerySet[Dataset]:
    """Datasets of the agency whose data are on the portal or to come there, by title."""
    datasets = (
        Dataset.objects.filter(agency=agency)
        .exclude(state=Dataset.State.WITHDRAWN)
        .exclude(access=Dataset.Access.LISTED)
    )
    if kind is not None:
        frequencies = [one for one, of in FREQUENCY_PERIOD.items() if of is kind]
        datasets = datasets.filter(frequency__in=frequencies)
    return datasets.order_by("title_sort")


def window(agency: Agency, kind: Kind, end: Period | None = None) -> Window:
    """Twelve periods up to `end`, by default to the one that ended last."""
    newest = Period.containing(clock.today(), kind).previous()
    first = _first_period(agency, kind, newest)
    last = min(end, newest) if end else newest
    last = max(last, first)
    periods = [last]
    while len(periods) < COLUMNS and periods[0] > first:
        periods.insert(0, periods[0].previous())
    newer = last
    for _step in range(COLUMNS):
        newer = newer.next()
    return Window(
        periods,
        older=periods[0].previous() if periods[0] > first else None,
        newer=min(newer, newest) if last < newest else None,
    )


def rows(datasets: Iterable[Dataset], periods: list[Period]) -> list[Row]:
    """A row for each dataset; a fixed number of queries, however many."""
    shown = list(datasets)
    codes = [period.code for period in periods]
    duties = _duties(shown, codes)
    delivered = _delivered(shown, codes)
    return [
        Row(
            dataset,
            [
                _cell(
                    period,
                    duties.get((str(dataset.pk), period.code)),
                    (dataset.pk, period.code) in delivered,
                )
                for period in periods
            ],
        )
        for dataset in shown
    ]


def _cell(period: Period, duty: Duty | None, has_data: bool) -> Cell:
    """Where nothing was owed, data are never late."""
    mark = _OF_OUTCOME.get(outcome_of(duty, clock.today())) if duty else None
    if duty and mark:
        done = mark in (Mark.ON_TIME, Mark.LATE)
        return Cell(period, Mark.NOTHING if done and _said_nothing(duty) else mark, duty)
    if not has_data:
        return Cell(period, Mark.NONE)
    return Cell(period, Mark.EARLIER if period.next().first_day < IN_FORCE else Mark.EXTRA)


def _said_nothing(duty: Duty) -> bool:
    return duty.how == Duty.How.NOTHING


def _first_period(agency: Agency, kind: Kind, newest: Period) -> Period:
    """Where the agency's data of that kind begin, or where they were owed first."""
    days: Any = datasets_in(agency, kind).aggregate(
        start=Min("temporal_start"), delivered=Min("resources__releases__period_end")
    )
    duties = Duty.objects.filter(agency=agency, kind=DATASET_UPDATE, rule__period_kind=kind)
    owed = duties.order_by().aggregate(first=Min("round__period_end"))
    known = [day for day in (days["start"], days["delivered"], owed["first"]) if day]
    return min(Period.containing(min(known), kind), newest) if known else newest


def _duties(datasets: list[Dataset], codes: list[str]) -> dict[tuple[str, str], Duty]:
    subjects = [str(dataset.pk) for dataset in datasets]
    duties = Duty.objects.filter(kind=DATASET_UPDATE, subject__in=subjects, period__in=codes)
    not_yet = foretold({dataset.agency_id for dataset in datasets})
    updates = [duty for duty in not_yet if duty.kind == DATASET_UPDATE]
    return {(duty.subject, duty.period): duty for duty in [*updates, *duties]}


def _delivered(datasets: list[Dataset], codes: list[str]) -> set[tuple[Any, str]]:
    releases = Release.objects.filter(
        resource__dataset__in=datasets, period__in=codes, state=ReleaseState.PUBLISHED
    )
    return set(releases.order_by().values_list("resource__dataset", "period").distinct())
