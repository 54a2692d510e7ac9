"""The rows a table shows, all pages of them, as files."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from catalog.downloads import ROWS_AS, Format, download_path, row_formats
from catalog.explorer.api_parameters import ALL_PERIODS, FORMAT, api_pairs
from catalog.explorer.look import Look
from catalog.explorer.table_query import TableQuery, address

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
        return [ChosenRows(one.label, _from_api(look, ROWS_AS[one])) for one in OF_ALL_PERIODS]
    return [
        ChosenRows(format.label, download_path(look.release, format) + address(look.query.pairs))
        for format in row_formats(look.release)
    ]


def _from_api(look: Look, format: str) -> str:
    whole = replace(look.query, page=1, rows_per_page=TableQuery().rows_per_page)
    pairs = [*api_pairs(whole.for_engine, period=ALL_PERIODS), (FORMAT, format)]
    return f"{reverse('api-rows', args=[look.resource.pk])}?{urlencode(pairs)}"
