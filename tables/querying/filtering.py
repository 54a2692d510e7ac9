"""Conditions joined by "and" and "or", as SQL with parameters."""

from collections.abc import Mapping, Sequence

from tables.querying.conditions import BadQuery, SqlCondition, condition
from tables.question import AllOf, ColumnLike, Condition, Filter

MAX_FILTERS = 50
MAX_DEPTH = 5

Columns = Mapping[str, ColumnLike]


def filtering(columns: Columns, filters: Sequence[Condition]) -> SqlCondition:
    """SQL that all `filters` hold; empty when there are none.

    Raises BadQuery: more than 50 conditions, groups nested deeper than 5, what does not fit.
    """
    if sum(_size(part, 1) for part in filters) > MAX_FILTERS:
        raise BadQuery("too_many_filters", limit=MAX_FILTERS)
    if not filters:
        return "", []
    return _joined(columns, filters, " AND ")


def known(columns: Columns, name: str) -> ColumnLike:
    """The column of that name. Raises BadQuery."""
    if not isinstance(name, str) or name not in columns:
        raise BadQuery("unknown_column", column=str(name)[:100])
    return columns[name]


def _size(part: Condition, depth: int) -> int:
    """How many conditions and groups there are; groups count, for they may be empty."""
    if isinstance(part, Filter):
        return 1
    if depth > MAX_DEPTH:
        raise BadQuery("too_deep", limit=MAX_DEPTH)
    return 1 + sum(_size(inner, depth + 1) for inner in part.parts)


def _sql(columns: Columns, part: Condition) -> SqlCondition:
    if isinstance(part, Filter):
        return condition(known(columns, part.column), part.op, part.value)
    if not part.parts:
        return ("true" if isinstance(part, AllOf) else "false"), []
    sql, params = _joined(columns, part.parts, " AND " if isinstance(part, AllOf) else " OR ")
    return f"({sql})", params


def _joined(columns: Columns, parts: Sequence[Condition], word: str) -> SqlCondition:
    pieces = [_sql(columns, part) for part in parts]
    return word.join(sql for sql, _params in pieces), [p for _sql, params in pieces for p in params]
