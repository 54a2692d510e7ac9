"""When a source is asked: at fixed hours of the day, and sooner or later after a failure."""

from datetime import datetime, timedelta

from core.clock import VIETNAM

# A day is a whole number of each: the hours of the day stay the same.
EVERY_HOURS = (1, 2, 4, 6, 12, 24)
FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=24)


def last_slot(now: datetime, every: int, from_hour: int) -> datetime:
    """The last moment up to now at which the source was to be asked."""
    local = now.astimezone(VIETNAM)
    begin = local.replace(hour=from_hour % every, minute=0, second=0, microsecond=0)
    if begin > local:
        begin -= timedelta(hours=every)
    return begin + (local - begin) // timedelta(hours=every) * timedelta(hours=every)


def wait_after(failures: int) -> timedelta:
    """How long to leave a source alone after so many failures in a row: 1, 2, 4 hours, up to a day."""
    return min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT)
