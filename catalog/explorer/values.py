"""Values of a column offered to filter by."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from catalog.explorer.cells import TableColumn, python_value, value_writer

FEW_VALUES = 30  # distinct values up to which a column is worth choosing from
CUT = "…"  # how the profile ends a text that is too long for it


@dataclass(frozen=True)
class OfferedValue:
    """A value in the reader's words, the condition that asks for it, and how often it stands there."""

    words: str
    op: str
    typed: str
    count: int


def offered_value(column: TableColumn) -> Callable[[Any, int], OfferedValue]:
    """How the values of a column are offered: a function of a value and its count."""
    write = value_writer(column)
    return lambda value, count: OfferedValue(write(value), "eq", typed(value), count)


def top_values(column: TableColumn) -> list[OfferedValue]:
    """The most frequent values as the profile counted them."""
    if column.type == "geometry":
        return []
    offered = offered_value(column)
    return [_whole(offered(python_value(value, column.type), n)) for value, n in column.top]


def has_few_values(column: TableColumn) -> bool:
    """Whether its values are few enough to choose from."""
    return column.type != "geometry" and 1 < column.distinct <= FEW_VALUES


def typed(value: Any) -> str:
    """A value as somebody would type it into a condition (tables.querying.conditions reads it)."""
    match value:
        case bool():
            return "có" if value else "không"
        case datetime() if value.microsecond:
            return value.isoformat()
        case datetime():
            return f"{value:%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{value:%d/%m/%Y}"
        case float() | Decimal():
            return f"{value}".replace(".", ",")
    return str(value)


def _whole(offered: OfferedValue) -> OfferedValue:
    """A text that the profile cut is asked for by its beginning."""
    if not offered.typed.endswith(CUT):
        return offered
    return replace(offered, op="starts", typed=offered.typed.removesuffix(CUT))
