"""What the form above a table offers to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.explorer.cells import TableColumn
from catalog.explorer.table_query import OPERATIONS
from catalog.explorer.values import OfferedValue, has_few_values, top_values
from tables import ops_of

_GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Cột văn bản"), ("contains", "starts")),
    (_("Mọi cột"), ("eq", "ne", "in", "empty", "not_empty")),
    (_("Cột số, cột ngày"), ("gt", "ge", "lt", "le", "between")),
)
_TYPES = ("text", "integer", "number", "date", "datetime", "boolean", "geometry")


@dataclass(frozen=True)
class OfferedOperation:
    """`types`: the column types it fits, between spaces."""

    op: str
    words: Promise
    types: str


@dataclass(frozen=True)
class Suggestions:
    """Values proposed while somebody types one for the column."""

    column: TableColumn
    values: list[OfferedValue]


def operation_groups(
    column: TableColumn | None,
) -> list[tuple[Promise, list[OfferedOperation]]]:
    """Operations by the columns they are for; of a chosen column those that fit it."""
    fitting = ops_of(column.type) if column else tuple(OPERATIONS)
    groups = [(label, [_offered(op) for op in ops if op in fitting]) for label, ops in _GROUPS]
    return [(label, ops) for label, ops in groups if ops]


def suggestions(columns: Sequence[TableColumn]) -> list[Suggestions]:
    """The frequent values of each column that has few."""
    return [Suggestions(one, top_values(one)) for one in columns if has_few_values(one)]


def _offered(op: str) -> OfferedOperation:
    types = " ".join(type_ for type_ in _TYPES if op in ops_of(type_))
    return OfferedOperation(op, OPERATIONS[op], types)
