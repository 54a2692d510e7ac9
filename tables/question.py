"""What can be asked of tables, and what is answered: plain values, no SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Union


class ColumnLike(Protocol):
    """A column of the table: anything with its technical `name` and its `type`."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...


@dataclass(frozen=True)
class Column:
    """A column of a table or of a result; `type` is one of the seven of tables."""

    name: str
    type: str


@dataclass(frozen=True)
class Only:
    """A condition that every row which may be seen meets.

    Its column is one of the file's and need not be among the `columns` of the table.
    """

    column: Column
    op: str
    value: object = None


@dataclass(frozen=True)
class Table:
    """One release's table: the file at `path`, of which `columns` may be asked for.

    `row_count` is the stored count of the whole table: with it an unfiltered total is never
    counted. `search_path` is its search index and `sort_path` its sort index where they were made
    (write_search_index, write_sort_index): answers are the same, only sooner. `period` the code that stands
    in the column "ky" when several tables are asked together. Rows that do not meet `only` are as
    good as not there; tables that are asked together have the same. `search_path` knows the words
    of every column of the file: whoever hides some gives none.
    """

    path: Path
    columns: Sequence[ColumnLike]
    row_count: int | None = None
    search_path: Path | None = None
    period: str = ""
    sort_path: Path | None = None
    only: Sequence[Only] = ()


@dataclass(frozen=True)
class Filter:
    """`column` `op` `value`; `between` takes two values, `in` a list, `empty` none.

    Ops: eq, ne, contains, starts, lt, le, gt, ge, between, in, empty, not_empty. `contains`
    and `starts` look past accents and case. `ne` keeps empty cells. Values may be text as a
    person writes it (1.234,5; 05/03/2024; có) or Python values.
    """

    column: str
    op: str
    value: object = None


@dataclass(frozen=True)
class AllOf:
    """Every part must hold; without parts it holds for every row."""

    parts: Sequence["Condition"] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one part must hold; without parts it holds for no row."""

    parts: Sequence["Condition"] = ()


Condition = Union[Filter, AllOf, AnyOf]  # noqa: UP007 - the alias is read before the classes are whole


@dataclass(frozen=True)
class Group:
    """Rows with the same value of `column` stand together.

    `by` gathers values further: "year" ("2026"), "quarter" ("2026Q3") or "month" ("2026-09") of
    a date, or a positive number as text: the width of a number's bins, named by their lower end.
    """

    column: str
    by: str = ""


@dataclass(frozen=True)
class Aggregate:
    """`function` of the filled cells of `column`; `count` without a column counts rows.

    Functions: count, sum, avg, min, max, median, distinct.
    """

    function: str
    column: str | None = None

    @property
    def name(self) -> str:
        """The column of the result it stands in."""
        return self.function if self.column is None else f"{self.column}_{self.function}"


@dataclass(frozen=True)
class Query:
    """All filters must hold. `sort` is (column, descending?); `columns` None means all.

    `search` are words found anywhere in a row, past accents and case; the last may be the
    beginning of a word. `after` is the `next_cursor` of the page before: the rows behind it are
    given and `offset` is not used. With `group_by` or `aggregates` the result has one row for
    each group: the keys, then the aggregates; `sort` and `columns` name those, and where `sort`
    does not say otherwise groups stand by their keys. `count` False: no total is counted, and
    `Page.total` is None unless it is known.
    """

    filters: Sequence[Condition] = ()
    search: str = ""
    sort: Sequence[tuple[str, bool]] = ()
    columns: Sequence[str] | None = None
    limit: int = 50
    offset: int = 0
    after: str = ""
    group_by: Sequence[Group] = ()
    aggregates: Sequence[Aggregate] = ()
    count: bool = True

    @property
    def is_grouped(self) -> bool:
        """The result has one row for each group, not for each row of the table."""
        return bool(self.group_by or self.aggregates)


@dataclass(frozen=True)
class Page:
    """`rows` are tuples in the order of `columns`; `total` counts all rows or groups that match.

    `next_cursor` leads to the page behind this one (`Query.after`); empty on the last page.
    """

    rows: list[tuple[Any, ...]]
    total: int | None
    offset: int
    limit: int
    columns: list[Column] = field(default_factory=list)
    next_cursor: str = ""
