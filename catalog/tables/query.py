"""Questions to a table: validated, turned into SQL with parameters, never user text in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from catalog.tables.conditions import BadQuery, condition
from catalog.tables.patterns import quoted
from catalog.tables.pool import Lease, TablePool

MAX_LIMIT = 50_000
MAX_FILTERS = 50


class ColumnLike(Protocol):
    """A column of the table: anything with its technical `name` and its `type`."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...


@dataclass(frozen=True)
class Filter:
    """`column` `op` `value`; `between` takes two values, `in` a list, `empty` none.

    Ops: eq, ne, contains, starts, lt, le, gt, ge, between, in, empty, not_empty. `contains`
    and `starts` look past accents and case. `ne` keeps empty cells. Values may be text as a
    person writes it (1.234,5; 05/03/2024; có) or Python values.
    """

    column: str
    op: str
    value: object = None


@dataclass(frozen=True)
class Query:
    """All filters must hold. `sort` is (column, descending?); `columns` None means all."""

    filters: Sequence[Filter] = ()
    sort: Sequence[tuple[str, bool]] = ()
    columns: Sequence[str] | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True)
class Page:
    """`rows` are tuples in the order of the asked columns; `total` counts all that match."""

    rows: list[tuple[Any, ...]]
    total: int
    offset: int
    limit: int
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Statement:
    """A validated query: SQL parts and the parameters of `where`."""

    columns: list[ColumnLike]
    where: str
    params: list[object]
    order: str


def rows(
    pool: TablePool,
    path: Path,
    columns: Sequence[ColumnLike],
    query: Query,
    *,
    row_count: int | None = None,
    deadline: float = 5.0,
) -> Page:
    """One page of the table at `path`, whose columns are `columns`.

    `row_count` is the stored count of the whole table: with it an unfiltered total is never
    counted. Raises BadQuery, TooSlow, TableUnavailable.
    """
    check_page(query)
    statement = compile_query(columns, query)
    with pool.table(path, deadline=deadline) as lease:
        total = row_count if row_count is not None and not statement.where else None
        if total is None:
            total = count(lease, statement)
        found = _page(lease, statement, query) if query.offset < total else []
    names = [column.name for column in statement.columns]
    return Page(found, total, query.offset, query.limit, names)


def check_page(query: Query) -> None:
    """Raise BadQuery for a page that cannot be."""
    if not 1 <= query.limit <= MAX_LIMIT:
        raise BadQuery("bad_limit", limit=MAX_LIMIT)
    if query.offset < 0:
        raise BadQuery("bad_offset")


def compile_query(columns: Sequence[ColumnLike], query: Query) -> Statement:
    """Check a query against the table's columns and build its SQL. Raises BadQuery."""
    known = {column.name: column for column in columns}
    if len(query.filters) > MAX_FILTERS:
        raise BadQuery("too_many_filters", limit=MAX_FILTERS)
    asked = [_known(known, name) for name in query.columns] if query.columns else list(columns)
    _refuse_repeats([column.name for column in asked])
    parts, params = [], []
    for wanted in query.filters:
        sql, values = condition(_known(known, wanted.column), wanted.op, wanted.value)
        parts.append(sql)
        params += values
    order = [_order(_known(known, name), descending) for name, descending in query.sort]
    return Statement(asked, " AND ".join(parts), params, ", ".join([*order, "rowid"]))


def count(lease: Lease, statement: Statement) -> int:
    """How many rows match."""
    where = f" WHERE {statement.where}" if statement.where else ""
    sql = f"SELECT count(*) FROM {lease.source}{where}"
    (found,) = lease.cursor.execute(sql, statement.params).fetchone() or (0,)
    return int(found)


def _page(lease: Lease, statement: Statement, query: Query) -> list[tuple[Any, ...]]:
    """A page of rows. In file order a row's place is its rowid: no need to skip over any.

    A scan keeps that order by itself (preserve_insertion_order); saying so would cost a sort's plan.
    """
    names = ", ".join(quoted(column.name) for column in statement.columns)
    select = f"SELECT {names} FROM {lease.source}"
    if not statement.where and not query.sort:
        last = query.offset + query.limit - 1
        sql = f"{select} WHERE rowid BETWEEN {query.offset:d} AND {last:d}"
        return lease.cursor.execute(sql).fetchall()
    where = f" WHERE {statement.where}" if statement.where else ""
    # Rows are sorted by their keys alone; the other cells are fetched for the page only.
    chosen = (
        f"SELECT rowid FROM {lease.source}{where} ORDER BY {statement.order}"
        f" LIMIT {query.limit:d} OFFSET {query.offset:d}"
    )
    ids = [row[0] for row in lease.cursor.execute(chosen, statement.params).fetchall()]
    return _by_rowid(lease, select, ids)


def _by_rowid(lease: Lease, select: str, ids: list[int]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    # As a table: from a plain list DuckDB does not learn which blocks it need not read.
    asked = f"(SELECT id FROM (VALUES {', '.join(f'({number:d})' for number in ids)}) AS asked(id))"
    fetch = select.replace("SELECT ", "SELECT rowid, ", 1)
    found = lease.cursor.execute(f"{fetch} WHERE rowid IN {asked}").fetchall()
    by_id = {row[0]: row[1:] for row in found}
    return [by_id[number] for number in ids]


def _known(known: dict[str, ColumnLike], name: str) -> ColumnLike:
    if name not in known:
        raise BadQuery("unknown_column", column=name)
    return known[name]


def _refuse_repeats(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadQuery("repeated_column", column=name)


def _order(column: ColumnLike, descending: bool) -> str:
    """Empty cells last either way; text in the order of a Vietnamese dictionary."""
    collate = " COLLATE vi" if column.type == "text" else ""
    return f"{quoted(column.name)}{collate} {'DESC' if descending else 'ASC'} NULLS LAST"
