"""/api/v1/resources/<uuid>/rows: the rows of a table, filtered, sorted, grouped, in any format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from catalog.api.caching import Freshness
from catalog.api.encoding import MEDIA_TYPE, encoded
from catalog.api.engine_problems import engine_problem
from catalog.api.formats import FORMATS, JSON, Format, accepted_format
from catalog.api.gate import open_to_all
from catalog.api.limits import charge
from catalog.api.open_tables import open_table
from catalog.api.readable_tables import ReadableTable
from catalog.api.row_answers import answer, link_header
from catalog.api.row_files import Charge, row_file
from catalog.api.row_query import RowRequest, row_request
from catalog.explorer.api_parameters import ALL_PERIODS, PERIOD
from catalog.models import Release
from catalog.tablepool import pool
from catalog.usage import Kind, counted
from tables import Table, rows
from tables.exporting import Tally
from tables.problems import CodedError
from tables.querying.stacking import source_of
from tables.querying.statement import compile_query


@dataclass(frozen=True)
class RowsGiven:
    """A response, and what it gives: `rows` counts up to now those of a file that is being sent."""

    response: HttpResponseBase
    format: str
    columns: Sequence[str] = ()
    rows: Callable[[], int] = int


@open_to_all
def table_rows(request: HttpRequest, resource_id: UUID) -> HttpResponseBase:
    """Rows of an open table: of the newest period, of one period or of all, as the parameters ask."""
    given = rows_given(request, open_table(resource_id), charge)
    return counted(request, given.response, resource_id, Kind.API, given.format)


def rows_given(request: HttpRequest, table: ReadableTable, charge: Charge) -> RowsGiven:
    """The answer to the request's parameters from a table that the caller may read.

    Raises the problem for whatever it cannot answer.
    """
    period = request.GET.get(PERIOD)
    releases = table.releases_for(period)
    tables = [table.table(release) for release in releases]
    # All periods together have a column that tells them apart, be there only one so far.
    given = tables if period == ALL_PERIODS else tables[0]
    asked = row_request(request.GET, [column.name for column in source_of(given).columns])
    format = FORMATS[asked.format] if asked.format else accepted_format(request)
    freshness = Freshness(request, table, releases, format.code)
    unchanged = freshness.unchanged()
    if unchanged is not None:
        return RowsGiven(unchanged, format.code)
    try:
        if format.code == JSON:
            made = _json(request, table, releases, given, asked)
        else:
            made = _file(request, table, releases, given, asked, format, charge)
    except CodedError as error:
        raise engine_problem(error, asked) from error
    freshness.described(made.response)
    return made


def _json(
    request: HttpRequest,
    table: ReadableTable,
    releases: Sequence[Release],
    given: Table | Sequence[Table],
    asked: RowRequest,
) -> RowsGiven:
    page = rows(pool(), given, asked.query)
    body = answer(request, table, releases, asked, page)
    headers = {"Link": link_header(body)}
    response = HttpResponse(encoded(body), content_type=MEDIA_TYPE, headers=headers)
    return RowsGiven(response, JSON, [one.name for one in page.columns], lambda: len(page.rows))


def _file(
    request: HttpRequest,
    table: ReadableTable,
    releases: Sequence[Release],
    given: Table | Sequence[Table],
    asked: RowRequest,
    format: Format,
    charge: Charge,
) -> RowsGiven:
    tally = Tally()
    response = row_file(request, table, releases, given, asked, format, charge, tally)
    columns = [column.name for column in compile_query(given, asked.query).columns]
    return RowsGiven(response, format.code, columns, lambda: tally.rows)
