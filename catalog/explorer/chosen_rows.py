"""The rows a table shows, all pages of them, as files."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from catalog.downloads import ROWS_AS, Download, Format, download_path, row_formats
from catalog.explorer.api_parameters import ALL_PERIODS, FORMAT, api_pairs
from catalog.explorer.look import Look
from catalog.explorer.table_query import TableQuery, address
from tables.limits import XLSX_ROWS

# Places are read from one period; JSON of the API comes in pages.
OF_ALL_PERIODS = (Format.CSV, Format.EXCEL, Format.JSON_LINES, Format.PARQUET)


@dataclass(frozen=True)
class ChosenRows:
    """One way to take the rows home."""

    label: str
    path: str


def chosen_rows(look: Look) -> list[ChosenRows]:
    """The formats, CSV first. Rows of several periods lie in no file of a period: the API writes them."""
    if look.all_periods:
        return [
            ChosenRows(one.label, _from_api(look, ROWS_AS[one])) for one in _of_all_periods(look)
        ]
    return [
        ChosenRows(format.label, download_path(look.release, format) + address(look.query.pairs))
        for format in row_formats(look.release)
    ]


def whole_table(look: Look) -> list[Download]:
    """What all periods of the table can be taken as, CSV first; no condition or order of the address."""
    whole = replace(look, query=TableQuery())
    return [
        Download(one, one.label, _from_api(whole, ROWS_AS[one]), size=None)
        for one in _of_all_periods(look)
    ]


def _of_all_periods(look: Look) -> list[Format]:
    """No Excel for more rows than a worksheet holds."""
    fits = look.row_count <= XLSX_ROWS
    return [one for one in OF_ALL_PERIODS if fits or one is not Format.EXCEL]


def _from_api(look: Look, format: str) -> str:
    whole = replace(look.query, page=1, rows_per_page=TableQuery().rows_per_page)
    pairs = [*api_pairs(whole.for_engine, period=ALL_PERIODS), (FORMAT, format)]
    return f"{reverse('api-rows', args=[look.resource.pk])}?{urlencode(pairs)}"
