"""What each column holds: nulls, distinct values, least, greatest, most frequent, longest."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from tables.patterns import quoted
from tables.querying.pool import TablePool
from tables.querying.statement import compile_query
from tables.question import ColumnLike, Query, Table
from tables.reading.deciding import Column

_TOP = 10
_SHOWN = 200  # characters of a value in a profile
_MOST_FREQUENT = (
    "SELECT list({'value': value, 'n': n} ORDER BY n DESC, value) FROM"
    f" (FROM seen WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT {_TOP})"
)


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
    return [_profile(con, column, column.label) for column in columns]


def profile_of(
    pool: TablePool, table: Table, *, deadline: float = 30.0
) -> tuple[int, list[ColumnProfile]]:
    """How many rows of the table may be seen, and its columns over these; names stand for labels.

    Raises TooSlow, TableUnavailable.
    """
    statement = compile_query(table, Query())
    with pool.table(table.path, deadline=deadline) as lease:
        rows, params = statement.selection(lease), statement.params
        (count,) = lease.cursor.execute(f"SELECT count(*) FROM {rows}", params).fetchone() or (0,)
        columns = statement.columns
        return count, [_profile(lease.cursor, one, one.name, rows, params) for one in columns]


def _profile(
    con: duckdb.DuckDBPyConnection,
    column: ColumnLike,
    label: str,
    rows: str = "made.data",
    params: Sequence[object] = (),
) -> ColumnProfile:
    longest = "max(length(value))" if column.type in ("text", "geometry") else "0"
    ends = "NULL, NULL" if column.type == "geometry" else "min(value), max(value)"
    top = "NULL" if column.type == "geometry" else f"({_MOST_FREQUENT})"
    nulls, distinct, least, most, length, frequent = con.execute(
        f"WITH seen AS MATERIALIZED ({_seen(column, rows)})"
        f" SELECT sum(n) FILTER (value IS NULL), count(value), {ends}, {longest}, {top} FROM seen",
        list(params),
    ).fetchone() or (0, 0, None, None, 0, [])
    return ColumnProfile(
        name=column.name,
        label=label,
        type=column.type,
        nulls=int(nulls or 0),
        distinct=distinct,
        min=json_value(least),
        max=json_value(most),
        top=[(json_value(one["value"]), one["n"]) for one in frequent or []],
        longest=length or 0,
    )


def _seen(column: ColumnLike, rows: str) -> str:
    """SQL: each value of the column and how often it stands there."""
    return f"SELECT {quoted(column.name)} AS value, count(*) AS n FROM {rows} GROUP BY 1"


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
