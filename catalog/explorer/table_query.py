"""What the address of a table page asks for: conditions, order, page.

cot, phep and gia_tri come in threes, as often as there are conditions; sort is a column, with a
minus for descending.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.tables import Filter, Query

ROWS_PER_PAGE = 50
LAST_PAGE = 10**9  # beyond any table; keeps the offset a machine number
OPERATIONS: dict[str, Promise] = {
    "contains": _("chứa"),
    "eq": _("bằng"),
    "ne": _("khác"),
    "starts": _("bắt đầu bằng"),
    "gt": _("lớn hơn"),
    "ge": _("lớn hơn hoặc bằng"),
    "lt": _("nhỏ hơn"),
    "le": _("nhỏ hơn hoặc bằng"),
    "empty": _("để trống"),
    "not_empty": _("không để trống"),
}
WITHOUT_VALUE = ("empty", "not_empty")


@dataclass(frozen=True)
class TableQuery:
    """`page` 0: what stood there is no page number."""

    conditions: tuple[Filter, ...]
    sort: str
    descending: bool
    page: int

    @classmethod
    def from_query(cls, query: QueryDict) -> "TableQuery":
        sort = query.get("sort", "")
        return cls(
            tuple(_conditions(query)),
            sort.removeprefix("-"),
            sort.startswith("-"),
            _page_number(query),
        )

    @property
    def is_plain(self) -> bool:
        """The whole table in its own order."""
        return not self.conditions and not self.sort

    @property
    def for_engine(self) -> Query:
        return Query(
            filters=self.conditions,
            sort=[(self.sort, self.descending)] if self.sort else [],
            limit=ROWS_PER_PAGE,
            offset=(max(self.page, 1) - 1) * ROWS_PER_PAGE,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Conditions and order as they stand in an address."""
        return [*condition_pairs(self.conditions), *self.sort_pairs]

    @property
    def sort_pairs(self) -> list[tuple[str, str]]:
        return [("sort", f"{'-' if self.descending else ''}{self.sort}")] if self.sort else []

    def address_without(self, condition: Filter, period: str) -> str:
        """ "?…" of the same table without one condition."""
        others = [kept for kept in self.conditions if kept is not condition]
        return address([("ky", period), *condition_pairs(others), *self.sort_pairs])


def condition_pairs(conditions: Iterable[Filter]) -> list[tuple[str, str]]:
    return [
        pair
        for condition in conditions
        for pair in (
            ("cot", condition.column),
            ("phep", condition.op),
            ("gia_tri", str(condition.value or "")),
        )
    ]


def address(pairs: Iterable[tuple[str, str]]) -> str:
    """ "?…" of the pairs; an empty value stays only inside a condition."""
    kept = [(name, value) for name, value in pairs if value or name in ("cot", "phep", "gia_tri")]
    return f"?{urlencode(kept)}"


def _conditions(query: QueryDict) -> Iterable[Filter]:
    """The threes of the address; one without a column is the empty row of the form."""
    threes = zip_longest(
        query.getlist("cot"), query.getlist("phep"), query.getlist("gia_tri"), fillvalue=""
    )
    for column, op, value in threes:
        if column:
            wanted = op or "contains"
            yield Filter(column, wanted, None if wanted in WITHOUT_VALUE else value.strip())


def _page_number(query: QueryDict) -> int:
    typed = query.get("page") or "1"
    if not (typed.isascii() and typed.isdigit() and 1 <= len(typed) <= 10):
        return 0
    return min(int(typed), LAST_PAGE)
