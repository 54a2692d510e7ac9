"""What becomes of each dataset's data of each period: most come on time, as in life not all."""

from datetime import date
from enum import StrEnum
from functools import cache

from deadlines.periods import Period
from demo.chance import seeded
from demo.model import DemoDataset


class Fate(StrEnum):
    EARLIER = "earlier"  # from before the dataset was registered: handed in with it
    ON_TIME = "on_time"
    LATE = "late"
    AFTER_CLOSING = "after_closing"
    MISSING = "missing"
    NOTHING = "nothing"
    EXTENDED = "extended"
    EXTENDED_PAST_CLOSING = "extended_past_closing"
    REFUSED = "refused"  # no more time was given: late
    WAIVED = "waived"
    # Where the newest period's workflow has got to.
    SUBMITTED = "submitted"
    READY = "ready"
    NEEDS_FIXING = "needs_fixing"
    RETURNED = "returned"
    EXTENSION_WAITS = "extension_waits"
    NOTHING_WAITS = "nothing_waits"


# Shares of what is owed; the agency's carelessness, one on average, multiplies the first group.
BY_CARE = ((Fate.LATE, 0.08), (Fate.AFTER_CLOSING, 0.01), (Fate.MISSING, 0.02))
BY_DECISION = (
    (Fate.EXTENDED, 0.014),
    (Fate.EXTENDED_PAST_CLOSING, 0.01),
    (Fate.REFUSED, 0.01),
    (Fate.WAIVED, 0.012),
)
NOTHING_ARISES = 0.12  # where data come of events that may not happen


def fate_of(dataset: DemoDataset, period: Period, today: date, *, decided: bool) -> Fate:
    """What becomes of data that are owed; `decided`: somebody can decide on requests by then."""
    if period.code in dataset.missing_periods(today):
        return Fate.MISSING
    if period.code in dataset.waived_periods(today) and decided:
        return Fate.WAIVED
    if newest := dataset.left_at(today).get(period.code):
        return Fate(newest)
    drawn = seeded(dataset.slug, period.code, "what becomes of it").random()
    for fate, share in _shares(dataset, decided=decided):
        if drawn < share:
            return fate
        drawn -= share
    return Fate.ON_TIME


def _shares(dataset: DemoDataset, *, decided: bool) -> list[tuple[Fate, float]]:
    care = carelessness(dataset.agency_key)
    shares = [(fate, share * care) for fate, share in BY_CARE]
    if dataset.eventful:
        shares.append((Fate.NOTHING, NOTHING_ARISES))
    return shares + list(BY_DECISION) if decided else shares


@cache
def carelessness(agency_key: str) -> float:
    """How easily an agency misses a day, beside the others: from a fifth to somewhat over twice."""
    return seeded(agency_key, "carelessness").triangular(0.2, 2.2, 0.6)
