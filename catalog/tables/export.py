"""Any query as CSV, JSON or XLSX, in bounded memory.

DuckDB writes each row as one line of text and Python only joins lines: several times as fast
as a row writer. Rows come in blocks with their own deadline, so that a slow client holds
neither a transaction nor memory.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.tables.building import csv_cell, csv_header
from catalog.tables.patterns import literal, quoted
from catalog.tables.pool import Lease, TablePool
from catalog.tables.query import ColumnLike, Query, Statement, compile_query
from catalog.tables.workbook import TooManyRows, write_xlsx

__all__ = ["TooManyRows", "stream_csv", "stream_json", "write_xlsx"]

_BLOCK = 20_000  # rows: about 5 MB of text
_DEADLINE = 30.0  # seconds for the sorting, and for each block

_NEEDS_QUOTES = (",", '"', "\n", "\r")


def stream_csv(
    pool: TablePool,
    path: Path,
    columns: Sequence[ColumnLike],
    query: Query,
    *,
    labels: Sequence[str] | None = None,
) -> Iterator[bytes]:
    """UTF-8 CSV with a byte order mark; the header has `labels`, or the technical names.

    Limit and offset of the query are left aside: all matching rows are sent. Formula-like
    texts get an apostrophe, as in data.csv. Raises BadQuery before the first block, TooSlow,
    TableUnavailable.
    """
    statement = compile_query(columns, query)
    line = _csv_line(statement.columns)
    heads = labels or [column.name for column in statement.columns]
    yield csv_header(heads).encode()
    for lines in blocks(pool, path, statement, line):
        yield ("\n".join(lines) + "\n").encode()


def stream_json(
    pool: TablePool, path: Path, columns: Sequence[ColumnLike], query: Query
) -> Iterator[bytes]:
    """A JSON array of objects: numbers are numbers, dates ISO texts, geometries objects."""
    statement = compile_query(columns, query)
    before = b"[\n"
    for lines in blocks(pool, path, statement, _json_line(statement.columns)):
        yield before + ",\n".join(lines).encode()
        before = b",\n"
    yield b"\n]\n" if before != b"[\n" else b"[]\n"


def blocks(pool: TablePool, path: Path, statement: Statement, cells: str) -> Iterator[list[str]]:
    """Blocks of one text per matching row, in the order of the query."""
    if statement.order == "rowid":
        return _in_file_order(pool, path, statement, cells)
    return _sorted(pool, path, statement, cells)


def _in_file_order(
    pool: TablePool, path: Path, statement: Statement, cells: str
) -> Iterator[list[str]]:
    where = f" AND {statement.where}" if statement.where else ""
    with pool.table(path, deadline=_DEADLINE) as lease:
        last = _scalar(lease, f"SELECT coalesce(max(rowid), -1) FROM {lease.source}")
    for start in range(0, last + 1, _BLOCK):
        with pool.table(path, deadline=_DEADLINE) as lease:
            span = f"rowid BETWEEN {start} AND {start + _BLOCK - 1}"
            sql = f"SELECT {cells} FROM {lease.source} WHERE {span}{where} ORDER BY rowid"
            found = lease.cursor.execute(sql, statement.params).fetchall()
        if found:
            yield [row[0] for row in found]


def _sorted(pool: TablePool, path: Path, statement: Statement, cells: str) -> Iterator[list[str]]:
    """Sorted row numbers first (8 bytes a row), then the rows block by block."""
    where = f" WHERE {statement.where}" if statement.where else ""
    with pool.table(path, deadline=_DEADLINE) as lease:
        sql = f"SELECT rowid FROM {lease.source}{where} ORDER BY {statement.order}"
        ids = [row[0] for row in lease.cursor.execute(sql, statement.params).fetchall()]
    for start in range(0, len(ids), _BLOCK):
        part = ids[start : start + _BLOCK]
        with pool.table(path, deadline=_DEADLINE) as lease:
            sql = f"SELECT rowid, {cells} FROM {lease.source} WHERE rowid IN (SELECT unnest(?))"
            found = dict(lease.cursor.execute(sql, [part]).fetchall())
        yield [found[number] for number in part]


def _scalar(lease: Lease, sql: str) -> int:
    (found,) = lease.cursor.execute(sql).fetchone() or (0,)
    return int(found)


def _csv_line(columns: Sequence[ColumnLike]) -> str:
    return f"concat_ws(',', {', '.join(_csv_text(column) for column in columns)})"


def _csv_text(column: ColumnLike) -> str:
    if column.type not in ("text", "geometry"):
        return f"coalesce({quoted(column.name)}::VARCHAR, '')"
    cell = csv_cell(column.name, column.type)
    inner = f"replace({cell}, '\"', '\"\"')"
    name = quoted(column.name)
    special = " OR ".join(f"contains({name}, {literal(sign)})" for sign in _NEEDS_QUOTES)
    quoted_cell = f"'\"' || {inner} || '\"'"
    return f"CASE WHEN {name} IS NULL THEN '' WHEN {special} THEN {quoted_cell} ELSE {cell} END"


def _json_line(columns: Sequence[ColumnLike]) -> str:
    pairs = ", ".join(f"{quoted(column.name)} := {_json_value(column)}" for column in columns)
    return f"to_json(struct_pack({pairs}))::VARCHAR"


def _json_value(column: ColumnLike) -> str:
    name = quoted(column.name)
    if column.type == "geometry":
        return f"{name}::JSON"
    if column.type == "datetime":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
    if column.type == "number":
        # JSON has no word for infinity.
        return f"CASE WHEN isfinite({name}) THEN {name} END"
    return name
