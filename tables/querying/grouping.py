"""Groups of rows and what is calculated of each."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tables.patterns import quoted
from tables.querying.conditions import BadQuery
from tables.querying.filtering import Columns, known
from tables.question import Aggregate, Column, ColumnLike, Query

MAX_GROUPS = 10
MAX_AGGREGATES = 50
MAX_DECIMALS, WIDEST = 9, 10**15  # of the bins of a number

_DATES, _NUMBERS = ("date", "datetime"), ("integer", "number")
_ORDERED = ("text", *_NUMBERS, *_DATES)
_ANY = (*_ORDERED, "boolean", "geometry")
# Which types a function is for, and the type it gives ("" the column's own).
FUNCTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "count": (_ANY, "integer"),
    "distinct": (_ANY, "integer"),
    "sum": (_NUMBERS, ""),
    "avg": (_NUMBERS, "number"),
    "median": (_NUMBERS, "number"),
    "min": (_ORDERED, ""),
    "max": (_ORDERED, ""),
}
# What is grouped by, and how that is written; the writing is done once for each group.
_BUCKETS = {
    "year": ("year({c})", "{k}::VARCHAR"),
    "quarter": ("year({c}) * 4 + quarter({c}) - 1", "({k} // 4) || 'Q' || ({k} % 4 + 1)"),
    "month": ("year({c}) * 12 + month({c}) - 1",
              "({k} // 12) || '-' || lpad(({k} % 12 + 1)::VARCHAR, 2, '0')"),
}  # fmt: skip
# Beyond what a number can hold there is no result.
_FINITE = "CASE WHEN isfinite({k}) THEN {k} END"


@dataclass(frozen=True)
class Cell:
    """A column of the result: `inner` is SQL over rows, `outer` over the group's `{k}`."""

    column: Column
    inner: str
    outer: str = "{k}"


@dataclass(frozen=True)
class Grouping:
    """The columns of a grouped result."""

    keys: list[Cell]
    aggregates: list[Cell]

    @property
    def columns(self) -> list[Column]:
        """Of the result: the keys, then the aggregates."""
        return [cell.column for cell in (*self.keys, *self.aggregates)]

    def sql(self, source: str, where: str) -> str:
        """A SELECT with one row for each group."""
        cells = [*self.keys, *self.aggregates]
        inner = ", ".join(f"{cell.inner} AS k{at}" for at, cell in enumerate(cells))
        outer = ", ".join(
            f"{cell.outer.replace('{k}', f'k{at}')} AS {quoted(cell.column.name)}"
            for at, cell in enumerate(cells)
        )
        # By number: the table may have a column called k0.
        numbers = ", ".join(str(at) for at in range(1, len(self.keys) + 1))
        by = f" GROUP BY {numbers}" if numbers else ""
        return f"SELECT {outer} FROM (SELECT {inner} FROM {source}{where}{by})"


def grouping(columns: Columns, query: Query) -> Grouping:
    """The groups and aggregates of a query. Raises BadQuery."""
    if len(query.group_by) > MAX_GROUPS or len(query.aggregates) > MAX_AGGREGATES:
        raise BadQuery("too_many_groups", limit=MAX_GROUPS, results=MAX_AGGREGATES)
    keys = [_key(known(columns, group.column), group.by) for group in query.group_by]
    return Grouping(keys, [_aggregate(columns, one) for one in query.aggregates])


def _key(column: ColumnLike, by: str) -> Cell:
    refused = BadQuery("bad_grouping", column=column.name, type=column.type, by=str(by)[:20])
    name = quoted(column.name)
    if not by and column.type != "geometry":
        return Cell(Column(column.name, column.type), name)
    if column.type in _DATES and by in _BUCKETS:
        inner, outer = _BUCKETS[by]
        return Cell(Column(column.name, "text"), inner.replace("{c}", name), outer)
    width = _width(by)
    if column.type not in _NUMBERS or width is None:
        raise refused
    return _bin(column, width)


def _width(by: str) -> Decimal | None:
    try:
        width = Decimal(by)
    except (InvalidOperation, TypeError, ValueError):
        return None
    fits = width.is_finite() and 0 < width <= WIDEST
    return width if fits and round(width, MAX_DECIMALS) == width else None


def _bin(column: ColumnLike, width: Decimal) -> Cell:
    """Bins are counted from zero; their lower ends are written with the decimals of the width."""
    name = quoted(column.name)
    if column.type == "integer" and width == int(width):
        step = f"{int(width):d}"
        inner = f"{name} // {step} - ({name} % {step} < 0)::BIGINT"
        return Cell(Column(column.name, "integer"), inner, f"{{k}}::HUGEINT * {step}")
    decimals = max(0, -int(width.normalize().as_tuple().exponent))
    # 0.3 / 0.1 is a hair below 3: the quotient is rounded before it is cut.
    inner = f"floor(round({name}::DOUBLE / {width:f}::DOUBLE, {MAX_DECIMALS:d}))"
    outer = f"round({{k}} * {width:f}::DOUBLE, {decimals:d}) + 0.0"  # never -0.0
    return Cell(Column(column.name, "number"), inner, outer)


def _aggregate(columns: Columns, asked: Aggregate) -> Cell:
    function = asked.function
    if function not in FUNCTIONS:
        raise BadQuery("unknown_aggregate", function=str(function)[:100])
    if asked.column is None:
        if function != "count":
            raise BadQuery("aggregate_without_column", function=function)
        return Cell(Column(asked.name, "integer"), "count(*)")
    column = known(columns, asked.column)
    types, result = FUNCTIONS[function]
    if column.type not in types:
        raise BadQuery(
            "aggregate_not_for_type", function=function, column=column.name, type=column.type
        )
    found = Column(asked.name, result or column.type)
    outer = _FINITE if function in ("sum", "avg", "median") and found.type == "number" else "{k}"
    return Cell(found, _calculated(function, column), outer)


def _calculated(function: str, column: ColumnLike) -> str:
    name = quoted(column.name)
    match function:
        case "distinct":
            return f"count(DISTINCT {name})"
        case "median":
            # As numbers with a fraction: the middle of two large integers would not fit.
            return f"median({name}::DOUBLE)"
        case "min" | "max" if column.type == "text":
            return f"arg_{function}({name}, {name} COLLATE vi)"
    return f"{function}({name})"
