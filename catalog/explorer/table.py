"""One page of a table's rows, as the dataset page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from catalog.explorer.asked_tables import asked_columns, asked_tables
from catalog.explorer.cells import Cell, TableColumn, cell_rows
from catalog.explorer.chips import Chip, chips
from catalog.explorer.headings import Heading, headings
from catalog.explorer.look import Look
from catalog.explorer.table_form import (
    OfferedOperation,
    Suggestions,
    operation_groups,
    suggestions,
)
from catalog.explorer.table_query import (
    OPERATIONS,
    PAGE_SIZES,
    TableQuery,
    condition_pairs,
    sort_pairs,
)
from catalog.explorer.value_choice import (
    ChoosableValue,
    ValueLink,
    choosable_values,
    counting_query,
    value_links,
)
from catalog.problem_words import type_name
from catalog.tablepool import pool
from catalog.tables import BadQuery, TableUnavailable, TooBusy, TooSlow, rows
from catalog.tables.problems import CodedError


@dataclass(frozen=True)
class PageSize:
    """A number of rows a page may have, and the address of the table with that many."""

    size: int
    address: str
    is_current: bool


@dataclass(frozen=True)
class TableView:
    """What the template needs.

    `look` is what is shown; where that could not be what the address asks (`asked`), `complaint` says
    why. `offered_values` are those of the column whose values are listed, None when none is.
    """

    look: Look
    asked: Look
    columns: Sequence[TableColumn]
    rows: list[list[Cell]]
    page: Page
    offered_values: list[ChoosableValue] | None = None
    complaint: str = ""
    status: int = 200

    @property
    def query(self) -> TableQuery:
        return self.look.query

    @property
    def is_refused(self) -> bool:
        """Whether the plain table stands here instead of what was asked for."""
        return self.look is not self.asked

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def headings(self) -> list[Heading]:
        return headings(self.look, self.columns)

    @property
    def chips(self) -> list[Chip]:
        """What the address asks for, also where it was refused: each can be taken away."""
        return chips(self.asked, self.columns)

    @property
    def chosen(self) -> TableColumn | None:
        """The column whose values are listed."""
        return next((one for one in self.columns if one.name == self.query.values_of), None)

    @property
    def kept_pairs(self) -> list[tuple[str, str]]:
        """What goes along with the form of a further condition."""
        query = self.query
        return [
            ("ky", self.look.period),
            *condition_pairs(query.conditions),
            *sort_pairs(query.sort),
            *query.size_pairs,
        ]

    @property
    def operation_groups(self) -> list[tuple[Promise, list[OfferedOperation]]]:
        return operation_groups(self.chosen)

    @property
    def suggestions(self) -> list[Suggestions]:
        return suggestions(self.columns)

    @property
    def suggested(self) -> Suggestions | None:
        """Those for the column that the form has chosen, where it has few values."""
        column = self.chosen or self.columns[0]
        return next((one for one in self.suggestions if one.column == column), None)

    @property
    def value_links(self) -> list[ValueLink]:
        return value_links(self.look, self.columns)

    @property
    def closed_address(self) -> str:
        """The same without the list of values."""
        return self.look.table_address(self.query)

    @property
    def plain_address(self) -> str:
        """The table with nothing sought, no condition and in its own order."""
        return self.look.table_address(replace(self.query, conditions=(), search="", sort=()))

    @property
    def page_sizes(self) -> list[PageSize]:
        """Where there are more rows than the smallest page holds."""
        if self.total <= PAGE_SIZES[0]:
            return []
        return [
            PageSize(
                size,
                self.look.table_address(replace(self.query, rows_per_page=size)),
                size == self.query.rows_per_page,
            )
            for size in PAGE_SIZES
        ]


def table_view(look: Look) -> TableView:
    """The page asked for; where that cannot be, the plain table and a sentence."""
    try:
        return _view(look)
    except BadQuery as error:
        return _plain(look, error, 400)
    except (TooBusy, TableUnavailable) as error:
        return _empty(look, error, status_of(error))
    except TooSlow as error:
        return _plain(look, error, 503)


def status_of(error: CodedError) -> int:
    """Of an answer without rows: 429 where the caller has asked too much, 503 for all else."""
    return 429 if error.code in ("over_budget", "too_many_exports") else 503


def sentence(error: CodedError, columns: Sequence[TableColumn]) -> str:
    """What is wrong, with column and type in the reader's words."""
    labels = {column.name: column.label for column in columns}
    words = dict(error.params)
    if "column" in words:
        words["column"] = labels.get(str(words["column"]), words["column"])
    if "type" in words:
        words["type"] = type_name(str(words["type"]))
    if "op" in words:
        words["op"] = OPERATIONS.get(str(words["op"]), words["op"])
    return _(error.template).format_map(words)


def _view(look: Look) -> TableView:
    query, columns = look.query, asked_columns(look)
    found = rows(pool(), asked_tables(look), query.for_engine)
    paginator = Paginator(range(found.total or 0), query.rows_per_page)
    if not 1 <= query.page <= paginator.num_pages:
        complaint = _("Bảng này không có trang đó. Dưới đây là trang đầu.")
        first = _view(replace(look, query=replace(query, page=1)))
        return replace(first, asked=first.look, complaint=complaint, status=400)
    written = cell_rows(found.rows, columns)
    page = paginator.page(query.page)
    return TableView(look, look, columns, written, page, _offered_values(look, columns))


def _offered_values(look: Look, columns: Sequence[TableColumn]) -> list[ChoosableValue] | None:
    name = look.query.values_of
    if not name:
        return None
    for column in columns:
        if column.name == name and column.type != "geometry":
            counted = rows(pool(), asked_tables(look), counting_query(look.query, column))
            return choosable_values(look, column, counted.rows)
    raise BadQuery("unknown_column", column=name[:100])


def _plain(look: Look, error: CodedError, status: int) -> TableView:
    if look.query == TableQuery():
        return _empty(look, error, status)
    plain = table_view(replace(look, query=TableQuery()))
    words = sentence(error, plain.columns)
    return replace(plain, asked=look, complaint=words, status=status)


def _empty(look: Look, error: CodedError, status: int) -> TableView:
    page = Paginator(range(0), look.query.rows_per_page).page(1)
    columns = asked_columns(look)
    words = sentence(error, columns)
    return TableView(look, look, columns, [], page, complaint=words, status=status)
