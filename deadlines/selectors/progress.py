"""How a round goes, agency by agency: live while it is open, as frozen once it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Agency
from deadlines.kinds import all_kinds
from deadlines.models import Duty, Round, Standing
from deadlines.outcomes import Counts, counts_by_agency
from deadlines.periods import Kind, Period
from portal import clock


@dataclass(frozen=True)
class AgencyProgress:
    """One agency in one round; `rank` only after closing, and not for agencies with few duties."""

    agency: Agency
    counts: Counts
    rank: int | None = None

    @property
    def group(self) -> str:
        """complete, lacking, or not_begun: the three groups in which agencies are listed."""
        if self.counts.done == self.counts.owed:
            return "complete"
        return "lacking" if self.counts.done else "not_begun"


@dataclass(frozen=True)
class Progress:
    """All agencies of a round, by name."""

    round: Round
    agencies: list[AgencyProgress]

    @property
    def is_frozen(self) -> bool:
        return self.round.closed_at is not None

    @property
    def total(self) -> Counts:
        return reduce(add, (one.counts for one in self.agencies), Counts())

    @property
    def days_left(self) -> int:
        """Until the last day; less than nothing once it has passed."""
        return (self.round.due - clock.today()).days

    def group(self, name: str) -> list[AgencyProgress]:
        return [one for one in self.agencies if one.group == name]


def public_rounds() -> QuerySet[Round]:
    """Rounds that the public follows and in which somebody owed something, the newest first."""
    kinds = [kind.code for kind in all_kinds() if kind.in_progress]
    duties = Duty.objects.filter(round=OuterRef("pk"))
    return Round.objects.filter(Exists(duties), kind__in=kinds).order_by("-period_end", "period")


def round_of(period: str) -> Round | None:
    """The public round of that period."""
    return public_rounds().filter(period=period).select_related("rule").first()


def latest_round(kind: Kind = Kind.QUARTER) -> Round | None:
    """The newest public round of that kind of period."""
    newest = public_rounds().select_related("rule")
    return next((one for one in newest if Period.parse(one.period).kind is kind), None)


def progress_of(round_: Round) -> Progress:
    """Two queries, however many agencies."""
    if round_.closed_at is not None:
        return Progress(round_, list(_frozen(round_.standings.select_related("agency"))))
    counts = counts_by_agency(round_.duties.all(), clock.today())
    agencies = Agency.objects.filter(pk__in=counts)
    return Progress(round_, [AgencyProgress(agency, counts[agency.pk]) for agency in agencies])


def record_of(agency: Agency, last: int = 8) -> list[tuple[Round, AgencyProgress]]:
    """How the agency stood in the last closed quarters, the newest first."""
    standings = (
        Standing.objects.filter(
            agency=agency, round__in=public_rounds(), round__period__contains="Q"
        )
        .select_related("round", "agency")
        .order_by("-round__period_end")[:last]
    )
    return [
        (standing.round, progress)
        for standing, progress in zip(standings, _frozen(standings), strict=True)
    ]


def _frozen(standings: Iterable[Standing]) -> Iterable[AgencyProgress]:
    for one in standings:
        counts = Counts(
            on_time=one.on_time,
            late=one.late,
            missing=one.missing,
            pending=one.extended,
            waived=one.waived,
            nothing=one.nothing,
            pulled=one.pulled,
        )
        yield AgencyProgress(one.agency, counts, one.rank)
