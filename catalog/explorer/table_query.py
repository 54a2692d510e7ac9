"""What the address of a table page asks for: words sought, conditions, order, page.

q holds words to be found anywhere in a row; cot, phep and gia_tri come in threes, as often as there
are conditions; sort lists columns, each with a minus for descending (a,-b); page and dong are the
number of the page and the rows on it; chon is a column whose values are listed to choose from.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tables import Filter, Query

ROWS_PER_PAGE = 50
PAGE_SIZES = (25, ROWS_PER_PAGE, 100, 200)
LAST_PAGE = 10**9  # beyond any table; keeps the offset a machine number
OPERATIONS: dict[str, Promise] = {
    "contains": _("chứa"),
    "eq": _("bằng"),
    "ne": _("khác"),
    "in": _("là một trong"),
    "starts": _("bắt đầu bằng"),
    "gt": _("lớn hơn"),
    "ge": _("lớn hơn hoặc bằng"),
    "lt": _("nhỏ hơn"),
    "le": _("nhỏ hơn hoặc bằng"),
    "between": _("trong khoảng"),
    "empty": _("để trống"),
    "not_empty": _("không để trống"),
}
WITHOUT_VALUE = ("empty", "not_empty")
OF_SEVERAL_VALUES = ("in", "between")
CHOOSING = ("eq", "in")  # what a choice of values is written with
SortKey = tuple[str, bool]  # a column's name, descending?


@dataclass(frozen=True)
class TableQuery:
    """`page` 0: what stood there is no page number; `sort` has the most important column first."""

    conditions: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[SortKey, ...] = ()
    page: int = 1
    rows_per_page: int = ROWS_PER_PAGE
    values_of: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "TableQuery":
        return cls(
            tuple(_conditions(query)),
            query.get("q", "").strip(),
            tuple(_sort_keys(query.get("sort", ""))),
            _page_number(query.get("page") or "1"),
            _page_size(query.get("dong", "")),
            query.get("chon", ""),
        )

    @property
    def is_plain(self) -> bool:
        """The whole table in its own order."""
        return not self.is_narrowed and not self.sort

    @property
    def is_narrowed(self) -> bool:
        """Whether it may leave rows out."""
        return bool(self.conditions or self.search)

    @property
    def for_engine(self) -> Query:
        return Query(
            filters=self.conditions,
            search=self.search,
            sort=self.sort,
            limit=self.rows_per_page,
            offset=(max(self.page, 1) - 1) * self.rows_per_page,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Words, conditions and order as they stand in an address."""
        sought = [("q", self.search)] if self.search else []
        return [*sought, *condition_pairs(self.conditions), *sort_pairs(self.sort)]

    @property
    def size_pairs(self) -> list[tuple[str, str]]:
        """How many rows a page has, where that is not the usual number."""
        usual = self.rows_per_page == ROWS_PER_PAGE
        return [] if usual else [("dong", str(self.rows_per_page))]


def condition_pairs(conditions: Iterable[Filter]) -> list[tuple[str, str]]:
    return [
        pair
        for condition in conditions
        for pair in (
            ("cot", condition.column),
            ("phep", condition.op),
            ("gia_tri", value_text(condition.value)),
        )
    ]


def sort_pairs(keys: Sequence[SortKey]) -> list[tuple[str, str]]:
    """ "a,-b", or nothing."""
    written = [f"-{name}" if descending else name for name, descending in keys]
    return [("sort", ",".join(written))] if written else []


def value_text(value: object) -> str:
    """A condition's value as it is typed: several with semicolons between them."""
    if isinstance(value, list):
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="").writerow(value)
        return line.getvalue()
    return "" if value is None else str(value)


def address(pairs: Iterable[tuple[str, str]]) -> str:
    """ "?…" of the pairs; an empty value stays only inside a condition."""
    kept = [(name, value) for name, value in pairs if value or name in ("cot", "phep", "gia_tri")]
    return f"?{urlencode(kept)}"


def _conditions(query: QueryDict) -> Iterable[Filter]:
    """The threes of the address. The form always sends one, with an empty value where it was left alone:
    that is no condition. An address without the value is a mistake of whoever wrote it.
    """
    threes = zip_longest(query.getlist("cot"), query.getlist("phep"), query.getlist("gia_tri"))
    for column, op, value in threes:
        wanted, typed = op or "contains", (value or "").strip()
        if column and (typed or value is None or wanted in WITHOUT_VALUE):
            yield Filter(column, wanted, _value(wanted, typed))


def _value(op: str, typed: str) -> str | list[str] | None:
    if op in WITHOUT_VALUE:
        return None
    return _several(typed) if op in OF_SEVERAL_VALUES else typed


def _several(typed: str) -> list[str]:
    """Values between semicolons; one that holds a semicolon itself stands in quotes, as in CSV."""
    try:
        values = next(csv.reader([typed], delimiter=";", skipinitialspace=True), [])
    except csv.Error:  # a line break outside quotes: one value as it stands
        values = [typed]
    return [value for value in map(str.strip, values) if value]


def _sort_keys(typed: str) -> Iterable[SortKey]:
    for name in filter(None, typed.split(",")):
        yield name.removeprefix("-"), name.startswith("-")


def _page_number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 1 <= len(typed) <= 10):
        return 0
    return min(int(typed), LAST_PAGE)


def _page_size(typed: str) -> int:
    """One of the sizes offered; anything else is the usual one."""
    sizes = {str(size): size for size in PAGE_SIZES}
    return sizes.get(typed, ROWS_PER_PAGE)
