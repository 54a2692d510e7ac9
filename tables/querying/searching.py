"""Searching through the indexes of the tables that have one."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tables.querying.conditions import SqlCondition
from tables.querying.search_index import Hits, NoIndex, find
from tables.querying.statement import Statement
from tables.querying.texts import found_in, words
from tables.question import Table

log = logging.getLogger(__name__)


def searched(statement: Statement, due: float) -> Statement:
    """The statement with its search done, as far as there are indexes; else as it was.

    Raises TooSlow at `due` (time.monotonic).
    """
    if not statement.words or not any(table.search_path for table in statement.source.tables):
        return statement
    if statement.source.together:
        return replace(statement, search=_in_several(statement, due))
    found = _hits(statement.source.tables[0], statement.words, due)
    if found is None:
        return statement
    alone = found if not statement.filters[0] and statement.groups is None else None
    return replace(statement, search=_among(found, statement.source.place), hits=alone)


def _hits(table: Table, wanted: Sequence[str], due: float, *, begun: bool = True) -> Hits | None:
    if table.search_path is None:
        return None
    try:
        return find(table.search_path, wanted, due, begun=begun)
    except NoIndex as error:
        log.warning("search index not read, looking through the table: %s", error)
        return None


def _among(found: Hits, place: str) -> SqlCondition:
    # As one text: hundreds of thousands of parameters would cost more than the query.
    return f"{place} IN (SELECT unnest(?::BIGINT[]))", [f"[{found.rowids}]"]


def _in_several(statement: Statement, due: float) -> SqlCondition:
    """One condition for each table."""
    source = statement.source
    tests: list[str] = []
    params: list[object] = []
    for at, table in enumerate(source.tables):
        first, last = source.place_of(at, 0), source.place_of(at + 1, -1)
        sql, values = _in_one(table, statement.words, due, f"({source.place} - {first:d})")
        if not sql:
            sql, values = found_in(source.text, statement.words)
        tests.append(f"({source.place} BETWEEN {first:d} AND {last:d} AND {sql})")
        params += values
    return f"({' OR '.join(tests)})", params


def _in_one(table: Table, wanted: list[str], due: float, rowid: str) -> SqlCondition:
    """Nothing when there is no index. A word of the table's period is found in all of its rows."""
    of_period = words(table.period)
    left = [word for word in wanted[:-1] if word not in of_period]
    begun = not any(word.startswith(wanted[-1]) for word in of_period)
    if begun:
        left.append(wanted[-1])
    if not left:
        return "true", []
    found = _hits(table, left, due, begun=begun)
    return ("", []) if found is None else _among(found, rowid)
