"""One page of rows: in the order of the file or sorted, by number or behind a mark."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import duckdb

from tables.limits import ROW_ID
from tables.patterns import quoted
from tables.querying.conditions import BadQuery, SqlCondition
from tables.querying.counts import Counts
from tables.querying.cursors import cursor, made_for, read_cursor
from tables.querying.ordering import behind
from tables.querying.pool import Lease
from tables.querying.statement import Statement
from tables.question import Page, Query

MOST_BY_INDEX = 500  # more rows at once are found sooner by reading the blocks they stand in
NEAR = 8192  # rows of a file: looking through so many costs less than a hundred look-ups
_counts = Counts()
Rows = list[tuple[Any, ...]]


def row_page(lease: Lease, statement: Statement, query: Query) -> Page:
    """The page of matching rows. Raises BadQuery for a mark of another query."""
    owner = made_for(statement.source.tables, query)
    mark = read_cursor(query.after, owner) if query.after else None
    if not statement.where and not statement.keys:
        return _in_file_order(lease, statement, query, owner, mark)
    keys = lease, statement
    if len(lease.sources) > len(statement.source.tables):  # the sort index was lent, too
        keys = _by_numbers(lease, statement)
        lease = lease.some(slice(1))
    # One more than asked for: is there a page behind this one?
    chosen, total = _chosen(*keys, query, mark)
    kept, is_last = chosen[: query.limit], len(chosen) <= query.limit
    return Page(
        rows=_cells(lease, statement, kept),
        total=_total(lease, statement, query, len(kept), is_last) if total is None else total,
        offset=query.offset,
        limit=query.limit,
        columns=statement.columns,
        next_cursor="" if is_last else cursor(owner, kept[-1]),
    )


def _in_file_order(
    lease: Lease, statement: Statement, query: Query, owner: str, mark: int | None
) -> Page:
    """A row's place is its rowid: no need to skip over any."""
    source = statement.source
    counts = _row_counts(lease, statement)
    starts = [0, *accumulate(counts)]
    total = starts[-1]
    start = query.offset
    if mark is not None:
        at, rowid = source.at_place(mark)
        start = starts[min(at, len(counts))] + rowid + 1
    stop = min(start + query.limit, total)
    found: Rows = []
    last = 0
    spans: dict[int, str] = {}
    for at, count in enumerate(counts):
        first, end = max(start - starts[at], 0), min(stop - starts[at], count)
        if first < end:
            spans[at] = f"rowid BETWEEN {first:d} AND {end - 1:d}"
            last = source.place_of(at, end - 1)
    if spans:
        names = ", ".join(quoted(column.name) for column in statement.columns)
        found = lease.cursor.execute(f"SELECT {names} FROM {source.some(lease, spans)}").fetchall()
    mark_behind = cursor(owner, last) if found and stop < total else ""
    return Page(found, total, query.offset, query.limit, statement.columns, mark_behind)


def _row_counts(lease: Lease, statement: Statement) -> list[int]:
    return [
        _count(lease, name) if table.row_count is None else table.row_count
        for table, name in zip(statement.source.tables, lease.sources, strict=True)
    ]


def _by_numbers(lease: Lease, statement: Statement) -> tuple[Lease, Statement]:
    """The same question to the sort index, which stands second: its cells are numbers."""
    keys = [replace(key, type="integer") for key in statement.keys]
    return lease.some(slice(1, None)), replace(statement, keys=keys)


def _chosen(
    lease: Lease, statement: Statement, query: Query, mark: int | None
) -> tuple[list[int], int | None]:
    """The places of the page and of one row more, sorted by their keys alone; the total with them.

    A search costs more than numbering what it finds: all of that is counted in the same run.
    """
    if statement.hits is not None and not statement.keys:
        # What a search found in one table stands in the order of the file already.
        if mark is None:
            return statement.hits.page(query.offset, query.limit + 1), None
        return statement.hits.behind(mark, query.limit + 1), None
    conditions: list[SqlCondition] = [statement.filters, statement.search]
    if mark is not None:
        conditions.append(_behind(lease, statement, mark))
    where = " AND ".join(sql for sql, _params in conditions if sql)
    params = [value for _sql, values in conditions for value in values]
    counted = bool(statement.words) and statement.hits is None and query.count and mark is None
    sql = (
        f"SELECT {statement.source.place}{', count(*) OVER ()' if counted else ''}"
        f" FROM {statement.source.sql(lease)}{f' WHERE {where}' if where else ''}"
        f"{'' if statement.comes_in_order else f' ORDER BY {statement.order}'}"
        f" LIMIT {query.limit + 1:d}"
        f" OFFSET {0 if mark is not None else query.offset:d}"
    )
    found = lease.cursor.execute(sql, params).fetchall()
    return [row[0] for row in found], found[0][1] if counted and found else None


