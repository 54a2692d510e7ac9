"""What changed from one release of a table to another: its columns, its rows, its figures.

Both are asked for one line of totals each, whatever their size; rows are not matched with each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, table_columns, value_writer
from catalog.explorer.charts.columns import holds_units, is_measure
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.question import Dimension, Measure
from catalog.explorer.charts.summing import why_not_of_all
from catalog.explorer.column_meaning import adds_up
from catalog.explorer.tables import table_of
from catalog.models import Release
from catalog.tablepool import pool
from tables import Aggregate, Query, TableUnavailable, TooSlow, rows

AT_ONCE = 25  # columns summed up in one question
DECIMALS = 4  # of a total: what floats add behind them is no information
STRIKING = Decimal("0.5")  # a change by half is pointed out


@dataclass(frozen=True)
class Figure:
    """One number of both releases; `is_total` tells a sum from an average. None: there is no value."""

    column: TableColumn
    is_total: bool
    before: Decimal | None
    after: Decimal | None

    @property
    def before_text(self) -> str:
        return self._written(self.before)

    @property
    def after_text(self) -> str:
        return self._written(self.after)

    @property
    def change_text(self) -> str:
        """ "+12 (+3,4 %)", "không đổi", or nothing where one side has no value."""
        if self.before is None or self.after is None:
            return ""
        change = self.after - self.before
        if not change:
            return _("không đổi")
        sign = "+" if change > 0 else "−"
        written = f"{sign}{self._written(abs(change))}"
        percent = round(abs(self.share or Decimal()) * 100, 1)
        return f"{written} ({sign}{formats.number_format(percent, 1)} %)" if percent else written

    @property
    def share(self) -> Decimal | None:
        """The change as a share of what was there before, None where that was nothing."""
        if self.before is None or self.after is None or not self.before:
            return None
        return (self.after - self.before) / abs(self.before)

    @property
    def is_striking(self) -> bool:
        """A change that somebody who decides should not overlook."""
        gone = (self.before is None) != (self.after is None)
        return gone or (self.share is not None and abs(self.share) >= STRIKING)

    def _written(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        return value_writer(self.column)(int(value) if value == int(value) else value)


@dataclass(frozen=True)
class Retyped:
    """A column that holds another kind of values than before."""

    before: TableColumn
    after: TableColumn


@dataclass(frozen=True)
class Comparison:
    """`earlier` is what the release is compared with; `complaint` says why there are no figures."""

    earlier: Release
    rows: Figure
    added: list[TableColumn]
    removed: list[TableColumn]
    retyped: list[Retyped]
    figures: list[Figure]
    complaint: str = ""

    @property
    def columns_are_the_same(self) -> bool:
        return not (self.added or self.removed or self.retyped)


def compare(release: Release, earlier: Release) -> Comparison:
    """The release beside an earlier one of the same table. Both have been read."""
    before = {column.name: column for column in table_columns(release.resource, earlier)}
    after = {column.name: column for column in table_columns(release.resource, release)}
    both = [(before[name], after[name]) for name in after if name in before]
    measured = [new for old, new in both if old.is_number and new.is_number and is_measure(new)]
    figures: list[Figure] = []
    complaint = ""
    try:
        figures = _figures(release, earlier, measured, _of_one_table(release, list(after.values())))
    except (TableUnavailable, TooSlow) as error:
        complaint = _(error.template).format_map(error.params)
    return Comparison(
        earlier=earlier,
        rows=Figure(_counted(), True, _rounded(earlier.row_count), _rounded(release.row_count)),
        added=[column for name, column in after.items() if name not in before],
        removed=[column for name, column in before.items() if name not in after],
        retyped=[Retyped(old, new) for old, new in both if old.type != new.type],
        figures=figures,
        complaint=complaint,
    )


def _of_one_table(release: Release, columns: Sequence[TableColumn]) -> Material:
    units = next((one for one in columns if holds_units(one) and one.distinct > 1), None)
    return Material(columns, release.row_count or 0, periods=1, units=units)


def _is_summed(column: TableColumn, material: Material) -> bool:
    """What does not add up over all the rows is compared by its average."""
    everything = Dimension("")
    return adds_up(column) and not why_not_of_all(Measure("sum", column.name), everything, material)


def _figures(
    release: Release, earlier: Release, columns: Sequence[TableColumn], material: Material
) -> list[Figure]:
    found = []
    for start in range(0, len(columns), AT_ONCE):
        some = columns[start : start + AT_ONCE]
        asked = [
            Aggregate("sum" if _is_summed(column, material) else "avg", column.name)
            for column in some
        ]
        old, new = _totals(earlier, asked), _totals(release, asked)
        found += [
            Figure(column, one.function == "sum", _rounded(was), _rounded(now))
            for column, one, was, now in zip(some, asked, old, new, strict=True)
        ]
    return found


def _totals(release: Release, asked: Sequence[Aggregate]) -> Sequence[Any]:
    (line,) = rows(pool(), table_of(release), Query(aggregates=asked)).rows
    return line


def _rounded(value: int | float | None) -> Decimal | None:
    if value is None or isinstance(value, int):
        return None if value is None else Decimal(value)
    return Decimal(str(round(value, DECIMALS)))


def _counted() -> TableColumn:
    """Stands for the number of rows, which no column holds."""
    return TableColumn(
        name="count", type="integer", label=_("Số dòng"), unit="", description="", required=False,
        nulls=0, minimum=None, maximum=None, longest=0, distinct=0, top=[],
    )  # fmt: skip
