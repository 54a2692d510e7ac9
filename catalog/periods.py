"""The periods a dataset can be delivered for."""

from catalog.models.dataset import Dataset
from core import clock
from deadlines.periods import Kind, Period

# How many periods back the upload form offers, by kind: about three years, a month of days.
OFFERED = {Kind.QUARTER: 12, Kind.MONTH: 36, Kind.YEAR: 5, Kind.DAY: 31}


def offered_periods(dataset: Dataset) -> list[Period]:
    """Periods to choose from, the last ended one first, then older ones, then the running one."""
    running = Period.containing(clock.today(), dataset.period_kind)
    ended = [running.previous()]
    while len(ended) < OFFERED[dataset.period_kind]:
        ended.append(ended[-1].previous())
    return [*ended, running]
