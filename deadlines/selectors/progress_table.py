"""The public table of a round: the agencies in the order they are shown, each with its last periods."""

from collections.abc import Iterable
from dataclasses import dataclass

from deadlines.models import Round, Standing
from deadlines.periods import Kind
from deadlines.ranking import FEWEST
from deadlines.selectors.progress import AgencyProgress, Progress, progress_of, rounds_of_kind

EARLIER = 4  # how many closed periods before this one are shown


@dataclass(frozen=True)
class Earlier:
    """What the agency delivered on time in an earlier period, of what was due; None: no part in it."""

    round: Round
    on_time: int | None = None
    due: int | None = None

    @property
    def words(self) -> str:
        return "–" if self.due is None else f"{self.on_time}/{self.due}"


@dataclass(frozen=True)
class Row:
    """One agency; `earlier` the newest first."""

    progress: AgencyProgress
    earlier: tuple[Earlier, ...]

    @property
    def is_unranked(self) -> bool:
        """Whether too little was due of it for a rank to mean anything."""
        counts = self.progress.counts
        return counts.owed - counts.pending < FEWEST

    @property
    def earlier_words(self) -> str:
        """ "4/4; 3/4": on time of those due, the newest period first."""
        return "; ".join(one.words for one in self.earlier)


@dataclass(frozen=True)
class Table:
    """All rows of a round, as `rows` for a file and, for a page, ranked or in groups by name."""

    progress: Progress
    rows: list[Row]
    earlier_rounds: list[Round]

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """complete, lacking, not_begun, each with its agencies by name; empty ones left out."""
        named = [(name, self._in_group(name)) for name in ("complete", "lacking", "not_begun")]
        return [(name, rows) for name, rows in named if rows]

    def _in_group(self, name: str) -> list[Row]:
        return [row for row in self.rows if row.progress.group == name]


def table_of(round_: Round) -> Table:
    """Four queries, however many agencies; a closed round by rank, those without one last."""
    progress = progress_of(round_)
    earlier = _earlier_rounds(round_)
    standings = _standings(earlier)
    rows = [_row(one, earlier, standings) for one in progress.agencies]
    return Table(progress, _by_rank(rows) if progress.is_frozen else rows, earlier)


def _by_rank(rows: Iterable[Row]) -> list[Row]:
    """By rank, then by name as they come."""
    return sorted(rows, key=lambda row: (row.progress.rank is None, row.progress.rank or 0))


def _earlier_rounds(round_: Round) -> list[Round]:
    closed = rounds_of_kind(Kind(round_.rule.period_kind)).filter(
        closed_at__isnull=False, period_end__lt=round_.period_end
    )
    return list(closed[:EARLIER])


def _standings(rounds: list[Round]) -> dict[tuple[int, int], Standing]:
    """By (round id, agency id)."""
    found = Standing.objects.filter(round__in=rounds).order_by()
    return {(one.round_id, one.agency_id): one for one in found}


def _row(
    progress: AgencyProgress, rounds: list[Round], standings: dict[tuple[int, int], Standing]
) -> Row:
    return Row(
        progress,
        tuple(_earlier(one, standings.get((one.pk, progress.agency.pk))) for one in rounds),
    )


def _earlier(round_: Round, standing: Standing | None) -> Earlier:
    if standing is None or not standing.owed:
        return Earlier(round_)
    return Earlier(round_, standing.on_time, standing.owed)
