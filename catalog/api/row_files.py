"""A whole result of the rows API as a file."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from catalog import downloads, files
from catalog.api.formats import Format
from catalog.api.limits import EXPORT_COST
from catalog.api.problems import Problem
from catalog.api.readable_tables import ReadableTable
from catalog.api.row_query import RowRequest
from catalog.api.seen_columns import with_facts
from catalog.api.words import known_words
from catalog.explorer import api_parameters as spelling
from catalog.explorer.cells import table_columns
from catalog.explorer.maps.locating import Coordinates, locations
from catalog.exports import exported
from catalog.models import Release
from catalog.provenance import provenance
from catalog.views.public.kept_file import WholeFile
from tables import Table
from tables.exporting import Tally
from tables.querying.statement import compile_query

PARQUET = "parquet"
# Takes so many requests more from what the caller may ask for; gives the fields that say what is left.
# Raises the problem 429.
Charge = Callable[[int], Mapping[str, str]]


def row_file(
    request: HttpRequest,
    table: ReadableTable,
    releases: Sequence[Release],
    given: Table | Sequence[Table],
    asked: RowRequest,
    format: Format,
    charge: Charge,
    tally: Tally,
) -> HttpResponseBase:
    """Every row or group that matches, as an attachment; columns under their technical names.

    A spreadsheet, which people read, has their labels. `tally` counts rows as they are sent. Raises
    the problem for a page, which only JSON has, and what catalog.exports raises.
    """
    if asked.paging:
        sentence = _(
            "Định dạng %(format)s luôn gồm toàn bộ kết quả: hãy bỏ page[…], hoặc dùng format=json."
        )
        raise Problem("bad-value", sentence % {"format": format.code}, parameter=asked.paging)
    compile_query(given, asked.query)
    if request.method == "HEAD":
        return _described(HttpResponse(), releases, asked, format)
    left = charge(EXPORT_COST - 1)
    response = _content(table, releases, given, asked, format, tally)
    for name, value in left.items():
        response.headers[name] = value
    return _described(response, releases, asked, format)


def _content(
    table: ReadableTable,
    releases: Sequence[Release],
    given: Table | Sequence[Table],
    asked: RowRequest,
    format: Format,
    tally: Tally,
) -> HttpResponseBase:
    is_whole = isinstance(given, Table) and not asked.is_chosen and not table.is_narrowed
    if format.code == PARQUET and is_whole:
        with suppress(files.FileUnavailable):  # then it is written anew
            path = files.whole(f"{releases[0].folder}/{files.PARQUET}", releases[0].parquet_size)
            tally.rows = releases[0].row_count or 0
            return WholeFile(path.open("rb"))
    content = exported(
        given,
        asked.query,
        format.code,
        labels=_labels(table, releases) if format.code == "xlsx" else None,
        bom=False,
        point=_point(table, releases[0]) if format.code == "geojson" else None,
        title=table.resource.title,
        about=provenance(releases) if format.code == "xlsx" else None,
        tally=tally,
    )
    return StreamingHttpResponse(content)


def _labels(table: ReadableTable, releases: Sequence[Release]) -> dict[str, str]:
    return {name: words["label"] for name, words in known_words(table, releases).items()}


def _point(table: ReadableTable, release: Release) -> tuple[str, str] | None:
    """Latitude and longitude, where a table has these and no geometry."""
    seen = with_facts(table, release)
    found = locations(table_columns(table.resource, seen), release.period_end)
    first = found[0] if found else None
    return first.names if isinstance(first, Coordinates) else None


def _described(
    response: HttpResponseBase, releases: Sequence[Release], asked: RowRequest, format: Format
) -> HttpResponseBase:
    response.headers["Content-Type"] = format.content_type
    name = f"{_stem(releases, asked)}.{format.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _stem(releases: Sequence[Release], asked: RowRequest) -> str:
    """As other downloads are called, "all" for all periods, "_loc" for chosen rows; plain ASCII."""
    newest = downloads.file_name(releases[0], downloads.Format.CSV).removesuffix(".csv")
    if len(releases) > 1:
        newest = f"{newest.removesuffix(releases[0].period)}{spelling.ALL_PERIODS}"
    return f"{newest}_loc" if asked.is_chosen else newest
