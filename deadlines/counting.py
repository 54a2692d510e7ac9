"""Counting time as the law does: days, working days, months, fixed dates.

Bộ luật Dân sự 2015: the day of the event is not counted (Đ147); a period of months ends on the same
day number, else on the month's last day (Đ148.3); a last day on a weekend or public holiday moves to
the end of the next working day (Đ148.5). Plain Python, so that a person can try it in a shell:

>>> from deadlines.calendar import Calendar, read_calendar
>>> limit = Limit(5, Unit.WORKING_DAY)
>>> count(limit, date(2026, 11, 20), Calendar(read_calendar())).due
datetime.date(2026, 11, 30)
"""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deadlines.calendar import Calendar, Certainty

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


class Counting(StrEnum):
    CIVIL_CODE = "civil_code"  # the day of the event is not counted
    INCLUSIVE = "inclusive"  # it is
    STRICT_BEFORE = "strict_before"  # of a fixed date: by the end of the day before
    ON_OR_BEFORE = "on_or_before"  # by the end of the date itself


class StepKind(StrEnum):
    EVENT = "event"  # the day of the event, not counted
    COUNTED = "counted"
    SKIPPED = "skipped"  # a day off inside a count of working days
    ROLLED = "rolled"  # a day off at the end, from which the end moves on
    FIXED = "fixed"


@dataclass(frozen=True)
class Limit:
    """So many days, working days or months from an event; `rolls`: past days off at its end.

    Raises ValueError for less than one, or a way of counting that is meant for fixed dates.
    """

    number: int
    unit: Unit
    counting: Counting = Counting.CIVIL_CODE
    rolls: bool = True

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"a limit is one or more, not {self.number}")
        if self.counting not in (Counting.CIVIL_CODE, Counting.INCLUSIVE):
            raise ValueError(f"{self.counting} counts to fixed dates only")


@dataclass(frozen=True)
class FixedDate:
    """The same date every year; it never rolls. Raises ValueError like Limit, or for no date."""

    month: int
    day: int
    counting: Counting = Counting.STRICT_BEFORE

    def __post_init__(self) -> None:
        date(2023, self.month, self.day)  # 29 February comes not every year
        if self.counting not in (Counting.STRICT_BEFORE, Counting.ON_OR_BEFORE):
            raise ValueError(f"{self.counting} counts from an event")


@dataclass(frozen=True)
class Step:
    """One day of the count; `number`: the how-manieth day or month it completes, else 0."""

    day: date
    kind: StepKind
    number: int = 0


@dataclass(frozen=True)
class Count:
    """`due` is the last day, to its end; `raw_end` before it moved past days off."""

    start: date
    raw_end: date
    due: date
    steps: tuple[Step, ...]
    certainty: Certainty

    @property
    def rolled(self) -> bool:
        return self.due != self.raw_end


def count(limit: Limit, start: date, calendar: Calendar) -> Count:
    """When the limit ends for an event on `start`, and the way there day by day."""
    steps = [*_event(limit, start), *_STEPS[limit.unit](limit, start, calendar)]
    raw_end = steps[-1].day
    if limit.rolls:
        steps += [Step(day, StepKind.ROLLED) for day in calendar.days_off_from(raw_end)]
    due = steps[-1].day + ONE_DAY if steps[-1].kind is StepKind.ROLLED else raw_end
    return Count(start, raw_end, due, tuple(steps), calendar.certainty(start, due))


def count_to(fixed: FixedDate, year: int) -> Count:
    """The last day for what is due before, or on, the date in that year."""
    day = date(year, fixed.month, fixed.day)
    due = day - ONE_DAY if fixed.counting is Counting.STRICT_BEFORE else day
    return Count(day, due, due, (Step(day, StepKind.FIXED),), Certainty.HIGH)


def working_days(after: date, until: date, calendar: Calendar) -> int:
    """Working days after the first day, up to the second and with it."""
    days = range(after.toordinal() + 1, until.toordinal() + 1)
    return sum(calendar.is_working(date.fromordinal(day)) for day in days)


def _event(limit: Limit, start: date) -> Iterator[Step]:
    if limit.counting is Counting.CIVIL_CODE:
        yield Step(start, StepKind.EVENT)


def _first(limit: Limit, start: date) -> date:
    """The first day that may count."""
    return start if limit.counting is Counting.INCLUSIVE else start + ONE_DAY


def _days(limit: Limit, start: date, calendar: Calendar) -> Iterator[Step]:
    first = _first(limit, start)
    for number in range(limit.number):
        yield Step(first + number * ONE_DAY, StepKind.COUNTED, number + 1)


def _working_days(limit: Limit, start: date, calendar: Calendar) -> Iterator[Step]:
    day, number = _first(limit, start), 0
    while True:
        if calendar.is_working(day):
            number += 1
            yield Step(day, StepKind.COUNTED, number)
        else:
            yield Step(day, StepKind.SKIPPED)
        if number == limit.number:
            return
        day += ONE_DAY


def _months(limit: Limit, start: date, calendar: Calendar) -> Iterator[Step]:
    """The end of every month of the count: the same day number, or the month's last day."""
    for number in range(1, limit.number + 1):
        total = start.year * 12 + start.month - 1 + number
        year, month = total // 12, total % 12 + 1
        last = months.monthrange(year, month)[1]
        end = date(year, month, min(start.day, last))
        if limit.counting is Counting.INCLUSIVE and start.day <= last:
            end -= ONE_DAY  # the first day was counted, so the day before it completes the month
        yield Step(end, StepKind.COUNTED, number)


_STEPS = {Unit.DAY: _days, Unit.WORKING_DAY: _working_days, Unit.MONTH: _months}
