"""The numbers of a chart: what is measured of each group, in the order in which it is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.explorer.charts.asking import Asking, Number, Undrawable, difference, number
from catalog.explorer.charts.columns import MOST_SERIES
from catalog.explorer.charts.question import Choice
from tables import Group

FEW = 12  # bars one takes in at a glance
MANY = 200  # bars drawn when somebody asks for all of them
MOST_CELLS = 50_000  # groups by two columns
DWARFING = 2  # a rest so many times the largest bar leaves nothing to compare
REST = object()  # the key of everything that has no bar or line of its own


@dataclass(frozen=True)
class Numbers:
    """`values` has a list for each key of `keys`, with a figure or None for each of `series`.

    Keys are values of the column; on a time axis they are Periods. `groups`
    counts all groups there are; the last key is REST where the others are gathered under it.
    Without series there is one, None. `has_undated`: rows without a date are not on the time axis.
    """

    keys: list[Any]
    series: list[Any]
    values: list[list[Number | None]]
    groups: int
    series_groups: int = 1
    has_undated: bool = False

    @property
    def has_rest(self) -> bool:
        return bool(self.keys) and self.keys[-1] is REST

    @property
    def is_dwarfed(self) -> bool:
        """The others together are more than any group of its own: drawn, they would leave these no room."""
        if not self.has_rest:
            return False
        largest, rest = (
            max((abs(value) for line in lines for value in line if value is not None), default=0)
            for lines in (self.values[:-1], self.values[-1:])
        )
        return rest > DWARFING * largest > 0

    @property
    def is_cut(self) -> bool:
        """Some groups are neither drawn nor gathered."""
        return not self.has_rest and len(self.keys) < self.groups

    @property
    def filled(self) -> list[Number]:
        return [value for line in self.values for value in line if value is not None]


@dataclass(frozen=True)
class Series:
    """The values with a bar or line of their own, the largest first; `totals` are of all groups."""

    keys: list[Any]
    totals: Mapping[Any, Number | None]
    groups: int

    @property
    def has_rest(self) -> bool:
        return bool(self.keys) and self.keys[-1] is REST


def bar_numbers(ask: Asking, choice: Choice, *, whole: bool, apart: str = "") -> Numbers:
    """The largest groups first; beyond twelve the others are gathered, where that can be done honestly.

    `whole`: as many as can be drawn; `apart`: the column whose groups do not add up. Raises the
    engine's errors and Undrawable.
    """
    most = MANY if whole else FEW
    order = [(choice.y.aggregate.name, True), (choice.x.column, False)]
    page = ask.groups([choice.x.group], [choice.y.aggregate], sort=order, limit=most)
    totals = {key: number(value) for key, value in page.rows}
    groups = page.total or 0
    keys = list(totals)
    if groups > most and choice.y.is_additive and choice.x.column != apart:
        keys = [*keys[: most - 1], REST]
    if choice.series:
        series = series_of(ask, choice, apart)
        values = series_values(keys, series, cells_of(ask, choice), totals)
        return Numbers(keys, series.keys, values, groups, series.groups)
    values = [[totals[key]] for key in keys if key is not REST]
    if len(values) < len(keys):
        values.append([difference(_everything(ask, choice), [value for (value,) in values])])
    return Numbers(keys, [None], values, groups)


def _everything(ask: Asking, choice: Choice) -> Number | None:
    """The measure of all rows together."""
    return number(ask.groups([], [choice.y.aggregate]).rows[0][0])


def series_of(ask: Asking, choice: Choice, apart: str = "") -> Series:
    """At most six: the others are gathered, or left out where they cannot be added up."""
    order = [(choice.y.aggregate.name, True), (choice.series, False)]
    page = ask.groups([Group(choice.series)], [choice.y.aggregate], sort=order, limit=MOST_CELLS)
    totals = {key: number(value) for key, value in page.rows}
    keys = list(totals)[:MOST_SERIES]
    if len(totals) > MOST_SERIES and choice.y.is_additive and choice.series != apart:
        keys = [*keys[:-1], REST]
    return Series(keys, totals, len(totals))


def cells_of(ask: Asking, choice: Choice) -> dict[tuple[Any, Any], Number | None]:
    """The measure of each pair of group and series."""
    by = [choice.x.group, Group(choice.series)]
    page = ask.groups(by, [choice.y.aggregate], limit=MOST_CELLS)
    if (page.total or 0) > MOST_CELLS:
        raise Undrawable(_("Hai cột này cho quá nhiều nhóm: hãy bỏ cột chia nhóm."))
    return {(key, series): number(value) for key, series, value in page.rows}


def series_values(
    keys: Sequence[Any],
    series: Series,
    cells: Mapping[tuple[Any, Any], Number | None],
    totals: Mapping[Any, Number | None],
) -> list[list[Number | None]]:
    """A line for each key: the figure of each series, then of those gathered."""
    own = [key for key in series.keys if key is not REST]
    lines = []
    for key in keys:
        if key is REST:
            line = [
                difference(series.totals[one], [cells.get((k, one)) for k in keys[:-1]])
                for one in own
            ]
            whole = difference(_sum(series.totals.values()), [totals[k] for k in keys[:-1]])
        else:
            line = [cells.get((key, one)) for one in own]
            whole = totals[key]
        lines.append([*line, difference(whole, line)] if series.has_rest else line)
    return lines


def _sum(values: Iterable[Number | None]) -> Number | None:
    filled = [value for value in values if value is not None]
    return sum(filled) if filled else None
