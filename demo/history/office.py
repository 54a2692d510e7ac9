"""When people in offices do things: on working days, in office hours (Nghệ An)."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from core.clock import VIETNAM
from deadlines.calendar import Calendar, read_calendar

CALENDAR = Calendar(read_calendar())
ONE_DAY = timedelta(days=1)
# Minutes of the day: 07:30 to 11:30 and 13:30 to 17:00.
OFFICE_MINUTES = (*range(7 * 60 + 30, 11 * 60 + 30), *range(13 * 60 + 30, 17 * 60))
SWEEP_AT = time(7, 5)  # before the offices open, after the hour from which people are told


def working_days(first: date, last: date) -> list[date]:
    """From `first` to `last`, both included."""
    days = (first + number * ONE_DAY for number in range((last - first).days + 1))
    return [day for day in days if CALENDAR.is_working(day)]


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not CALENDAR.is_working(day):
        day += ONE_DAY
    return day


def moments(chance: random.Random, days: Sequence[date]) -> list[datetime]:
    """A moment on each of the days, which do not go back, each moment later than the one before."""
    minutes = sorted(chance.sample(OFFICE_MINUTES, len(days)))
    return [at(day, minute) for day, minute in zip(days, minutes, strict=True)]


def leading_to(
    chance: random.Random, last: date, *, steps: int, after: date, within: int = 4
) -> list[date]:
    """Working days of so many steps, the last of them on `last`, none before `after`.

    `within`: over how many days they are spread.
    """
    open_days = working_days(max(after, last - within * ONE_DAY), last) or [last]
    return [*sorted(chance.choices(open_days, k=steps - 1)), last]


def at(day: date, minute: int) -> datetime:
    """That minute of the day in Nghệ An, in UTC."""
    return datetime.combine(day, time(*divmod(minute, 60)), VIETNAM).astimezone(UTC)


def sweep_moment(day: date) -> datetime:
    return datetime.combine(day, SWEEP_AT, VIETNAM).astimezone(UTC)
