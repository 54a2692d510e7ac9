"""How a question to a table is spelled in the addresses of the row API.

A condition is `column__op=value`; those that share `any.1.` in front are joined by "or", all others
by "and". `between` and `in` repeat the parameter, once for each value. `catalog.api.row_query` reads
this spelling back.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import product

from tables import AllOf, AnyOf, Condition, Filter, Query

SEARCH, SORT, FIELDS = "q", "sort", "fields"
GROUP_BY, AGGREGATES, PERIOD = "group_by", "agg", "period"
PAGE_SIZE, PAGE_NUMBER, PAGE_OFFSET, PAGE_AFTER = (
    "page[size]", "page[number]", "page[offset]", "page[after]",
)  # fmt: skip
SHAPE, COUNT, FORMAT, LANGUAGE = "shape", "count", "format", "lang"
PARAMETERS = (
    SEARCH, SORT, FIELDS, GROUP_BY, AGGREGATES, PERIOD,
    PAGE_SIZE, PAGE_NUMBER, PAGE_OFFSET, PAGE_AFTER,
    SHAPE, COUNT, FORMAT, LANGUAGE,
)  # fmt: skip
ALL_PERIODS = "all"
OP_MARK = "__"  # no technical name holds two underscores in a row
ANY_PREFIX = "any."
WITHOUT_VALUE = ("empty", "not_empty")
WITH_VALUES = ("between", "in")
USUAL_PAGE_SIZE = Query().limit
LARGEST_PAGE = 10_000  # rows
Pairs = list[tuple[str, str]]


def api_pairs(query: Query, *, period: str = "") -> Pairs:
    """The parameters that ask `query` of the row API, in a fixed order; `period` "" is the newest."""
    pairs = [*condition_pairs(query.filters), (SEARCH, query.search), *_result_pairs(query)]
    pairs += [(PERIOD, period), (PAGE_AFTER, query.after)]
    if query.limit != USUAL_PAGE_SIZE:
        pairs.append((PAGE_SIZE, str(query.limit)))
    if query.offset:
        pairs.append((PAGE_OFFSET, str(query.offset)))
    if not query.count:
        pairs.append((COUNT, "false"))
    return [(name, value) for name, value in pairs if value or OP_MARK in name]


def condition_pairs(conditions: Sequence[Condition]) -> Pairs:
    """The conditions as parameters; nested groups are written out as "and" of "or"s.

    Raises ValueError for a group that holds for no row: it has no spelling.
    """
    pairs: Pairs = []
    groups = 0
    alone: set[str] = (
        set()
    )  # lists that stand without a group: a second one would run into the first
    for clause in _spellable_clauses(AllOf(conditions)):
        name = _name(clause[0])
        if len(clause) == 1 and name not in alone:
            pairs += _filter_pairs(clause[0])
            alone |= {name} if clause[0].op in WITH_VALUES else set()
            continue
        groups += 1
        for part in clause:
            pairs += _filter_pairs(part, f"{ANY_PREFIX}{groups}.")
    return pairs


def _result_pairs(query: Query) -> Pairs:
    keys = (f"{group.column}:{group.by}" if group.by else group.column for group in query.group_by)
    functions = (
        one.function if one.column is None else f"{one.function}:{one.column}"
        for one in query.aggregates
    )
    order = (f"{'-' if descending else ''}{name}" for name, descending in query.sort)
    return [
        (GROUP_BY, ",".join(keys)),
        (AGGREGATES, ",".join(functions)),
        (FIELDS, ",".join(query.columns or ())),
        (SORT, ",".join(order)),
    ]


def _spellable_clauses(condition: Condition) -> list[list[Filter]]:
    """Clauses in which no two lists have the same name: `in` is joined, `between` written as bounds."""
    clauses = []
    for clause in _clauses(condition):
        if not clause:
            raise ValueError("an AnyOf without parts cannot be spelled")
        ranges = [part.column for part in clause if part.op == "between"]
        if len(ranges) == len(set(ranges)):
            clauses.append(_joined_lists(clause))
        else:
            clauses += _spellable_clauses(AnyOf([_bounds(part) for part in clause]))
    return clauses


def _clauses(condition: Condition) -> list[list[Filter]]:
    """Lists of filters: of every list at least one must hold (the conjunctive normal form)."""
    match condition:
        case AllOf(parts):
            return [clause for part in parts for clause in _clauses(part)]
        case AnyOf(parts):
            combinations = product(*(_clauses(part) for part in parts))
            return [[one for clause in chosen for one in clause] for chosen in combinations]
        case Filter():
            return [[condition]]


def _joined_lists(clause: list[Filter]) -> list[Filter]:
    """One of two lists is one of both."""
    lists: dict[str, list[object]] = {}
    for part in clause:
        if part.op == "in":
            lists.setdefault(part.column, []).extend(_list(part.value))
    others = [part for part in clause if part.op != "in"]
    return [*others, *(Filter(column, "in", values) for column, values in lists.items())]


def _bounds(part: Filter) -> Condition:
    if part.op != "between":
        return part
    least, most = _list(part.value)
    return AllOf([Filter(part.column, "ge", least), Filter(part.column, "le", most)])


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _name(part: Filter) -> str:
    return f"{part.column}{OP_MARK}{part.op}"


def _filter_pairs(part: Filter, prefix: str = "") -> Pairs:
    name = prefix + _name(part)
    if part.op in WITHOUT_VALUE:
        return [(name, "true")]
    if part.op not in WITH_VALUES:
        return [(name, _spelled(part.value))]
    values = [_spelled(one) for one in _list(part.value)]
    return [(name, _one_of_a_list(values[0]))] if len(values) == 1 else [(name, v) for v in values]


def _spelled(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else str(value)


def _one_of_a_list(value: str) -> str:
    """A lone value is read as a list with commas: what would be taken apart stands in quotes."""
    if value and not re.search(r'[,"\r\n]|^\s', value):
        return value
    return '"{}"'.format(value.replace('"', '""'))
