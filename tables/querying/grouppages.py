"""One page of groups. All groups are formed for each page, so that a mark is a plain number."""

from tables.querying.cursors import cursor, made_for, read_cursor
from tables.querying.pool import Lease
from tables.querying.statement import Statement
from tables.question import Page, Query


def group_page(lease: Lease, statement: Statement, query: Query) -> Page:
    """The page of groups; its total counts groups."""
    owner = made_for(statement.source.tables, query)
    offset = read_cursor(query.after, owner) if query.after else query.offset
    sql = f"{statement.sql(lease)} LIMIT {query.limit + 1:d} OFFSET {offset:d}"
    found = lease.cursor.execute(sql, statement.params).fetchall()
    is_last = len(found) <= query.limit
    kept = found[: query.limit]
    total: int | None = offset + len(kept)
    if not is_last or (offset and not kept):
        total = _count(lease, statement) if query.count else None
    return Page(
        rows=kept,
        total=total,
        offset=query.offset,
        limit=query.limit,
        columns=statement.columns,
        next_cursor="" if is_last else cursor(owner, offset + query.limit),
    )


def _count(lease: Lease, statement: Statement) -> int:
    sql = f"SELECT count(*) FROM {statement.selection(lease)}"
    (found,) = lease.cursor.execute(sql, statement.params).fetchone() or (0,)
    return int(found)
