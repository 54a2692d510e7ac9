"""Rows below the data: totals, sources, notes, signatures."""

import re
from collections.abc import Sequence

from core.vietnamese import fold
from tables.problems import ProblemLog

LOOKED_AT = 20
_TOTAL = re.compile(r"(?:tong|tong (?:cong|so|toan tinh)|cong|toan tinh|total|grand total)\s*:?")
_NOTE = re.compile(
    r"(?:nguon|ghi chu|chu thich|luu y|nguoi lap|thu truong|\(\*+\)|\*+ ?[^\d\W]|source|note)\b.*"
    r"|\(\*+\).*"
)


def count_footers(rows: Sequence[Sequence[str | None]], first_row: int, log: ProblemLog) -> int:
    """How many of the last `rows` are not data; `first_row` is the file row of the first.

    Blank rows between them are counted too. A row of data that says "Tổng cộng" in the
    middle of the table stays: only the end is looked at.
    """
    cut, findings = 0, []
    for back, row in enumerate(reversed(rows), start=1):
        rule = _rule(row)
        if rule is None:
            break
        cut = back
        if rule:
            findings.append((rule, first_row + len(rows) - back, _first(row)))
    for rule, number, value in reversed(findings):
        log.add(rule, row=number, value=value)
    return cut if findings else 0


def _rule(row: Sequence[str | None]) -> str | None:
    """ "" for a blank row, None for data."""
    cells = [cell for cell in row if cell]
    if not cells:
        return ""
    first = fold(cells[0])
    at = next(at for at, cell in enumerate(row) if cell)
    if _TOTAL.fullmatch(first) and at < 3 and (len(cells) > 1 or len(row) == 1):
        return "totals_row"
    if len(cells) <= 2 < len(row) and _NOTE.fullmatch(first):
        return "footnote"
    return None


def _first(row: Sequence[str | None]) -> str:
    return next(cell for cell in row if cell)
