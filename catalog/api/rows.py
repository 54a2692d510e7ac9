"""/api/v1/resources/<uuid>/rows: the rows of an open table, filtered, sorted, grouped, in any format."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from catalog.api.caching import Freshness
from catalog.api.encoding import MEDIA_TYPE, encoded
from catalog.api.engine_problems import engine_problem
from catalog.api.formats import FORMATS, JSON, accepted_format
from catalog.api.gate import open_to_all
from catalog.api.open_tables import OpenTable, open_table
from catalog.api.row_answers import answer, link_header
from catalog.api.row_files import row_file
from catalog.api.row_query import RowRequest, row_request
from catalog.explorer.api_parameters import ALL_PERIODS, PERIOD
from catalog.explorer.tables import table_of
from catalog.models import Release
from catalog.tablepool import pool
from catalog.tables import Table, rows
from catalog.tables.problems import CodedError
from catalog.tables.stacking import source_of
from catalog.usage import Kind, counted


@open_to_all
def table_rows(request: HttpRequest, resource_id: UUID) -> HttpResponseBase:
    """Rows of the newest period, of one period or of all, as the parameters ask."""
    table = open_table(resource_id)
    period = request.GET.get(PERIOD)
    releases = table.releases_for(period)
    tables = [table_of(release) for release in releases]
    # All periods together have a column that tells them apart, be there only one so far.
    given = tables if period == ALL_PERIODS else tables[0]
    asked = row_request(request.GET, [column.name for column in source_of(given).columns])
    format = FORMATS[asked.format] if asked.format else accepted_format(request)
    freshness = Freshness(request, table, releases, format.code)
    unchanged = freshness.unchanged()
    if unchanged is not None:
        return unchanged
    try:
        if format.code == JSON:
            made = _json(request, table, releases, given, asked)
        else:
            made = row_file(request, table, releases, given, asked, format)
    except CodedError as error:
        raise engine_problem(error, asked) from error
    return counted(request, freshness.described(made), resource_id, Kind.API, format.code)


def _json(
    request: HttpRequest,
    table: OpenTable,
    releases: Sequence[Release],
    given: Table | Sequence[Table],
    asked: RowRequest,
) -> HttpResponseBase:
    body = answer(request, table, releases, asked, rows(pool(), given, asked.query))
    header = link_header(body["links"], settings.SITE_URL + reverse("terms"))
    return HttpResponse(encoded(body), content_type=MEDIA_TYPE, headers={"Link": header})
