"""When a limit ends: the vectors worked out by hand, and properties for every other day."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import Calendar, Certainty, DayKind, SpecialDay, read_calendar
from deadlines.counting import Count, Counting, FixedDate, Limit, Unit, count, count_to

VIETNAM = Calendar(read_calendar())
VECTORS = list(
    csv.DictReader((Path(__file__).parent / "vectors.csv").read_text(encoding="utf-8").splitlines())
)
ONE_DAY = timedelta(days=1)
days = st.dates(date(2023, 10, 10), date(2028, 6, 30))
countings = st.sampled_from([Counting.CIVIL_CODE, Counting.INCLUSIVE])


def counted(vector: dict[str, str]) -> Count:
    start, counting = date.fromisoformat(vector["start_date"]), Counting(vector["counting"])
    if vector["n"] == "0":
        return count_to(FixedDate(start.month, start.day, counting), start.year)
    return count(Limit(int(vector["n"]), Unit(vector["unit"]), counting), start, VIETNAM)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_vector(vector: dict[str, str]) -> None:
    found = counted(vector)
    assert found.due.isoformat() == vector["due_date"]
    assert found.raw_end.isoformat() == vector["raw_end"]
    assert found.rolled == (vector["rolled"] == "yes")


@pytest.mark.parametrize(
    ("quarter_begins", "due"),
    [
        (date(2024, 1, 1), date(2024, 1, 16)),
        (date(2025, 10, 1), date(2025, 10, 16)),
        (date(2026, 1, 1), date(2026, 1, 16)),
        (date(2027, 1, 1), date(2027, 1, 18)),  # the 16th is a Saturday
        (date(2027, 4, 1), date(2027, 4, 19)),  # Giỗ Tổ on Friday the 16th, then a weekend
    ],
)
def test_a_quarter_ends_on_the_sixteenth_or_the_working_day_after(
    quarter_begins: date, due: date
) -> None:
    assert count(Limit(15, Unit.DAY), quarter_begins, VIETNAM).due == due


@given(days, st.integers(1, 40), countings)
def test_days_are_calendar_days_moved_past_days_off(
    start: date, number: int, counting: Counting
) -> None:
    found = count(Limit(number, Unit.DAY, counting), start, VIETNAM)
    counted_days = number - 1 if counting is Counting.INCLUSIVE else number
    assert found.raw_end == start + timedelta(days=counted_days)
    assert VIETNAM.is_working(found.due)
    between = (found.due - found.raw_end).days
    assert not any(VIETNAM.is_working(found.raw_end + n * ONE_DAY) for n in range(between))


@given(days, st.integers(1, 40), countings)
def test_there_are_exactly_so_many_working_days_to_the_end(
    start: date, number: int, counting: Counting
) -> None:
    found = count(Limit(number, Unit.WORKING_DAY, counting), start, VIETNAM)
    first = start if counting is Counting.INCLUSIVE else start + ONE_DAY
    span = [first + n * ONE_DAY for n in range((found.due - first).days + 1)]
    assert sum(VIETNAM.is_working(day) for day in span) == number
    assert VIETNAM.is_working(found.due)
    assert not found.rolled


@given(days, st.integers(1, 24))
def test_months_end_on_the_same_day_number_or_the_last_of_the_month(
    start: date, number: int
) -> None:
    end = count(Limit(number, Unit.MONTH, rolls=False), start, VIETNAM).due
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == start.day or (end.day < start.day and (end + ONE_DAY).day == 1)


@given(days, st.integers(1, 24))
def test_months_counted_from_the_first_day_end_a_day_earlier_where_that_day_exists(
    start: date, number: int
) -> None:
    usual = count(Limit(number, Unit.MONTH, rolls=False), start, VIETNAM).due
    inclusive = count(
        Limit(number, Unit.MONTH, Counting.INCLUSIVE, rolls=False), start, VIETNAM
    ).due
    assert inclusive == (usual - ONE_DAY if usual.day == start.day else usual)


@given(days, days, st.integers(1, 30), st.sampled_from(Unit), countings)
def test_a_later_event_is_never_due_earlier(
    one: date, other: date, number: int, unit: Unit, counting: Counting
) -> None:
    limit = Limit(number, unit, counting)
    earlier, later = sorted((one, other))
    assert count(limit, earlier, VIETNAM).due <= count(limit, later, VIETNAM).due


@given(days, st.integers(1, 30), st.sampled_from(Unit))
def test_the_count_tells_every_day_in_order(start: date, number: int, unit: Unit) -> None:
    found = count(Limit(number, unit), start, VIETNAM)
    told = [step.day for step in found.steps]
    assert told[0] == start
    assert told == sorted(told)
    numbers = [step.number for step in found.steps if step.number]
    assert numbers == list(range(1, number + 1))


@given(days, st.integers(1, 10), st.sets(days, max_size=30))
def test_more_days_off_never_shorten_a_limit(start: date, number: int, extra: set[date]) -> None:
    known = {special.day for special in read_calendar()}
    more = [SpecialDay(day, DayKind.HOLIDAY, "Nghỉ thêm", Certainty.HIGH) for day in extra - known]
    longer = Calendar([*read_calendar(), *more])
    limit = Limit(number, Unit.WORKING_DAY)
    assert count(limit, start, longer).due >= count(limit, start, VIETNAM).due


def test_a_fixed_date_never_moves() -> None:
    sunday = FixedDate(12, 31, Counting.ON_OR_BEFORE)
    assert count_to(sunday, 2028).due == date(2028, 12, 31)
    assert count_to(FixedDate(12, 31), 2028).due == date(2028, 12, 30)


def test_it_says_how_sure_the_calendar_is() -> None:
    limit = Limit(5, Unit.WORKING_DAY)
    assert count(limit, date(2024, 3, 4), VIETNAM).certainty is Certainty.HIGH
    assert count(limit, date(2027, 1, 29), VIETNAM).certainty is Certainty.PROVISIONAL
    assert count(limit, date(2031, 3, 3), VIETNAM).certainty is Certainty.UNKNOWN
    assert count(limit, date(2028, 12, 28), VIETNAM).certainty is Certainty.UNKNOWN


@pytest.mark.parametrize("number", [0, -1])
def test_a_limit_is_at_least_one(number: int) -> None:
    with pytest.raises(ValueError, match="one or more"):
        Limit(number, Unit.DAY)


def test_ways_of_counting_stay_with_their_kind() -> None:
    with pytest.raises(ValueError, match="fixed dates only"):
        Limit(5, Unit.DAY, Counting.STRICT_BEFORE)
    with pytest.raises(ValueError, match="counts from an event"):
        FixedDate(12, 31, Counting.INCLUSIVE)
    with pytest.raises(ValueError, match="day is out of range"):
        FixedDate(2, 29)
