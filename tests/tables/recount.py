"""What a query should answer, counted again in plain Python, and strategies for random queries."""

import datetime as dt
import math
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from typing import Any

from hypothesis import strategies as st

from core.vietnamese import fold
from tables import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Filter,
    Group,
    Query,
    Table,
    ops_of,
)

# In the order of a Vietnamese dictionary.
TEXTS = ("Ăn 12", "Do Luong", "Đô Lương", "mã", "má", "nghi lộc", "Quỳ Hợp, Vinh", "Quỳnh Lưu",
         "Vinh", "vịt")  # fmt: skip
SEARCHES = ("do", "DO LUONG", "luong do", "vinh", "quy", "quy ho", "an 12", "2", "12", "1.2", "-1",
            "2024", "05/01", "2026q", "2026Q1 vinh", "vinh 2026q1", "khong thay")  # fmt: skip
COLUMNS = (
    Column("xa", "text"),
    Column("so", "integer"),
    Column("gia", "number"),
    Column("ngay", "date"),
    Column("co", "boolean"),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(TEXTS),
    "integer": st.integers(-3, 12) | st.sampled_from([1234, -(2**63), 2**63 - 1]),
    "number": st.sampled_from([n / 4 for n in range(-5, 14)]),
    "date": st.dates(dt.date(2023, 12, 30), dt.date(2024, 2, 12)) | st.dates(dt.date(1000, 1, 1)),
    "boolean": st.booleans(),
}
records = st.tuples(*(st.none() | VALUES[column.type] for column in COLUMNS))

CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda cell, v: cell is not None and cell == v,
    "ne": lambda cell, v: cell != v,
    "lt": lambda cell, v: cell is not None and cell < v,
    "le": lambda cell, v: cell is not None and cell <= v,
    "gt": lambda cell, v: cell is not None and cell > v,
    "ge": lambda cell, v: cell is not None and cell >= v,
    "between": lambda cell, v: cell is not None and v[0] <= cell <= v[1],
    "in": lambda cell, v: cell in v,
    "empty": lambda cell, _v: cell is None,
    "not_empty": lambda cell, _v: cell is not None,
    "contains": lambda cell, v: cell is not None and fold(v) in fold(cell),
    "starts": lambda cell, v: cell is not None and fold(cell).startswith(fold(v)),
}
_DECIMALS = 9


@dataclass(frozen=True)
class Counted:
    """Named, typed columns and the rows below them; `cells` are what a search looks at."""

    columns: Sequence[Column]
    rows: list[tuple[Any, ...]]
    cells: list[tuple[Any, ...]] | None = None

    def __repr__(self) -> str:
        return f"{len(self.rows)} rows"

    def cell(self, row: tuple[Any, ...], name: str) -> Any:
        return row[[column.name for column in self.columns].index(name)]


def together(tables: Sequence[Table], records: Sequence[list[tuple[Any, ...]]]) -> Counted:
    """Several periods under each other."""
    names = list(dict.fromkeys(column.name for table in tables for column in table.columns))
    types = {
        name: {c.type for table in tables for c in table.columns if c.name == name}
        for name in names
    }
    kinds = {name: _one_type(found) for name, found in types.items()}
    rows, searched = [], []
    for table, lines in zip(tables, records, strict=True):
        for line in lines:
            cells = {c.name: (c.type, v) for c, v in zip(table.columns, line, strict=True)}
            rest = (_as(kinds[name], *cells.get(name, ("", None))) for name in names)
            rows.append((table.period, *rest))
            # Before an integer of one table became a number beside those of another.
            searched.append((table.period, *line))
    columns = [Column("ky", "text"), *(Column(name, kinds[name]) for name in names)]
    return Counted(columns, rows, searched)


def _one_type(types: set[str]) -> str:
    if len(types) == 1:
        return next(iter(types))
    return "number" if types == {"integer", "number"} else "text"


def _as(wanted: str, own: str, value: Any) -> Any:
    if value is None or wanted == own:
        return value
    if wanted == "number":
        return float(value)
    return str(value).lower() if own == "boolean" else str(value)


def matching(table: Counted, query: Query) -> list[tuple[Any, ...]]:
    """The rows that meet filters and search, in the order of the file."""
    return [
        row
        for row, cells in zip(table.rows, table.cells or table.rows, strict=True)
        if all(holds(table, row, part) for part in query.filters) and _found(cells, query)
    ]


def holds(table: Counted, row: tuple[Any, ...], part: Condition) -> bool:
    if isinstance(part, AllOf):
        return all(holds(table, row, one) for one in part.parts)
    if isinstance(part, AnyOf):
        return any(holds(table, row, one) for one in part.parts)
    return CHECKS[part.op](table.cell(row, part.column), part.value)


