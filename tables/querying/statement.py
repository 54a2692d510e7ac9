"""A question checked against its tables and turned into SQL with parameters; no user text in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tables.patterns import quoted
from tables.querying.conditions import BadQuery, SqlCondition
from tables.querying.filtering import Columns, filtering, known
from tables.querying.grouping import Grouping, grouping
from tables.querying.ordering import Key, sort_keys
from tables.querying.pool import Lease
from tables.querying.search_index import Hits
from tables.querying.stacking import Source, source_of
from tables.querying.texts import found_in, searched_words
from tables.question import Column, ColumnLike, Query, Table


@dataclass(frozen=True)
class Statement:
    """SQL parts of a query; `columns` are those of its result, `words` those it searches for.

    `search` looks through every row, until it is replaced by what an index has found; `hits` are
    that, where nothing else is asked for.

    For rows, `where`, `params` and `order` go with `source.sql(lease)`. For any query, `sql`
    with `params` gives the whole result.
    """

    source: Source
    columns: list[Column]
    filters: SqlCondition
    keys: list[Key]
    words: list[str] = field(default_factory=list)
    search: SqlCondition = ("", [])
    hits: Hits | None = None
    groups: Grouping | None = None

    @property
    def where(self) -> str:
        """SQL of all conditions, empty without any."""
        return " AND ".join(filter(None, (self.filters[0], self.search[0])))

    @property
    def params(self) -> list[object]:
        """The parameters of `where`, and of `sql`."""
        return [*self.filters[1], *self.search[1]]

    @property
    def order(self) -> str:
        """SQL behind ORDER BY: "rowid" for one table in the order of its file."""
        keys = [key.order for key in self.keys]
        if self.groups is None:
            return ", ".join([*keys, self.source.place])
        # Texts that only differ in what a dictionary overlooks are groups of their own.
        alike = [key.value for key in self.keys if key.type == "text"]
        return ", ".join([*keys, *alike]) or "1"

    @property
    def comes_in_order(self) -> bool:
        """DuckDB hands out the matching rows in this order by itself, and stops when it has enough.

        So it does while it compares the rows of one table; of lists and searches it makes joins.
        """
        compared = not self.search[0] and " IN (" not in self.filters[0]
        return compared and not self.keys and not self.source.together

    @property
    def sort_path(self) -> Path | None:
        """The sort index, if it knows the whole order asked for: by texts, of all rows of a table."""
        if self.groups or self.where or self.source.together or not self.keys:
            return None
        if any(key.type != "text" for key in self.keys):
            return None
        path = self.source.tables[0].sort_path if self.source.tables else None
        # An index that was lost costs time, not the answer.
        return path if path is not None and path.exists() else None

    def sql(self, lease: Lease) -> str:
        """A SELECT of the whole result in its order; `lease` holds the tables."""
        names = ", ".join(quoted(column.name) for column in self.columns)
        return f"SELECT {names} FROM {self.selection(lease)} ORDER BY {self.order}"

    def selection(self, lease: Lease) -> str:
        """What stands behind FROM for the matching rows or groups."""
        source = self.source.sql(lease)
        where = f" WHERE {self.where}" if self.where else ""
        if self.groups is None:
            return f"{source}{where}"
        return f"({self.groups.sql(source, where)})"


def compile_query(given: Table | Sequence[Table] | Sequence[ColumnLike], query: Query) -> Statement:
    """Check a query against a table, several tables, or a table's columns. Raises BadQuery."""
    source = source_of(given)
    columns = {column.name: column for column in source.columns}
    filters = _both(source.only, filtering(columns, query.filters))
    groups = grouping(columns, query) if query.is_grouped else None
    asked = _asked(groups.columns if groups else source.columns, query, grouped=groups is not None)
    wanted = searched_words(query.search)
    search: SqlCondition = found_in(source.text, wanted) if wanted else ("", [])
    keys = _group_order(groups, query) if groups else sort_keys(columns, query.sort)
    return Statement(source, asked, filters, keys, wanted, search, groups=groups)


def _both(one: SqlCondition, other: SqlCondition) -> SqlCondition:
    return " AND ".join(filter(None, (one[0], other[0]))), [*one[1], *other[1]]


def _asked(offered: Sequence[Column], query: Query, *, grouped: bool) -> list[Column]:
    _refuse_repeats([column.name for column in offered])
    if not query.columns:
        return list(offered)
    by_name: Columns = {column.name: column for column in offered}
    asked = [(_result if grouped else known)(by_name, name) for name in query.columns]
    _refuse_repeats([column.name for column in asked])
    return [Column(column.name, column.type) for column in asked]


def _group_order(groups: Grouping, query: Query) -> list[Key]:
    """As asked, then by the keys, so that every page is the same each time."""
    by_name: Columns = {column.name: column for column in groups.columns}
    for name, _descending in query.sort:
        _result(by_name, name)
    keys = [cell.column for cell in groups.keys]
    asked = sort_keys(by_name, query.sort)
    sorted_by = {key.name for key in asked}
    return asked + [Key(key.name, key.type, False) for key in keys if key.name not in sorted_by]


def _result(columns: Columns, name: str) -> ColumnLike:
    if not isinstance(name, str) or name not in columns:
        raise BadQuery("unknown_result_column", column=str(name)[:100])
    return columns[name]


def _refuse_repeats(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadQuery("repeated_column", column=name)