def _behind(lease: Lease, statement: Statement, mark: int) -> SqlCondition:
    values: tuple[Any, ...] = ()
    if statement.keys:
        at, rowid = statement.source.at_place(mark)
        if at >= len(statement.source.tables):
            raise BadQuery("bad_cursor")
        cells = ", ".join(key.value for key in statement.keys)
        row = statement.source.some(lease, {at: f"rowid = {rowid:d}"})
        # Anybody can write a mark: of a row that may not be seen it would tell what it is sorted by.
        only, params = statement.source.only
        if only:
            row += f" {'WHERE' if statement.source.together else 'AND'} {only}"
        found = lease.cursor.execute(f"SELECT {cells} FROM {row}", params).fetchone()
        if found is None:
            raise BadQuery("bad_cursor")
        values = found
    return behind(statement.keys, values, statement.source.place, mark)


def _cells(lease: Lease, statement: Statement, places: Sequence[int]) -> Rows:
    """The rows at those places, in that order."""
    if not places:
        return []
    if statement.comes_in_order and places[-1] - places[0] < NEAR:
        return _between(lease, statement, places[0], places[-1])
    rowids: dict[int, list[int]] = defaultdict(list)
    for place in places:
        at, rowid = statement.source.at_place(place)
        rowids[at].append(rowid)
    try:
        way = _by_index if len(places) <= MOST_BY_INDEX else _by_scan
        found = _fetched(lease, statement, {at: way(ids) for at, ids in rowids.items()})
    except duckdb.BinderException:  # a table made before rows had an index
        found = _fetched(lease, statement, {at: _by_scan(ids) for at, ids in rowids.items()})
    return [found[place] for place in places]


def _between(lease: Lease, statement: Statement, first: int, last: int) -> Rows:
    """All matching rows from one rowid to another, in the order of the file."""
    names = ", ".join(quoted(column.name) for column in statement.columns)
    span = f"rowid BETWEEN {first:d} AND {last:d}"
    sql = f"SELECT {names} FROM {lease.source} WHERE {span} AND ({statement.where})"
    return lease.cursor.execute(sql, list(statement.params)).fetchall()


def _fetched(
    lease: Lease, statement: Statement, conditions: Mapping[int, str]
) -> dict[int, tuple[Any, ...]]:
    """Place → cells of the rows that meet the condition of their table's number."""
    source = statement.source
    names = ", ".join([source.place, *(quoted(column.name) for column in statement.columns)])
    sql = f"SELECT {names} FROM {source.some(lease, conditions)}"
    return {row[0]: row[1:] for row in lease.cursor.execute(sql).fetchall()}


def _by_index(rowids: Sequence[int]) -> str:
    return f"{quoted(ROW_ID)} IN ({', '.join(f'{rowid:d}' for rowid in rowids)})"


def _by_scan(rowids: Sequence[int]) -> str:
    # As a table: from a plain list DuckDB does not learn which blocks it need not read.
    asked = ", ".join(f"({rowid:d})" for rowid in rowids)
    return f"rowid IN (SELECT id FROM (VALUES {asked}) AS asked(id))"


def _total(
    lease: Lease, statement: Statement, query: Query, found: int, is_last: bool
) -> int | None:
    """How many rows match; a page that is not full says it by itself."""
    if not statement.where:
        return sum(_row_counts(lease, statement))
    if is_last and not query.after and (found or not query.offset):
        return query.offset + found
    if statement.hits is not None:
        return statement.hits.count
    if not query.count:
        return None
    selection = f"{statement.source.sql(lease)} WHERE {statement.where}"
    return _counts.get(
        [table.path for table in statement.source.tables],
        # What a search looks through depends on the columns there are for whoever asks.
        f"{statement.where} -- {[column.name for column in statement.source.columns]}",
        statement.params,
        lambda: _count(lease, selection, statement.params),
    )


def _count(lease: Lease, selection: str, params: Sequence[object] = ()) -> int:
    sql = f"SELECT count(*) FROM {selection}"
    (found,) = lease.cursor.execute(sql, list(params)).fetchone() or (0,)
    return int(found)
