"""What a sheet tells of its cells beside their values."""

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from tables.reading.numberformats import Format

_PIECE = 1 << 20
_OVERLAP = 1 << 16  # bytes: a cell that tells something is shorter

Run = tuple[int, int, Format]


def no_format(_number: int) -> None:
    """The cells of a column whose formats tell nothing."""
    return


@dataclass
class SheetFacts:
    """Rows and columns counted from 0.

    `formats`: for each column the runs (first row, last row, format) of cells whose format shows
    more than the number; `unanswered`: cells whose formula has no stored result.
    """

    formats: dict[int, list[Run]] = field(default_factory=dict)
    unanswered: list[tuple[int, int]] = field(default_factory=list)

    def format_at(self, row: int, column: int) -> Format | None:
        """The format of a cell, if it shows more than the number."""
        runs = self.formats.get(column, [])
        at = bisect.bisect_right(runs, row, key=lambda run: run[0]) - 1
        return runs[at][2] if at >= 0 and runs[at][1] >= row else None

    def column(self, above: int, column: int) -> Callable[[int], Format | None]:
        """The formats of a column's cells, counted from below the first `above` rows."""
        if column not in self.formats:
            return no_format
        return lambda number: self.format_at(above + number, column)

    def add(self, row: int, column: int, shown: Format) -> None:
        """The next cell in the order of rows has this format."""
        self.add_run(row, row, column, shown)

    def add_run(self, row: int, last: int, column: int, shown: Format) -> None:
        """The same for all rows up to the last."""
        runs = self.formats.setdefault(column, [])
        if runs and runs[-1][1] == row - 1 and runs[-1][2] == shown:
            runs[-1] = (runs[-1][0], last, shown)
        else:
            runs.append((row, last, shown))


def overlapping_pieces(part: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Pieces that overlap; with each how far the starts of its finds belong to it."""
    before = b""
    while piece := part.read(_PIECE):
        text = before + piece
        limit = max(0, len(text) - _OVERLAP)
        yield text, limit
        before = text[limit:]
    yield before, len(before)
