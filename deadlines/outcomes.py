"""How a duty turned out, as seen on a day: the one place that decides, for pages and for closing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from core import clock
from deadlines.models import Duty
from deadlines.states import DutyState


def percent(part: int, whole: int) -> int:
    """To the nearest, but a hundred is all and nought is none; nought of nothing."""
    if not 0 < part < whole:
        return 100 if whole and part >= whole else 0
    return min(99, max(1, (200 * part + whole) // (2 * whole)))


class Outcome(TextChoices):
    ON_TIME = "on_time", _("Đúng hạn")
    LATE = "late", _("Muộn")
    MISSING = "missing", _("Chưa có, đã quá hạn")
    PENDING = "pending", _("Chưa đến hạn")
    WAIVED = "waived", _("Được miễn")
    VOID = "void", _("Không còn phải thực hiện")


@dataclass(frozen=True)
class Counts:
    """Duties by outcome. `nothing`, `pulled`: of those done, how."""

    on_time: int = 0
    late: int = 0
    missing: int = 0
    pending: int = 0
    waived: int = 0
    nothing: int = 0
    pulled: int = 0

    @property
    def owed(self) -> int:
        """What is to be done at all: all but the waived."""
        return self.on_time + self.late + self.missing + self.pending

    @property
    def done(self) -> int:
        return self.on_time + self.late

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in _COUNTED})


def with_outcome(duties: QuerySet[Duty], today: date) -> QuerySet[Duty]:
    """The duties, each with its `outcome` on that day: what was done later is not seen yet."""
    done = Q(state=DutyState.FULFILLED, fulfilled_on__lte=today)
    by_then = Q(state_changed_at__lt=clock.midnight(today + timedelta(days=1)))
    return duties.annotate(
        outcome=Case(
            When(by_then, state=DutyState.VOID, then=Value(Outcome.VOID.value)),
            When(by_then, state=DutyState.WAIVED, then=Value(Outcome.WAIVED.value)),
            When(done & Q(fulfilled_on__lte=F("due")), then=Value(Outcome.ON_TIME.value)),
            When(done, then=Value(Outcome.LATE.value)),
            When(due__lt=today, then=Value(Outcome.MISSING.value)),
            default=Value(Outcome.PENDING.value),
            output_field=CharField(),
        )
    )


def outcome_of(duty: Duty, today: date) -> Outcome:
    """The same for a duty at hand."""
    if duty.state == DutyState.VOID:
        return Outcome.VOID
    if duty.state == DutyState.WAIVED:
        return Outcome.WAIVED
    if duty.fulfilled_on is not None and duty.fulfilled_on <= today:
        return Outcome.ON_TIME if duty.was_on_time else Outcome.LATE
    return Outcome.MISSING if duty.due < today else Outcome.PENDING


def counts_by_agency(duties: QuerySet[Duty], today: date) -> dict[int, Counts]:
    """Per agency id its duties by outcome on that day; one query."""
    rows: Any = with_outcome(duties, today).order_by().values("agency").annotate(**_AGGREGATES)
    return {row["agency"]: Counts(**{name: row[name] for name in _COUNTED}) for row in rows}


def counts_by_round(duties: QuerySet[Duty], today: date) -> dict[tuple[int, int], Counts]:
    """Per (round id, agency id) the duties by outcome on that day; one query."""
    seen: Any = with_outcome(duties, today).order_by()
    rows = seen.values("round", "agency").annotate(**_AGGREGATES)
    return {
        (row["round"], row["agency"]): Counts(**{name: row[name] for name in _COUNTED})
        for row in rows
    }


def counts_of(duties: QuerySet[Duty], today: date) -> Counts:
    return Counts(**with_outcome(duties, today).aggregate(**_AGGREGATES))


def _how_many(outcome: Outcome) -> Count:
    return Count("pk", filter=Q(outcome=outcome.value))


def _done_by(how: Duty.How) -> Count:
    return Count("pk", filter=Q(outcome__in=[Outcome.ON_TIME, Outcome.LATE], how=how))


_AGGREGATES: dict[str, Any] = {
    "on_time": _how_many(Outcome.ON_TIME),
    "late": _how_many(Outcome.LATE),
    "missing": _how_many(Outcome.MISSING),
    "pending": _how_many(Outcome.PENDING),
    "waived": _how_many(Outcome.WAIVED),
    "nothing": _done_by(Duty.How.NOTHING),
    "pulled": _done_by(Duty.How.PULL),
}
_COUNTED = tuple(_AGGREGATES)
