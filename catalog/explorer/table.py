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
from catalog.explorer.refusals import ORDER, Refusal, sentence, understood
from catalog.explorer.respelling import Respelling, respelling
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
    value_text,
)
from catalog.explorer.value_choice import (
    ChoosableValue,
    ValueLink,
    choosable_values,
    counting_query,
    value_links,
)
from catalog.tablepool import pool
from tables import BadQuery, Filter, TableUnavailable, TooBusy, TooSlow, rows
from tables.problems import CodedError


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
    why and `refusals` which parts were left out. `offered_values` are those of the column whose values
    are listed, None when none is.
    """

    look: Look
    asked: Look
    columns: Sequence[TableColumn]
    rows: list[list[Cell]]
    page: Page
    offered_values: list[ChoosableValue] | None = None
    complaint: str = ""
    refusals: Sequence[Refusal] = ()
    respelling: Respelling | None = None
    status: int = 200

    @property
    def query(self) -> TableQuery:
        return self.look.query

    @property
    def is_plain_instead(self) -> bool:
        """Whether the whole table stands here in place of the question."""
        return self.query.is_plain and not self.asked.query.is_plain and not self.refusals

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def headings(self) -> list[Heading]:
        return headings(self.look, self.columns)

    @property
    def chips(self) -> list[Chip]:
        """What the address asks for, also where it was refused: each can be taken away."""
        return chips(self.asked, self.columns, self.refusals)

    @property
    def to_mend(self) -> Chip | None:
        """The first refused condition that the form can write: it stands in its fields again."""
        names = [column.name for column in self.columns]
        for chip in self.chips:
            part = chip.part
            if chip.reason and isinstance(part, Filter) and part.op in OPERATIONS:
                return chip if part.column in names else None
        return None

    @property
    def mended(self) -> Filter | None:
        """The condition of `to_mend`."""
        chip = self.to_mend
        return chip.part if chip and isinstance(chip.part, Filter) else None

    @property
    def typed(self) -> str:
        """What stands in the field of the value."""
        return value_text(self.mended.value) if self.mended else ""

    @property
    def chosen(self) -> TableColumn | None:
        """The column whose values are listed."""
        return next((one for one in self.columns if one.name == self.query.values_of), None)

    @property
    def in_form(self) -> TableColumn | None:
        """The column that the form has chosen."""
        if self.mended is None:
            return self.chosen
        return next(one for one in self.columns if one.name == self.mended.column)

    @property
    def kept_pairs(self) -> list[tuple[str, str]]:
        """What goes along with a form: all that was typed, used or not."""
        return self._pairs(self.asked.query.conditions)

    @property
    def pairs_beside(self) -> list[tuple[str, str]]:
        """The same without the condition that stands in the form's own fields."""
        conditions = self.asked.query.conditions
        return self._pairs([one for one in conditions if one is not self.mended])

    def _pairs(self, conditions: Sequence[Filter]) -> list[tuple[str, str]]:
        query = self.asked.query
        in_order = ORDER not in [one.part for one in self.refusals]
        return [
            ("ky", self.look.period),
            *condition_pairs(conditions),
            *(sort_pairs(query.sort) if in_order else ()),
            *query.size_pairs,
        ]

    @property
    def operation_groups(self) -> list[tuple[Promise, list[OfferedOperation]]]:
        """Those that fit the chosen column; all where one that does not is to be mended."""
        return operation_groups(None if self.mended else self.chosen)

    @property
    def suggestions(self) -> list[Suggestions]:
        return suggestions(self.columns)

    @property
    def suggested(self) -> Suggestions | None:
        """Those for the column that the form has chosen, where it has few values."""
        column = self.in_form or self.columns[0]
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
    def respelled_address(self) -> str:
        """The same question with the spellings of the table."""
        return self.look.table_address(self.respelling.query) if self.respelling else ""

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
    """The page asked for; what of it cannot be is left out with a sentence, else all of it."""
    try:
        return _view(look)
    except BadQuery as error:
        return _of_what_can_be(look, error)
    except (TooBusy, TableUnavailable) as error:
        return _empty(look, error, status_of(error))
    except TooSlow as error:
        return _plain(look, error, 503)


def status_of(error: CodedError) -> int:
    """Of an answer without rows: 429 where the caller has asked too much, 503 for all else."""
    return 429 if error.code in ("over_budget", "too_many_exports") else 503


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
    return TableView(
        look=look,
        asked=look,
        columns=columns,
        rows=written,
        page=page,
        offered_values=_offered_values(look, columns),
        respelling=respelling(look, columns, paginator.count),
    )


def _offered_values(look: Look, columns: Sequence[TableColumn]) -> list[ChoosableValue] | None:
    name = look.query.values_of
    if not name:
        return None
    for column in columns:
        if column.name == name and column.type != "geometry":
            counted = rows(pool(), asked_tables(look), counting_query(look.query, column))
            return choosable_values(look, column, counted.rows)
    raise BadQuery("unknown_column", column=name[:100])


def _of_what_can_be(look: Look, error: BadQuery) -> TableView:
    """The rows that the other conditions leave; the plain table where no part alone is to blame."""
    left, refusals = understood(look, asked_columns(look))
    if not refusals:
        return _plain(look, error, 400)
    shown = table_view(left)
    reasons = dict.fromkeys([*(one.reason for one in refusals), shown.complaint])
    return replace(
        shown,
        asked=look,
        complaint=" ".join(filter(None, reasons)),
        refusals=refusals,
        status=max(shown.status, 400),
    )


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
