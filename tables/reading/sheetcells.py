"""Cells of a spreadsheet as text, and merged cells."""

import datetime as dt
import unicodedata
from dataclasses import dataclass

Merged = tuple[tuple[int, int], tuple[int, int]]
_INVISIBLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x200B, 0xFEFF])
FIGURES = 15  # that Excel keeps of a number


def cell_text(cell: object) -> str:
    """The text of a cell: ISO dates, true/false, numbers with a point and no lost digit."""
    if isinstance(cell, str):
        if cell.isascii():
            return cell.translate(_INVISIBLE)
        return unicodedata.normalize("NFC", cell.translate(_INVISIBLE)).replace("\u00a0", " ")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    if isinstance(cell, dt.timedelta):
        return _hours(cell)
    return str(cell)


def _hours(span: dt.timedelta) -> str:
    """36:00, as the cell shows it."""
    seconds = round(abs(span).total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    sign = "-" if span < dt.timedelta() else ""
    return f"{sign}{hours}:{minutes:02}" + (f":{second:02}" if second else "")


def _number_text(number: float) -> str:
    """Excel keeps 15 digits: 0.1 + 0.2 is shown, and meant, as 0.3."""
    if number.is_integer() and abs(number) < 2**63:
        return str(int(number))
    return repr(float(f"{number:.{FIGURES}g}"))


@dataclass(frozen=True)
class Spread:
    """A value that a merged cell repeats: `row` (from 0 in the data), column, rows it covers."""

    row: int
    column: int
    count: int
    value: object


def spread_merged(
    data: list[list[object]], merged: list[Merged], above: int, width: int
) -> list[Spread]:
    """Repeat the value of a cell merged over several rows.

    `merged` are ranges ((row, column), (row, column)), both inclusive, counted from 0 in the
    sheet; `above` rows of the sheet come before `data`.
    """
    spread = []
    for (top, left), (bottom, right) in merged:
        first, last = top - above, min(bottom - above, len(data) - 1)
        if first < 0 or last <= first or left >= width or right != left:
            continue
        value = data[first][left]
        for row in data[first + 1 : last + 1]:
            row[left] = value
        if value != "":
            spread.append(Spread(first, left, last - first + 1, value))
    return spread
