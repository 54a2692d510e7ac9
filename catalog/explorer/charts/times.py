"""The numbers of a chart along time: every day, month, quarter, year or period in its place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from catalog.explorer.charts.asking import Asking, Number, Undrawable, number
from catalog.explorer.charts.numbers import (
    FEW,
    MOST_CELLS,
    Numbers,
    cells_of,
    series_of,
    series_values,
)
from catalog.explorer.charts.question import Choice
from deadlines.period_words import written_period
from deadlines.periods import Kind, Period

MOST_POINTS = 400


def time_numbers(ask: Asking, choice: Choice, apart: str = "") -> Numbers:
    """In the order of time; what lies between without a row is empty, or none where rows are counted.

    `apart`: the column whose groups do not add up. Raises the engine's errors and Undrawable.
    """
    page = ask.groups([choice.x.group], [choice.y.aggregate], limit=MOST_CELLS)
    found = _by_period(((key, number(value)) for key, value in page.rows), choice)
    totals = {period: found[period] for period in sorted(filter(None, found))}
    if (page.total or 0) > MOST_POINTS:
        raise Undrawable(_("Có quá nhiều điểm thời gian: hãy nhóm theo tháng, quý hoặc năm."))
    series, values = _lines(ask, choice, totals, apart)
    numbers = Numbers(list(totals), series, values, len(totals), has_undated=None in found)
    return _without_gaps(numbers, _of_nothing(choice))


def latest(numbers: Numbers) -> Numbers:
    """The last twelve only."""
    return replace(numbers, keys=numbers.keys[-FEW:], values=numbers.values[-FEW:])


def period_of(key: Any) -> Period | None:
    """The period a key of the engine stands for: a code, a year, a day; None for no value."""
    match key:
        case None:
            return None
        case str():
            return written_period(key) or _day(key)
        case int():
            return Period(Kind.YEAR, date(key, 1, 1))
        case date():
            return Period(Kind.DAY, date(key.year, key.month, key.day))
    raise TypeError(f"no time: {key!r}")


def _day(code: str) -> Period | None:
    """A day that periods are published for; None for a text that names no time."""
    try:
        return Period.parse(code)
    except ValueError:
        return None


def _by_period(
    found: Iterable[tuple[Any, Number | None]], choice: Choice
) -> dict[Period | None, Number | None]:
    """The figure of each period; texts that write one period in several ways are taken together."""
    figures: dict[Period | None, Number | None] = {}
    for key, value in found:
        period = period_of(key)
        if period in figures and period is not None and not choice.y.is_additive:
            raise Undrawable(
                _("Cột thời gian viết một kỳ theo nhiều cách: hãy chọn tổng hoặc số dòng.")
            )
        before = figures.get(period)
        figures[period] = value if before is None else before + (value or 0)
    return figures


def _lines(
    ask: Asking, choice: Choice, totals: dict[Period, Number | None], apart: str
) -> tuple[list[Any], list[list[Number | None]]]:
    """The series, and for each period a figure of each."""
    if not choice.series:
        return [None], [[value] for value in totals.values()]
    series = series_of(ask, choice, apart)
    cells: dict[tuple[Any, Any], Number | None] = {}
    by_series: dict[Any, list[tuple[Any, Number | None]]] = defaultdict(list)
    for (key, one), value in cells_of(ask, choice).items():
        by_series[one].append((key, value))
    for one, figures in by_series.items():
        cells |= {(period, one): value for period, value in _by_period(figures, choice).items()}
    return series.keys, series_values(list(totals), series, cells, totals)


def _of_nothing(choice: Choice) -> Number | None:
    """What is measured where there is no row; a period that was not published is no zero."""
    counts = choice.y.function == "count" and not choice.x.is_periods
    return 0 if counts else None


def _without_gaps(numbers: Numbers, nothing: Number | None) -> Numbers:
    """The same with every period between the first and the last."""
    keys = list(_all_between(numbers.keys))
    by_key = dict(zip(numbers.keys, numbers.values, strict=True))
    empty = [nothing] * len(numbers.series)
    values = [by_key.get(key, empty) for key in keys]
    if nothing is not None:
        values = [[nothing if value is None else value for value in line] for line in values]
    return replace(numbers, keys=keys, values=values, groups=len(keys))


def _all_between(periods: Sequence[Period]) -> Iterable[Period]:
    """Every period from the first to the last; those given where they are of several lengths or too many."""
    if len({period.kind for period in periods}) != 1:
        return periods
    between = [periods[0]]
    while between[-1] < periods[-1]:
        if len(between) == MOST_POINTS:
            return periods
        between.append(between[-1].next())
    return between
