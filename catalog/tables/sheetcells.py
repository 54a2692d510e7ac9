"""Cells of a spreadsheet as text, and merged cells."""

import datetime as dt
import unicodedata

Merged = tuple[tuple[int, int], tuple[int, int]]
_INVISIBLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x200B, 0xFEFF])


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
    return str(cell)


def _number_text(number: float) -> str:
    """Excel keeps 15 digits: 0.1 + 0.2 is shown, and meant, as 0.3."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(float(f"{number:.15g}"))


def spread_merged(
    data: list[list[object]], merged: list[Merged], above: int, width: int
) -> set[int]:
    """Repeat the value of a cell merged over several rows; returns the columns concerned.

    `merged` are ranges ((row, column), (row, column)), both inclusive, counted from 0 in the
    sheet; `above` rows of the sheet come before `data`.
    """
    touched: set[int] = set()
    for (top, left), (bottom, right) in merged:
        first, last = top - above, min(bottom - above, len(data) - 1)
        if first < 0 or last <= first or left >= width or right != left:
            continue
        for row in data[first + 1 : last + 1]:
            row[left] = data[first][left]
        touched.add(left)
    return touched
