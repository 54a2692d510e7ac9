"""Working days in Vietnam."""

from collections import Counter
from datetime import date, timedelta

import pytest

from deadlines.calendar import Calendar, Certainty, DayKind, read_calendar

VIETNAM = Calendar(read_calendar())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, from 2026
        (date(2025, 11, 24), True),
        (date(2026, 1, 2), False),  # given off in exchange for Saturday 10/1
        (date(2026, 1, 10), True),
        (date(2026, 1, 17), False),
        (date(2024, 4, 29), False),
        (date(2024, 5, 4), True),
    ],
)
def test_the_day(day: date, works: bool) -> None:
    assert VIETNAM.is_working(day) is works


def test_saturdays_worked_are_as_many_as_days_given_for_them() -> None:
    kinds = Counter(special.kind for special in read_calendar())
    assert kinds[DayKind.SWAP_WORK] == kinds[DayKind.SWAP_OFF] > 0


def test_a_day_is_named_once_and_only_weekends_are_worked_in_exchange() -> None:
    rows = read_calendar()
    assert len({special.day for special in rows}) == len(rows)
    worked = [special.day for special in rows if special.kind is DayKind.SWAP_WORK]
    assert all(day.weekday() >= 5 for day in worked)


def test_without_rows_only_weekends_are_known() -> None:
    empty = Calendar([])
    week = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    assert [empty.is_working(day) for day in week] == [True] * 5 + [False] * 2
    assert empty.certainty(week[0], week[-1]) is Certainty.UNKNOWN
