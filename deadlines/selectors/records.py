"""An agency's results of closed quarters, with how many it was ranked among."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import Agency
from deadlines.models import Round, Standing
from deadlines.outcomes import Counts
from deadlines.selectors.progress import record_of


@dataclass(frozen=True)
class Record:
    """`rank` is None for an agency with few duties; `ranked`: how many have a rank at all."""

    round: Round
    counts: Counts
    rank: int | None
    ranked: int
    is_shared: bool


def records_of(agency: Agency, last: int = 4) -> list[Record]:
    """The last closed quarters, the newest first; two queries."""
    stood = record_of(agency, last)
    places = list(
        Standing.objects.filter(round__in=[one for one, _ in stood], rank__isnull=False)
        .order_by()
        .values_list("round", "rank")
    )
    ranked = Counter(round_ for round_, _ in places)
    shared = Counter(places)
    return [
        Record(round_, own.counts, own.rank, ranked[round_.pk], shared[round_.pk, own.rank] > 1)
        for round_, own in stood
    ]
