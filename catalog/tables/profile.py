"""What each column holds: nulls, distinct values, least, greatest, most frequent, longest."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from catalog.tables.deciding import Column
from catalog.tables.patterns import quoted

_TOP = 10
_SHOWN = 200  # characters of a value in a profile


@dataclass(frozen=True)
class ColumnProfile:
    """`min`, `max` and the values of `top` are JSON values; dates are ISO texts.

    `top` lists (value, count), most frequent first; `longest` counts characters.
    """

    name: str
    label: str
    type: str
    nulls: int = 0
    distinct: int = 0
    min: object = None
    max: object = None
    top: list[tuple[object, int]] = field(default_factory=list)
    longest: int = 0


def profile(con: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> list[ColumnProfile]:
    """Profile the table `made.data`."""
    return [_profile(con, column) for column in columns]


def _profile(con: duckdb.DuckDBPyConnection, column: Column) -> ColumnProfile:
    name = quoted(column.name)
    longest = f"max(length({name}))" if column.type in ("text", "geometry") else "0"
    ends = "NULL, NULL" if column.type == "geometry" else f"min({name}), max({name})"
    nulls, distinct, least, most, length = con.execute(
        f"SELECT count(*) - count({name}), count(DISTINCT {name}), {ends}, {longest} FROM made.data"
    ).fetchone() or (0, 0, None, None, 0)
    return ColumnProfile(
        name=column.name,
        label=column.label,
        type=column.type,
        nulls=nulls,
        distinct=distinct,
        min=json_value(least),
        max=json_value(most),
        top=_top(con, column, name, distinct),
        longest=length or 0,
    )


def _top(
    con: duckdb.DuckDBPyConnection, column: Column, name: str, distinct: int
) -> list[tuple[object, int]]:
    if column.type == "geometry" or not distinct:
        return []
    # Of a column where every value differs the first ones say as much, and cost nothing.
    rows = con.execute(
        f"SELECT {name}, count(*) FROM made.data WHERE {name} IS NOT NULL"
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_TOP}"
    ).fetchall()
    return [(json_value(value), count) for value, count in rows]


def json_value(value: object) -> object:
    """A cell as JSON: dates are ISO texts, a number JSON has no word for is null."""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="microseconds" if value.microsecond else "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str) and len(value) > _SHOWN:
        return value[: _SHOWN - 1] + "…"
    return value
