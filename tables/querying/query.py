"""Answers to questions: one page of rows or groups."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tables.querying.conditions import BadQuery
from tables.querying.grouppages import group_page
from tables.querying.pool import TablePool, TableUnavailable
from tables.querying.rowpages import row_page
from tables.querying.searching import searched
from tables.querying.statement import Statement, compile_query
from tables.question import Column, ColumnLike, Filter, Page, Query, Table

__all__ = [
    "Column", "ColumnLike", "Filter", "Page", "Query", "Statement", "Table", "compile_query", "rows",
]  # fmt: skip

log = logging.getLogger(__name__)
MAX_LIMIT = 50_000
MAX_OFFSET = 2**62


def rows(
    pool: TablePool, given: Table | Sequence[Table], query: Query, *, deadline: float = 5.0
) -> Page:
    """One page of a table, or of the tables of several periods (the newest first) together.

    Several tables have a first text column "ky", the code of the row's period. Raises BadQuery,
    TooSlow, TableUnavailable.
    """
    check_page(query)
    statement = compile_query(given, query)
    paths = [table.path for table in statement.source.tables]
    if (sort_index := statement.sort_path) is not None:
        paths.append(sort_index)
    try:
        with pool.lend(paths, deadline=deadline) as lease:
            statement = searched(statement, lease.due)
            if statement.groups is not None:
                return group_page(lease, statement, query)
            return row_page(lease, statement, query)
    except TableUnavailable:
        if sort_index is None:
            raise
        log.warning("sort index not read, sorting the table: %s", sort_index)
        tables = [replace(table, sort_path=None) for table in statement.source.tables]
        return rows(
            pool, tables[0], query, deadline=deadline
        )  # of one table only there is an index


def check_page(query: Query) -> None:
    """Raise BadQuery for a page that cannot be."""
    if not 1 <= query.limit <= MAX_LIMIT:
        raise BadQuery("bad_limit", limit=MAX_LIMIT)
    if not 0 <= query.offset <= MAX_OFFSET:
        raise BadQuery("bad_offset")