def _found(row: tuple[Any, ...], query: Query) -> bool:
    wanted = _words(query.search)
    if not wanted:
        return True
    there = [word for cell in row for word in _words(_seen(cell))]
    whole = all(word in there for word in wanted[:-1])
    return whole and any(word.startswith(wanted[-1]) for word in there)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _seen(cell: Any) -> str:
    if isinstance(cell, dt.date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
    if isinstance(cell, bool | float) or cell is None:
        return ""
    return f"{cell} {cell:,}" if isinstance(cell, int) else cell


def ordered(
    columns: Sequence[Column], rows: list[tuple[Any, ...]], sort: Sequence[tuple[str, bool]]
) -> list[tuple[Any, ...]]:
    """Sorted; what is equal stays as it was, and nothing comes last."""
    names = [column.name for column in columns]
    keys = [(names.index(name), descending) for name, descending in sort]

    def compared(one: tuple[Any, ...], other: tuple[Any, ...]) -> int:
        for at, descending in keys:
            result = _compared(one[at], other[at], descending)
            if result:
                return result
        return 0

    return sorted(rows, key=cmp_to_key(compared))


def _compared(one: Any, other: Any, descending: bool) -> int:
    if one is None or other is None:
        return (one is None) - (other is None)
    one, other = _rank(one), _rank(other)
    sign = (one > other) - (one < other)
    return -sign if descending else sign


def _rank(value: Any) -> Any:
    return TEXTS.index(value) if value in TEXTS else value


def grouped(table: Counted, query: Query) -> Counted:
    """The groups in the order asked for, then by their keys."""
    rows = matching(table, query)
    parts: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {} if query.group_by else {(): rows}
    for row in rows if query.group_by else ():
        key = tuple(_bucket(table.cell(row, g.column), g.by, _type(table, g.column))
                    for g in query.group_by)  # fmt: skip
        parts.setdefault(key, []).append(row)
    found = [
        (*key, *(_calculated(table, rows, one) for one in query.aggregates))
        for key, rows in parts.items()
    ]
    names = [g.column for g in query.group_by] + [one.name for one in query.aggregates]
    columns = [Column(name, "") for name in names]
    by_key = [(g.column, False) for g in query.group_by]
    return Counted(columns, ordered(columns, found, [*query.sort, *by_key]))


def _type(table: Counted, name: str) -> str:
    return next(column.type for column in table.columns if column.name == name)


def _bucket(value: Any, by: str, type_: str) -> Any:
    if value is None or not by:
        return value
    match by:
        case "year":
            return f"{value.year}"
        case "quarter":
            return f"{value.year}Q{(value.month + 2) // 3}"
        case "month":
            return f"{value.year}-{value.month:02d}"
    if type_ == "integer" and "." not in by:
        return value // int(by) * int(by)
    return round(math.floor(round(value / float(by), _DECIMALS)) * float(by), len(by.split(".")[1]))


def _calculated(table: Counted, rows: list[tuple[Any, ...]], asked: Aggregate) -> Any:
    if asked.column is None:
        return len(rows)
    cells = [cell for row in rows if (cell := table.cell(row, asked.column)) is not None]
    if asked.function in ("count", "distinct"):
        return len(cells if asked.function == "count" else set(cells))
    if not cells:
        return None
    match asked.function:
        case "sum":
            return sum(cells)
        case "avg":
            # Exactly: as floats, 2^63 - 1 and -2^63 would not add up to -1.
            return float(sum(map(Fraction, cells)) / len(cells))
        case "median":
            return statistics.median(map(float, cells))
    return (min if asked.function == "min" else max)(cells, key=_rank)


@st.composite
def conditions(draw: st.DrawFn, columns: Sequence[Column] = COLUMNS, depth: int = 2) -> Condition:
    """A filter that fits its column, or a group of such."""
    if depth and draw(st.integers(0, 3)) == 0:
        parts = draw(st.lists(conditions(columns, depth - 1), max_size=3))
        return draw(st.sampled_from([AllOf, AnyOf]))(parts)
    column = draw(st.sampled_from(columns))
    op = draw(st.sampled_from(ops_of(column.type)))
    one = VALUES[column.type]
    many = {"between": st.lists(one, min_size=2, max_size=2), "in": st.lists(one, min_size=1)}
    return Filter(column.name, op, draw(many.get(op, one)))


def sorts(names: Sequence[str]) -> st.SearchStrategy[list[tuple[str, bool]]]:
    return st.lists(st.tuples(st.sampled_from(names), st.booleans()), max_size=3)


@st.composite
def row_queries(draw: st.DrawFn, columns: Sequence[Column] = COLUMNS) -> Query:
    """Filters, search and order."""
    return Query(
        filters=draw(st.lists(conditions(columns), max_size=2)),
        search=draw(st.just("") | st.sampled_from(SEARCHES)),
        sort=draw(sorts([column.name for column in columns])),
        limit=draw(st.integers(1, 60)),
        offset=draw(st.just(0) | st.integers(0, 60)),
    )


_WIDTHS = {"integer": ["", "1", "5", "0.5"], "number": ["", "0.1", "0.75", "2.0"],
           "date": ["", "year", "quarter", "month"]}  # fmt: skip
_FUNCTIONS = {"text": ["min", "max"], "date": ["min", "max"], "boolean": [],
              "integer": ["min", "max", "sum", "avg", "median"],
              "number": ["min", "max", "sum", "avg", "median"]}  # fmt: skip


@st.composite
def group_queries(draw: st.DrawFn, columns: Sequence[Column] = COLUMNS) -> Query:
    """Groups and aggregates."""
    keys = draw(st.lists(st.sampled_from(columns), max_size=2, unique_by=lambda c: c.name))
    groups = [Group(c.name, draw(st.sampled_from(_WIDTHS.get(c.type, [""])))) for c in keys]
    aggregates = {"count": Aggregate("count")}
    for column in draw(st.lists(st.sampled_from(columns), max_size=3)):
        function = draw(st.sampled_from(["count", "distinct", *_FUNCTIONS[column.type]]))
        one = Aggregate(function, column.name)
        aggregates[one.name] = one
    # Figures with rounding are compared, not sorted by.
    names = [g.column for g in groups] + [
        name for name, one in aggregates.items() if one.function in ("count", "distinct", "sum")
    ]
    return Query(
        filters=draw(st.lists(conditions(columns), max_size=1)),
        search=draw(st.just("") | st.sampled_from(SEARCHES)),
        group_by=groups,
        aggregates=list(aggregates.values()),
        sort=draw(sorts(names)),
        limit=draw(st.integers(1, 40)),
        offset=draw(st.just(0) | st.integers(0, 10)),
    )
