"""What a column is good for in a chart, by what it means and what the release holds in it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from catalog.explorer.cells import TableColumn, python_value
from catalog.explorer.charts.question import Dimension
from catalog.explorer.column_meaning import (
    is_name,
    is_part_of_date,
    is_year,
    names_units,
    opposed_kinds,
    tells_time,
)
from deadlines.period_words import written_period

MOST_CATEGORIES = 30  # values of a column that make a chart one can read
MOST_SERIES = 6
FEWEST_POINTS = 3  # of a line
LONGEST_EVENTS = 400  # days over which events are followed; longer, dates say when things began


def is_measure(column: TableColumn) -> bool:
    """Numbers that differ and are no codes, years, months or coordinates."""
    return (
        column.is_number
        and column.distinct > 1
        and not is_name(column.label)
        and not is_year(column)
        and not is_part_of_date(column)
    )


def holds_units(column: TableColumn) -> bool:
    return column.type == "text" and names_units(column.label, [value for value, _n in column.top])


def opposed_in(column: TableColumn) -> tuple[str, str] | None:
    """The kinds of figures a column of texts keeps apart, as far as the profile shows."""
    if column.type != "text":
        return None
    shown = [value for value, _n in column.top] + [column.minimum, column.maximum]
    return opposed_kinds(list(dict.fromkeys(value for value in shown if value is not None)))


def is_groupable(column: TableColumn) -> bool:
    """Whether the column's values may be groups; of numbers, where they are few or years."""
    if column.type in ("integer", "number"):
        return is_year(column) or column.distinct <= MOST_CATEGORIES
    return column.type in ("text", "boolean")


def is_timelike(column: TableColumn) -> bool:
    return has_dates(column) or is_year(column) or has_periods(column)


def has_dates(column: TableColumn) -> bool:
    return column.type in ("date", "datetime")


def has_periods(column: TableColumn) -> bool:
    """Texts that are all months, all quarters or all years, as far as the profile shows."""
    if column.type != "text" or not column.top:
        return False
    shown = [value for value, _n in column.top] + [column.minimum, column.maximum]
    periods = [written_period(value) for value in shown if value is not None]
    return None not in periods and len({period.kind for period in periods if period}) == 1


def is_snapshot(column: TableColumn) -> bool:
    """Whether the table holds the figures of several times, and this column tells which."""
    if column.distinct < 2 or not tells_time(column):
        return False
    return is_timelike(column) or is_part_of_date(column)


def newest(column: TableColumn) -> Any:
    """The last of the times a snapshot column holds; None where the profile does not show it."""
    if is_year(column) or has_dates(column):
        return python_value(column.maximum, column.type)
    if not has_periods(column) or len(column.top) < column.distinct:
        return None
    return max((value for value, _n in column.top), key=lambda value: written_period(value) or 0)


def is_history(column: TableColumn) -> bool:
    """Dates of long ago, years of building: they say when things began, not when figures came about."""
    if tells_time(column):
        return False
    return is_year(column) or (has_dates(column) and _span(column).days > LONGEST_EVENTS)


def is_even(column: TableColumn) -> bool:
    """Every value stands in as many rows as any other: their count says nothing."""
    counts = {count for _value, count in column.top}
    return len(counts) == 1


def time_dimensions(columns: Sequence[TableColumn]) -> Iterator[Dimension]:
    """What may be a time axis with points enough for a line, the best first."""
    for column in columns:
        if has_dates(column) and _points(column) >= FEWEST_POINTS:
            yield Dimension(column.name, fitting_bucket(column))
    for column in columns:
        if column.distinct >= FEWEST_POINTS and (is_year(column) or has_periods(column)):
            yield Dimension(column.name)


def fitting_bucket(column: TableColumn) -> str:
    """Days, months, quarters or years: about ten to forty points; of moments at least months."""
    days = _span(column).days
    if days <= 62 and column.type == "date":
        return ""
    if days <= 3 * 366:
        return "month"
    return "quarter" if days <= 8 * 366 else "year"


def _points(column: TableColumn) -> int:
    """About how many points a line over this column has."""
    days_of_point = {"": 1, "month": 30, "quarter": 91, "year": 365}[fitting_bucket(column)]
    return min(column.distinct, _span(column).days // days_of_point + 1)


def _span(column: TableColumn) -> timedelta:
    if not column.minimum:
        return timedelta(0)
    return _day(column.maximum) - _day(column.minimum)


def _day(written: str) -> date:
    """The day of a date or moment as the profile writes it."""
    return date.fromisoformat(written[:10])
