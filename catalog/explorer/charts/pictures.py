"""What is drawn and what is written below it: the same numbers for the script, the reader and a CSV file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from catalog.explorer.charts.asking import Number
from catalog.explorer.charts.words import figure
from catalog.explorer.words import Words


class Figure(NamedTuple):
    """A cell of the table below a chart: what it says, and the value its bar shows, where it has one."""

    text: str
    value: Number | None = None
    has_bar: bool = True


@dataclass(frozen=True)
class Row:
    """A line of that table: what it is about, and its cells."""

    name: str
    cells: list[Figure]


@dataclass(frozen=True)
class Sheet:
    """The numbers as a CSV file has them: figures plain, without marks of a language."""

    head: list[str]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Picture:
    """`data` is what the script draws; `notes` say what of the rows is not in it."""

    head: list[Words]
    rows: list[Row]
    finding: Words
    data: dict[str, Any]
    sheet: Sheet
    notes: list[Words] = field(default_factory=list)
    groups: int = 0  # how many there are in all
    has_bars: bool = True

    @property
    def largest(self) -> Number:
        """The figure with the longest bar, without its sign."""
        cells = (cell for row in self.rows for cell in row.cells)
        values = [abs(cell.value) for cell in cells if cell.value and cell.has_bar]
        return max(values, default=0)


def figures(
    values: Sequence[Number | None],
    write: Callable[[Number | None], str] = figure,
    *,
    have_bars: bool = True,
) -> list[Figure]:
    return [Figure(write(value), value, have_bars) for value in values]
