"""What every reader hands on: a tidy CSV for DuckDB and the facts about the source."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from tables.limits import MAX_COLUMNS
from tables.problems import Unreadable


@dataclass(frozen=True)
class Loadable:
    """A CSV that DuckDB reads as it is: every row has the same number of cells."""

    path: Path
    delimiter: str = ","
    skip: int = 0  # lines above the first row of data


@dataclass
class Reading:
    """A table before its types are known. Columns are counted from 0.

    `first_row` is the 1-based row in the file of the first row of data; the next rows
    follow one by one, so that a problem can name its row. `number_styles` tells, for columns that
    hold numbers and not written ones, how these are written in `load` (a style of
    patterns.NUMBER_FORMS); `texts` are columns whose source says that they hold texts; `lines` is
    how many lines the file has, if a line is a row.
    """

    format: str
    labels: list[str]
    load: Loadable
    first_row: int = 1
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    number_styles: Mapping[int, str] = field(default_factory=dict)
    texts: frozenset[int] = frozenset()
    geometries: frozenset[int] = frozenset()
    lines: int = 0


def write_tidy(rows: Iterable[Sequence[str]], target: Path) -> int:
    """Write rows of equal length as CSV and return how many there were."""
    count = 0
    with target.open("w", encoding="utf-8", newline="") as out:
        # With this line end Python quotes a cell that holds a lone CR, too.
        write = csv.writer(_OneLineEnd(out), lineterminator="\r\n").writerow
        for count, row in enumerate(rows, start=1):  # noqa: B007 (used after the loop)
            write(row)
    return count


class _OneLineEnd:
    """Every line end becomes LF, inside cells too: DuckDB refuses a file with several kinds."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.replace("\r\n", "\n").replace("\r", "\n"))


def check_width(count: int) -> None:
    """Raise Unreadable("too_many_columns") beyond the limit."""
    if count > MAX_COLUMNS:
        raise Unreadable("too_many_columns", count=count, limit=MAX_COLUMNS)
