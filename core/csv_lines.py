"""CSV that a spreadsheet opens as it should: UTF-8 with its mark, and no text taken for a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

MARK = "\ufeff"  # Excel takes the file for UTF-8
# What a spreadsheet would calculate (OWASP, CSV injection); figures are no texts.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(rows: Iterable[Iterable[Any]], end: str = "\r\n") -> Iterator[str]:
    """The mark, then a line for each row."""
    writer = csv.writer(_Echo(), lineterminator=end)
    yield MARK
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


def guarded(cell: Any) -> Any:
    """The cell; a text that begins like a formula with an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell


class _Echo:
    """A file that hands each written line straight back."""

    def write(self, line: str) -> str:
        return line
