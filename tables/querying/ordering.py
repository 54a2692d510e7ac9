"""The order of rows, and what stands behind a row in that order."""

from collections.abc import Sequence
from dataclasses import dataclass

from tables.patterns import quoted
from tables.querying.conditions import BadQuery, SqlCondition
from tables.querying.filtering import Columns, known

MAX_SORTS = 10


@dataclass(frozen=True)
class Key:
    """A column to sort by: empty cells last either way, text as in a Vietnamese dictionary."""

    name: str
    type: str
    descending: bool

    @property
    def value(self) -> str:
        """SQL of the cell."""
        return quoted(self.name)

    @property
    def order(self) -> str:
        """SQL behind ORDER BY."""
        return f"{self._compared} {'DESC' if self.descending else 'ASC'} NULLS LAST"

    @property
    def _compared(self) -> str:
        return f"{self.value} COLLATE vi" if self.type == "text" else self.value

    def behind(self, value: object, rest: SqlCondition) -> SqlCondition:
        """SQL: the cell comes after `value`, or is the same and `rest` holds."""
        rest_sql, rest_params = rest
        if value is None:
            return f"({self.value} IS NULL AND {rest_sql})", rest_params
        sign = "<" if self.descending else ">"
        sql = (
            f"({self._compared} {sign} ? OR {self.value} IS NULL"
            f" OR ({self._compared} = ? AND {rest_sql}))"
        )
        return sql, [value, value, *rest_params]


def sort_keys(columns: Columns, sort: Sequence[tuple[str, bool]]) -> list[Key]:
    """The keys of a query's sort. Raises BadQuery."""
    if len(sort) > MAX_SORTS:
        raise BadQuery("too_many_sorts", limit=MAX_SORTS)
    found = [(known(columns, name), descending) for name, descending in sort]
    return [Key(column.name, column.type, descending) for column, descending in found]


def behind(keys: Sequence[Key], values: Sequence[object], place: str, last: int) -> SqlCondition:
    """SQL: the row comes after the one at `last` whose keys have these `values`."""
    condition: SqlCondition = f"{place} > ?", [last]
    for key, value in reversed(list(zip(keys, values, strict=True))):
        condition = key.behind(value, condition)
    return condition
