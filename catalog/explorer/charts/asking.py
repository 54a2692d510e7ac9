"""The questions of a chart to the table engine: the rows the page is about, and nothing else of it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import fsum, isfinite
from typing import Any

from catalog.explorer.asked_tables import asked_tables
from catalog.explorer.look import Look
from catalog.tablepool import pool
from tables import Aggregate, Condition, Group, Page, rows

Number = int | float
DEADLINE = 3.0  # seconds of one question; a chart asks up to four
SIGNIFICANT_DIGITS = 12  # of a difference of fractions


class Undrawable(Exception):
    """The numbers make no picture; the message says what would."""


class Asking:
    """Questions about the rows that the look's words and conditions leave."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._tables = asked_tables(look)

    def groups(
        self,
        by: Sequence[Group],
        what: Sequence[Aggregate],
        *,
        sort: Sequence[tuple[str, bool]] = (),
        limit: int = 1,
    ) -> Page:
        """One row for each group: its keys, then what is calculated of it."""
        return self._page(group_by=by, aggregates=what, sort=sort, limit=limit)

    def rows(
        self, columns: Sequence[str], *, filled: Sequence[Condition], limit: int, offset: int = 0
    ) -> Page:
        """Rows as they stand, those that hold `filled`."""
        filters = [*self._look.query.conditions, *filled]
        return self._page(columns=columns, filters=filters, limit=limit, offset=offset)

    def _page(self, **question: Any) -> Page:
        asked = replace(self._look.query.for_engine, **{"sort": (), "offset": 0, **question})
        return rows(pool(), self._tables, asked, deadline=DEADLINE)


def number(value: Any) -> Number | None:
    """A figure of the engine as a plain number; None where there is none."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    return int(value)


def difference(whole: Number | None, parts: Sequence[Number | None]) -> Number | None:
    """What is left of the whole; exact for whole numbers, without the dust of fractions."""
    filled = [part for part in parts if part is not None]
    if whole is None:
        return None
    if isinstance(whole, int) and all(isinstance(part, int) for part in filled):
        return whole - sum(filled)
    return float(f"{fsum([whole, *(-part for part in filled)]):.{SIGNIFICANT_DIGITS}g}")
