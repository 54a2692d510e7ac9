"""The values of one column with their counts, each a link that adds it to the conditions or takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.explorer.cells import TableColumn
from catalog.explorer.look import Look
from catalog.explorer.table_query import CHOOSING, TableQuery
from catalog.explorer.values import FEW_VALUES, has_few_values, offered_value
from tables import Aggregate, Filter, Group, Query


@dataclass(frozen=True)
class ChoosableValue:
    """A value in words, in how many of the rows that the other conditions leave, and where a click leads."""

    words: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class ValueLink:
    """A column whose values may be chosen from, and the address that lists them."""

    column: TableColumn
    address: str
    is_current: bool


def value_links(look: Look, columns: Sequence[TableColumn]) -> list[ValueLink]:
    """The columns with few values."""
    here = look.table_address(look.query)
    return [
        ValueLink(column, f"{here}&chon={column.name}", column.name == look.query.values_of)
        for column in columns
        if has_few_values(column)
    ]


def counting_query(query: TableQuery, column: TableColumn) -> Query:
    """How often each value stands in the rows that the other columns' conditions leave."""
    others = [one for one in query.conditions if not _chooses(one, column)]
    return Query(
        filters=[*others, Filter(column.name, "not_empty")],
        search=query.search,
        group_by=[Group(column.name)],
        aggregates=[Aggregate("count")],
        sort=[("count", True), (column.name, False)],
        limit=FEW_VALUES,
    )


def choosable_values(
    look: Look, column: TableColumn, counted: Sequence[Sequence[object]]
) -> list[ChoosableValue]:
    """The result of the counting query as links."""
    write = offered_value(column)
    chosen = _chosen(look.query, column)
    offered = [write(value, int(str(count))) for value, count in counted]
    return [
        ChoosableValue(
            one.words,
            one.count,
            one.typed in chosen,
            _address(look, _toggled(look.query, column, one.typed), column),
        )
        for one in offered
    ]


def _chooses(condition: Filter, column: TableColumn) -> bool:
    return condition.column == column.name and condition.op in CHOOSING


def _chosen(query: TableQuery, column: TableColumn) -> list[str]:
    values: list[str] = []
    for condition in query.conditions:
        if _chooses(condition, column):
            given = condition.value
            values += given if isinstance(given, list) else [str(given)]
    return values


def _toggled(query: TableQuery, column: TableColumn, value: str) -> TableQuery:
    """The question with the value chosen, or no longer."""
    chosen = _chosen(query, column)
    kept = [one for one in chosen if one != value] + ([] if value in chosen else [value])
    others = tuple(one for one in query.conditions if not _chooses(one, column))
    if not kept:
        return replace(query, conditions=others)
    only = Filter(column.name, "eq", kept[0])
    choice = only if len(kept) == 1 else Filter(column.name, "in", kept)
    return replace(query, conditions=(*others, choice))


def _address(look: Look, query: TableQuery, column: TableColumn) -> str:
    return f"{look.table_address(query)}&chon={column.name}"
