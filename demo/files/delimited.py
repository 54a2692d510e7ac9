"""CSV files: delimiters, encodings, decimal commas, title rows and totals."""

import csv
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from demo.model import DemoColumn, DemoResource
from demo.sheet import Value

TOTAL = "Tổng cộng"
# The five tone marks that windows-1258 writes after the vowel.
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def write(
    path: Path, resource: DemoResource, titles: list[str], table: dict[str, list[Value]]
) -> None:
    """Write the table as the resource's layout says; lines end in CRLF as Excel's do."""
    layout = resource.layout
    encoding = "cp1258" if layout.encoding == "windows-1258" else layout.encoding
    with path.open("w", encoding=encoding, newline="") as lines:
        target = _Decomposing(lines.write) if encoding == "cp1258" else lines
        rows = csv.writer(target, delimiter=layout.delimiter)
        if layout.titled:
            rows.writerows([title] for title in titles)
        rows.writerow(column.label_vi for column in resource.columns)
        printed = [texts(column, table[column.name], layout.decimal) for column in resource.columns]
        rows.writerows(zip(*printed, strict=True))
        if layout.totalled:
            rows.writerow(_as_text(value, layout.decimal) for value in totals(resource, table))


def texts(column: DemoColumn, values: list[Value], decimal: str) -> list[Value]:
    """The values of one column as the file prints them."""
    if column.type in ("text", "integer"):
        return values
    return [_as_text(value, decimal) for value in values]


def totals(resource: DemoResource, table: dict[str, list[Value]]) -> list[Value]:
    """The totals row: sums of the columns of whole numbers, nothing below the others."""
    row: list[Value] = [TOTAL]
    for column in resource.columns[1:]:
        addable = column.type == "integer"
        row.append(sum(v for v in table[column.name] if isinstance(v, int)) if addable else None)
    return row


def _as_text(value: Value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return _day(value)
    return str(value).replace(".", decimal) if isinstance(value, float) else str(value)


@cache
def _day(value: date) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


class _Decomposing:
    """A file for csv.writer whose text windows-1258 can hold: vowels, then tone marks."""

    def __init__(self, write: Callable[[str], int]) -> None:
        self._write = write

    def write(self, text: str) -> int:
        return self._write("".join(_toned(letter) for letter in text))


@cache
def _toned(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts if mark in TONES)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    return bare + tone
