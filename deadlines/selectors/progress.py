"""How a round goes, agency by agency: live while it is open, as frozen once it is closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Agency
from core import clock
from deadlines.distance import Distance, days_to
from deadlines.kinds import all_kinds
from deadlines.models import Duty, Round, Standing
from deadlines.outcomes import Counts, counts_by_agency, counts_by_round
from deadlines.periods import Kind, Period


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
    def summary(self) -> "Summary":
        return _summary(self.round, [one.counts for one in self.agencies])

    @property
    def left(self) -> Distance:
        """To the last day."""
        return left_of(self.round)

    def group(self, name: str) -> list[AgencyProgress]:
        return [one for one in self.agencies if one.group == name]


@dataclass(frozen=True)
class Summary:
    """A round in figures: agencies that have delivered all of so many; duties done of those owed."""

    round: Round
    agencies: int
    complete: int
    owed: int
    done: int


def left_of(round_: Round) -> Distance:
    """From today to the round's last day."""
    return days_to(round_.due, clock.today(), round_.rule.unit)


def public_rounds() -> QuerySet[Round]:
    """Rounds that the public follows and in which somebody owed something, the newest first."""
    kinds = [kind.code for kind in all_kinds() if kind.in_progress]
    duties = Duty.objects.filter(round=OuterRef("pk"))
    rounds = Round.objects.filter(Exists(duties), kind__in=kinds).select_related("rule")
    return rounds.order_by("-period_end", "period")


def round_of(period: str) -> Round | None:
    """The public round of that period."""
    try:
        Period.parse(period)  # the database does not take everything that an address can hold
    except ValueError:
        return None
    return public_rounds().filter(period=period).first()


def latest_round(kind: Kind = Kind.QUARTER) -> Round | None:
    """The newest public round of that kind of period."""
    return rounds_of_kind(kind).first()


def rounds_of_kind(kind: Kind) -> QuerySet[Round]:
    """The public rounds for periods of that kind, the newest first."""
    return public_rounds().filter(rule__period_kind=kind)


def counted_to(round_: Round) -> date:
    """The last day whose deeds count for the frozen result."""
    return round_.closing_on - timedelta(days=1)


def kinds_of_rounds() -> list[Kind]:
    """The kinds of period that have public rounds, quarters first."""
    found = set(public_rounds().order_by().values_list("rule__period_kind", flat=True).distinct())
    return [kind for kind in (Kind.QUARTER, Kind.MONTH, Kind.YEAR, Kind.DAY) if kind in found]


def neighbours(round_: Round) -> tuple[Round | None, Round | None]:
    """The public rounds for the period before and the one after, of the same kind; two queries."""
    rounds = rounds_of_kind(Kind(round_.rule.period_kind))
    earlier = rounds.filter(period_end__lt=round_.period_end).first()
    later = rounds.filter(period_end__gt=round_.period_end).last()
    return earlier, later


def progress_of(round_: Round) -> Progress:
    """Two queries, however many agencies."""
    if round_.closed_at is not None:
        return Progress(round_, list(_frozen(round_.standings.select_related("agency"))))
    counts = counts_by_agency(round_.duties.all(), clock.today())
    asked = [agency for agency, one in counts.items() if is_asked(one)]
    agencies = Agency.objects.filter(pk__in=asked)
    return Progress(round_, [AgencyProgress(agency, counts[agency.pk]) for agency in agencies])


def summaries_of(rounds: Sequence[Round]) -> list[Summary]:
    """Each round in figures, in the given order; two queries, however many they are."""
    closed = [one.pk for one in rounds if one.closed_at is not None]
    open_ = [one.pk for one in rounds if one.closed_at is None]
    found: dict[int, list[Counts]] = {one.pk: [] for one in rounds}
    for standing in Standing.objects.filter(round__in=closed) if closed else ():
        found[standing.round_id].append(_counts(standing))
    if open_:
        duties = Duty.objects.filter(round__in=open_)
        for (round_, _agency), counts in counts_by_round(duties, clock.today()).items():
            found[round_].append(counts)
    return [_summary(one, found[one.pk]) for one in rounds]


def summary_of_latest(kind: Kind = Kind.QUARTER) -> Summary | None:
    """The newest round of that kind in figures; two queries."""
    newest = latest_round(kind)
    return summaries_of([newest])[0] if newest else None


def _summary(round_: Round, counts: Iterable[Counts]) -> Summary:
    asked = [one for one in counts if is_asked(one)]
    return Summary(
        round=round_,
        agencies=len(asked),
        complete=sum(one.done == one.owed for one in asked),
        owed=sum(one.owed for one in asked),
        done=sum(one.done for one in asked),
    )


def is_asked(counts: Counts) -> bool:
    """Whether anything was asked of the agency: where all fell away, it has no part in the round."""
    return bool(counts.owed or counts.waived)


def record_of(agency: Agency, last: int = 8) -> list[tuple[Round, AgencyProgress]]:
    """How the agency stood in the last closed quarters, the newest first; one query."""
    standings = (
        Standing.objects.filter(agency=agency, round__in=rounds_of_kind(Kind.QUARTER))
        .select_related("round", "agency")
        .order_by("-round__period_end")[:last]
    )
    return [
        (standing.round, AgencyProgress(standing.agency, _counts(standing), standing.rank))
        for standing in standings
        if is_asked(_counts(standing))
    ]


def standing_progress(standing: Standing | None, agency: Agency) -> AgencyProgress:
    """The agency's part as frozen; counts of nought where it had none."""
    if standing is None:
        return AgencyProgress(agency, Counts())
    return AgencyProgress(agency, _counts(standing), standing.rank)


def _frozen(standings: Iterable[Standing]) -> Iterable[AgencyProgress]:
    for one in standings:
        counts = _counts(one)
        if is_asked(counts):
            yield AgencyProgress(one.agency, counts, one.rank)


def _counts(standing: Standing) -> Counts:
    return Counts(
        on_time=standing.on_time,
        late=standing.late,
        missing=standing.missing,
        pending=standing.extended,
        waived=standing.waived,
        nothing=standing.nothing,
        pulled=standing.pulled,
    )
