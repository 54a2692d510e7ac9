"""One page of a release's table, as the dataset page shows it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from catalog.explorer.cells import Cell, TableColumn, cell_rows, shortened
from catalog.explorer.look import Look
from catalog.explorer.table_query import (
    OPERATIONS,
    WITHOUT_VALUE,
    TableQuery,
    address,
    sort_pairs,
    value_text,
)
from catalog.explorer.tables import table_of
from catalog.models import Release
from catalog.problem_words import type_name
from catalog.tablepool import pool
from catalog.tables import BadQuery, Filter, TableUnavailable, TooSlow, rows
from catalog.tables.problems import CodedError


@dataclass(frozen=True)
class TableChip:
    """A condition in use, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Heading:
    """A column's head: how it is sorted now, and where a click to sort leads."""

    column: TableColumn
    aria_sort: str
    address: str


@dataclass(frozen=True)
class TableView:
    """What the template needs; `complaint` says what of the address could not be done."""

    query: TableQuery
    headings: list[Heading]
    rows: list[list[Cell]]
    page: Page
    chips: list[TableChip]
    complaint: str
    status: int

    @property
    def total(self) -> int:
        return self.page.paginator.count


def table_view(look: Look) -> TableView:
    """The page asked for; where that cannot be, the plain table and a sentence."""
    return _explained(look.release, look.columns, look.query)


def _explained(release: Release, columns: list[TableColumn], query: TableQuery) -> TableView:
    try:
        return _view(release, columns, query)
    except BadQuery as error:
        return _plain(release, columns, query, sentence(error, columns), 400)
    except TooSlow as error:
        return _plain(release, columns, query, sentence(error, columns), 503)
    except TableUnavailable as error:
        return _shown(columns, query, [], 0, 1, sentence(error, columns), 503, release)


def sentence(error: CodedError, columns: list[TableColumn]) -> str:
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


def _view(release: Release, columns: list[TableColumn], query: TableQuery) -> TableView:
    found = rows(pool(), table_of(release), query.for_engine)
    last = max(1, -(-found.total // query.rows_per_page))
    if not 1 <= query.page <= last:
        complaint = _("Bảng này không có trang đó. Dưới đây là trang đầu.")
        first = _view(release, columns, replace(query, page=1))
        return replace(first, complaint=complaint, status=400)
    shown = cell_rows(found.rows, columns)
    return _shown(columns, query, shown, found.total, query.page, "", 200, release)


def _plain(
    release: Release, columns: list[TableColumn], query: TableQuery, complaint: str, status: int
) -> TableView:
    if query.is_plain:
        return _shown(columns, query, [], 0, 1, complaint, status, release)
    plain = _explained(release, columns, TableQuery())
    return replace(plain, complaint=complaint, status=status)


def _shown(
    columns: list[TableColumn], query: TableQuery, shown: list[list[Cell]], total: int, number: int,
    complaint: str, status: int, release: Release,
) -> TableView:  # fmt: skip
    labels = {column.name: column for column in columns}
    return TableView(
        query=query,
        headings=_headings(columns, query, release.period),
        rows=shown,
        page=Paginator(range(total), query.rows_per_page).page(number),
        chips=[
            TableChip(
                _condition_words(condition, labels[condition.column]),
                _without(query, condition, release.period),
            )
            for condition in query.conditions
            if condition.column in labels
        ],
        complaint=complaint,
        status=status,
    )


def _without(query: TableQuery, condition: Filter, period: str) -> str:
    """ "?…" of the same table without one condition."""
    others = tuple(kept for kept in query.conditions if kept is not condition)
    return address([("ky", period), *replace(query, conditions=others).pairs, *query.size_pairs])


def _headings(columns: list[TableColumn], query: TableQuery, period: str) -> list[Heading]:
    unsorted = replace(query, sort=())
    kept = address([("ky", period), *unsorted.pairs, *query.size_pairs])
    return [_heading(column, query, f"{kept}&") for column in columns]


def _heading(column: TableColumn, query: TableQuery, kept: str) -> Heading:
    """A click sorts by the column first and then as before; a click on the first one turns its order."""
    first, rest = (query.sort[0], query.sort[1:]) if query.sort else (("", False), ())
    if column.name != first[0]:
        others = [key for key in query.sort if key[0] != column.name]
        return Heading(
            column, "", kept + urlencode(sort_pairs([(column.name, False), *others][:2]))
        )
    turned = kept + urlencode(sort_pairs([(column.name, not first[1]), *rest]))
    return Heading(column, "descending" if first[1] else "ascending", turned)


def _condition_words(condition: Filter, column: TableColumn) -> str:
    words = f"{column.label} {OPERATIONS.get(condition.op, condition.op)}"
    if condition.op in WITHOUT_VALUE:
        return words
    return f"{words} {shortened(value_text(condition.value))}"
