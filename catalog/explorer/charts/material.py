"""What there is to draw: the columns of the rows asked for, and what of them cannot be taken together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.explorer.asked_tables import asked_columns
from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.asking import Asking
from catalog.explorer.charts.columns import (
    MOST_CATEGORIES,
    MOST_SERIES,
    holds_units,
    is_groupable,
    is_measure,
    is_snapshot,
    opposed_in,
)
from catalog.explorer.charts.question import PERIODS
from catalog.explorer.column_meaning import is_name, opposed_kinds
from catalog.explorer.look import Look
from tables import Aggregate, BadQuery, Group, TableUnavailable, TooSlow

MOST_KINDS = 200  # values looked at


@dataclass(frozen=True)
class Material:
    """The columns of the data, their rows, and how many periods are published.

    `is_across`: the rows are those of several periods. `fixed` names the columns that the conditions
    hold at one value. `units` is the column of units where the rows have several, `commonest` the one
    that most of them have; else `unit` is the one they have. `kinds` is the column that keeps apart what
    does not add up, such as income and spending; `opposed` names two of them.
    """

    columns: Sequence[TableColumn]
    row_count: int
    periods: int
    is_across: bool = False
    fixed: frozenset[str] = frozenset()
    units: TableColumn | None = None
    unit: str = ""
    commonest: str = ""
    kinds: TableColumn | None = None
    opposed: tuple[str, str] = ("", "")

    def column(self, name: str) -> TableColumn | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def has_periods(self) -> bool:
        """Whether periods can stand on an axis; a column of the table's own may have their name."""
        return self.periods > 1 and self.column(PERIODS) is None

    @property
    def numbers(self) -> list[TableColumn]:
        return [column for column in self.columns if column.is_number]

    @property
    def measures(self) -> list[TableColumn]:
        """Columns of numbers that measure something."""
        return [column for column in self.numbers if is_measure(column)]

    @property
    def categories(self) -> list[TableColumn]:
        """Columns to group by, the best first: names before codes, few values before many."""
        grouping = [c for c in self.columns if c.type in ("text", "boolean") and c.distinct > 1]
        return sorted(grouping, key=_fitness)

    @property
    def series(self) -> list[TableColumn]:
        """Columns whose values may become series, the best first."""
        few = [c for c in self.columns if is_groupable(c) and 1 < c.distinct <= MOST_CATEGORIES]
        return sorted(few, key=lambda column: column.distinct > MOST_SERIES)

    @property
    def snapshots(self) -> list[TableColumn]:
        """Columns that tell apart the times whose figures the rows hold."""
        return [c for c in self.columns if is_snapshot(c) and c.name not in self.fixed]


def bare_material(look: Look) -> Material:
    """What the look's rows give to draw, without regard to their units."""
    return Material(
        [column for column in asked_columns(look) if not column.is_period],
        look.row_count,
        len(look.releases),
        is_across=len(look.asked) > 1,
        fixed=frozenset(one.column for one in look.query.conditions if one.op == "eq"),
    )


def material_of(look: Look) -> Material:
    """What the look's rows give to draw; which units they have may be a question to the engine."""
    material = _kept_apart(look, bare_material(look))
    holding = next((column for column in material.columns if holds_units(column)), None)
    if holding is None:
        return material
    units = _units(look, holding)
    if len(units) > 1:
        return replace(material, units=holding, commonest=units[0])
    return replace(material, unit="".join(units))


def _kept_apart(look: Look, material: Material) -> Material:
    """With the column of kinds that do not add up, where the rows asked for are of several."""
    for column in material.columns:
        if column.name in material.fixed or not opposed_in(column):
            continue
        if opposed := opposed_kinds(_values(look, column, MOST_KINDS)):
            return replace(material, kinds=column, opposed=opposed)
    return material


def _units(look: Look, column: TableColumn) -> list[str]:
    """The units of the rows, two at most, the most frequent first."""
    return _values(look, column, 3)[:2]


def _values(look: Look, column: TableColumn, most: int) -> list[str]:
    """Values of the rows, the most frequent first; of the profile where it knows, or the engine does not."""
    profiled = [str(value) for value, _n in column.top]
    ends = [str(end) for end in (column.minimum, column.maximum) if end is not None]
    profiled = list(dict.fromkeys([*profiled, *ends]))[:most]
    if not look.query.is_narrowed and not look.all_periods:
        return profiled
    order = [("count", True), (column.name, False)]
    try:
        page = Asking(look).groups(
            [Group(column.name)], [Aggregate("count")], sort=order, limit=most
        )
    except (BadQuery, TooSlow, TableUnavailable):
        return profiled
    return [str(value) for value, _count in page.rows if value is not None]


def _fitness(column: TableColumn) -> tuple[bool, bool, bool]:
    return (column.distinct > MOST_CATEGORIES, is_name(column.label), column.type == "boolean")
