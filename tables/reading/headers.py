"""Finding the header among the first rows: titles above it, two-row headers, none at all."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tables.problems import ProblemLog

SAMPLE_ROWS = 200
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ T]\d.*)?")
_VALUE = re.compile(rf"[-+]?\d[\d.,  ]*%?|{_DAY.pattern}|true|false", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Z])\)?(?:\s*=.*)?")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Header:
    """`top` and `height` are in rows of the sample; `height` 0 means there is no header."""

    top: int
    height: int
    labels: list[str]
    data: int  # index of the first row of data; the labels may reach further than its names

    @property
    def row(self) -> int | None:
        """1-based row of the (first) header row in the file."""
        return self.top + 1 if self.height else None


def find_header(rows: Rows, log: ProblemLog, *, first: int = 1) -> Header:
    """Find the header in the first rows of a file; what was skipped goes to the log.

    `first` is the number that the first of these rows has in the file.
    """
    rows = [[cell.strip() for cell in row] for row in rows]
    width = table_width(rows)
    top = _header_row(rows, width)
    for at, row in enumerate(rows[:top], start=first):
        if any(row):
            log.add("title_rows", row=at, value=" | ".join(filter(None, row)))
    if _is_data(rows, top, width):
        log.add("no_header")
        return Header(top, 0, [f"Cột {n}" for n in range(1, width + 1)], top)
    height = 2 if _continues(rows, top, width) else 1
    if height == 2:
        log.add("header_rows", row=first + top, count=2)
    labels = _labels(rows[top : top + height], width)
    data = top + height
    if _numbers_columns(rows, data, width):
        log.add("column_numbers", row=first + data)
        data += 1
    return Header(top, height, _named(labels, log), data)


def table_width(rows: Rows) -> int:
    """Columns of the table: the most usual filled width, or more if the header has more."""
    filled = [(sum(map(bool, row)), _filled_width(row)) for row in rows if any(row)]
    if not filled:
        return 0
    # Long introductions of one cell a row stand above many tables.
    below = list(itertools.dropwhile(lambda row: row[0] < 2, filled))
    several = [row for row in below if row[0] > 1]
    widths = Counter(width for _, width in (several if len(several) * 2 > len(below) else filled))
    top = max(widths.values())
    usual = max(width for width, count in widths.items() if count > top * 0.5)
    header = _header_row(rows, usual)
    return max(usual, _filled_width(rows[header]))


def _filled_width(row: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell), default=0)


def _header_row(rows: Rows, width: int) -> int:
    """The header, which may name fewer columns than the rows below it have."""
    top = _first_full_row(rows, width)
    if not _is_data(rows, top, width):
        return top
    above = top
    while above and sum(map(bool, rows[above - 1])) > 1 and not _is_remark(rows[above - 1]):
        above -= 1
    return top if _is_data(rows, above, _filled_width(rows[above])) else above


def _is_remark(row: Sequence[str]) -> bool:
    """ "Đơn vị: | Sở Y tế": something said about the table above it."""
    cells = [cell for cell in row if cell]
    return len(cells) <= 2 and cells[0].endswith(":")


def _first_full_row(rows: Rows, width: int) -> int:
    """First row filled like a header; failing that, the first that begins a two-row one."""
    for at, row in enumerate(rows):
        if any(row) and _is_remark(row) and width > 1:
            continue
        filled = sum(map(bool, row))
        if filled >= max(1, width * 0.6) and (filled > 1 or width < 2):
            return at - 1 if at and _continues(rows, at - 1, width) else at
        if filled > 1 and _continues(rows, at, width):
            return at
    return next((at for at, row in enumerate(rows) if any(row)), 0)


def _continues(rows: Rows, top: int, width: int) -> bool:
    """Is the row below the second half of the header: it fills every gap and nothing else odd?"""
    if top + 2 > len(rows) or width < 2:
        return False
    upper, lower = _padded(rows[top], width), _padded(rows[top + 1], width)
    if sum(map(bool, upper)) < 2 or any(map(_VALUE.fullmatch, lower)):
        return False
    if any(_VALUE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in upper):
        return False
    gaps = [at for at in range(width) if not upper[at]]
    if not gaps or not all(lower[at] for at in gaps):
        return False
    return upper[0] != "" and any(not cell for cell in lower)


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _is_data(rows: Rows, top: int, width: int) -> bool:
    """No header: the first row holds a value (not a year) like those below it."""
    if top >= len(rows):
        return False
    first = _padded(rows[top], width)
    values = [
        at for at, cell in enumerate(first) if _VALUE.fullmatch(cell) and not _YEAR.fullmatch(cell)
    ]
    below = [_padded(row, width) for row in rows[top + 1 : top + 20] if any(row)]
    # Days over numbers are headings.
    alike = [
        at for at in values if sum(_same_kind(first[at], r[at]) for r in below) > len(below) * 0.8
    ]
    if len(values) == sum(map(bool, first)) and values:
        return bool(alike) or not all(map(_DAY.fullmatch, filter(None, first)))
    return bool(alike and below)


def _same_kind(one: str, other: str) -> bool:
    """Are both days, or both other values?"""
    if not _VALUE.fullmatch(other):
        return False
    return bool(_DAY.fullmatch(one)) is bool(_DAY.fullmatch(other))


def _labels(header: Rows, width: int) -> list[str]:
    upper = _padded(header[0], width)
    if len(header) == 1:
        return [" ".join(cell.split()) for cell in upper]
    labels, group = [], ""
    for above, below in zip(upper, _padded(header[1], width), strict=True):
        group = above or group
        parts = (group, below) if below else (above, "")
        labels.append(" – ".join(" ".join(part.split()) for part in parts if part))
    return labels


def _named(labels: list[str], log: ProblemLog) -> list[str]:
    """Empty labels get a name, repeated ones are reported."""
    seen: Counter[str] = Counter()
    named = []
    for position, label in enumerate(labels, start=1):
        if not label:
            label = f"Cột {position}"
            log.add("unnamed_column", column=label, position=position)
        seen[label] += 1
        if seen[label] > 1:
            log.add("repeated_header", column=label)
            label = f"{label} ({seen[label]})"
        named.append(label)
    return named


def _numbers_columns(rows: Rows, at: int, width: int) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" that statistical tables put below the header."""
    if at >= len(rows) or width < 3:
        return False
    cells = [cell for cell in _padded(rows[at], width) if cell]
    if len(cells) < 3 or not all(_COLUMN_NUMBER.fullmatch(cell) for cell in cells):
        return False
    bare = [cell.strip("()").split("=")[0].strip() for cell in cells]
    letters = [sign for sign in bare if sign.isalpha()]
    numbers = [int(sign) for sign in bare if sign.isdigit()]
    if letters != list("ABCDEFGHIJ"[: len(letters)]) or bare[: len(letters)] != letters:
        return False
    rising = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    in_brackets = all(cell.startswith("(") for cell in cells)
    if not rising or numbers[0] not in (0, 1):
        return False
    return in_brackets or (
        len(cells) > 4 and (bool(letters) or _stands_over_words(rows, at, width))
    )


def _stands_over_words(rows: Rows, at: int, width: int) -> bool:
    """A row 1 2 3 4 5 above nothing but numbers may be one of them."""
    below = [_padded(row, width) for row in rows[at + 1 : at + 20] if any(row)]
    return any(cell and not _VALUE.fullmatch(cell) for row in below for cell in row)
