"""The tab that asks the present question of the row API."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from catalog.explorer.api_examples import Example, examples
from catalog.explorer.api_parameters import (
    ALL_PERIODS,
    FORMAT,
    LARGEST_PAGE,
    USUAL_PAGE_SIZE,
    Pairs,
    api_pairs,
)
from catalog.explorer.asked_tables import asked_columns, asked_tables
from catalog.explorer.cells import TableColumn
from catalog.explorer.chips import Chip, chips
from catalog.explorer.look import Look
from catalog.explorer.refusals import sentence, understood
from catalog.explorer.table_query import TableQuery
from tables import BadQuery, Query, ops_of
from tables.querying.statement import compile_query


@dataclass(frozen=True)
class ApiColumn:
    """A column with the operations its conditions may use."""

    column: TableColumn
    ops: Sequence[str]


@dataclass(frozen=True)
class ApiView:
    """What the template needs; the examples ask all of the question that the table can be asked.

    Addresses are absolute: they are copied.
    """

    look: Look
    columns: Sequence[TableColumn]
    query: Query
    complaint: str = ""
    status: int = 200

    @property
    def base(self) -> str:
        return settings.SITE_URL + reverse("api-rows", args=[self.look.resource.pk])

    @property
    def pairs(self) -> Pairs:
        return api_pairs(self.query, period=self._period)

    @property
    def _period(self) -> str:
        """The newest is what the API gives without being asked, next year too."""
        if self.look.all_periods:
            return ALL_PERIODS
        is_newest = self.look.release == self.look.releases[0]
        return "" if is_newest else self.look.release.period

    @property
    def json_address(self) -> str:
        return _address(self.base, self.pairs)

    @property
    def csv_address(self) -> str:
        return _address(self.base, [*self.pairs, (FORMAT, "csv")])

    @property
    def examples(self) -> list[Example]:
        return examples(self.base, self.pairs)

    @property
    def chips(self) -> list[Chip]:
        return chips(self.look, self.columns)

    @property
    def api_columns(self) -> list[ApiColumn]:
        return [ApiColumn(column, ops_of(column.type)) for column in self.columns]

    @property
    def usual_page(self) -> int:
        return USUAL_PAGE_SIZE

    @property
    def largest_page(self) -> int:
        return LARGEST_PAGE

    @property
    def requests_per_minute(self) -> int:
        """0: no limit."""
        return settings.API_REQUESTS_PER_MINUTE


def api_view(look: Look) -> ApiView:
    """The question of the address as a request; what of it does not fit the table is left out and said."""
    columns = asked_columns(look)
    try:
        return ApiView(look, columns, _request(look))
    except BadQuery as error:
        left, refusals = understood(look, columns)
        if not refusals:
            whole = replace(look, query=TableQuery())
            return ApiView(whole, columns, Query(), sentence(error, columns), 400)
    reasons = " ".join(dict.fromkeys(one.reason for one in refusals))
    return ApiView(left, columns, _request(left), reasons, 400)


def _request(look: Look) -> Query:
    """Raises BadQuery."""
    query = replace(look.query.for_engine, limit=USUAL_PAGE_SIZE, offset=0)
    compile_query(asked_tables(look), query)
    return query


def _address(base: str, pairs: Pairs) -> str:
    return f"{base}?{urlencode(pairs)}" if pairs else base
