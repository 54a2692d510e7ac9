"""/profile and /schema of a table: what its columns are and hold, without a look at its rows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from catalog.api.caching import Freshness
from catalog.api.encoding import MEDIA_TYPE, encoded
from catalog.api.gate import open_to_all
from catalog.api.known_parameters import check_known
from catalog.api.open_tables import open_table
from catalog.api.readable_tables import ReadableTable
from catalog.api.row_answers import about
from catalog.api.seen_columns import with_facts
from catalog.explorer.api_parameters import LANGUAGE, PERIOD
from catalog.explorer.table_schema import table_schema
from catalog.models import Release
from catalog.models.words import in_readers_language
from catalog.usage import Kind, counted

Describe = Callable[[ReadableTable, Release], dict[str, Any]]
PARAMETERS = (PERIOD, LANGUAGE)


@open_to_all
def profile(request: HttpRequest, resource_id: UUID) -> HttpResponseBase:
    """Of every column: type, empty cells, distinct values, ends, most frequent values."""
    return counted_description(request, open_table(resource_id), profile_of)


@open_to_all
def schema(request: HttpRequest, resource_id: UUID) -> HttpResponseBase:
    """The columns as a Table Schema (https://datapackage.org/standard/table-schema/)."""
    return counted_description(request, open_table(resource_id), schema_of)


def counted_description(
    request: HttpRequest, table: ReadableTable, describe: Describe
) -> HttpResponseBase:
    """The same as `described_release`, as a use of the open API."""
    made = described_release(request, table, describe)
    return counted(request, made, table.resource.pk, Kind.API, "json")


def described_release(
    request: HttpRequest, table: ReadableTable, describe: Describe
) -> HttpResponseBase:
    """A document about one release of a table, the newest or that of `period`."""
    check_known(request.GET, PARAMETERS)
    release = table.release(request.GET.get(PERIOD))
    freshness = Freshness(request, table, [release], "json")
    unchanged = freshness.unchanged()
    if unchanged is not None:
        return unchanged
    body = encoded(describe(table, release))
    return freshness.described(HttpResponse(body, content_type=MEDIA_TYPE))


def schema_of(table: ReadableTable, release: Release) -> dict[str, Any]:
    return table_schema(table.resource, release)


def profile_of(table: ReadableTable, release: Release) -> dict[str, Any]:
    release = with_facts(table, release)
    described = {column["name"]: column for column in table.resource.columns}
    rows = release.row_count or 0
    columns = [
        _column(profile, described.get(profile["name"], {}), rows) for profile in release.columns
    ]
    return {
        "data": columns,
        "meta": {"period": release.period, "row_count": rows, **about(table, [release])},
    }


def _column(profile: dict[str, Any], words: dict[str, Any], rows: int) -> dict[str, Any]:
    nulls = profile.get("nulls", 0)
    return {
        "name": profile["name"],
        "label": words.get("label") or profile["label"],
        "type": profile["type"],
        "unit": words.get("unit") or None,
        "description": in_readers_language(
            words.get("description_vi", ""), words.get("description_en", "")
        )
        or None,
        "required": bool(words.get("required")),
        "nulls": nulls,
        "null_percent": _percent(nulls, rows),
        "distinct": profile.get("distinct"),
        "min": profile.get("min"),
        "max": profile.get("max"),
        "top": [
            {"value": value, "count": count, "percent": _percent(count, rows)}
            for value, count in profile.get("top", [])
        ],
    }


def _percent(count: int, rows: int) -> float:
    """Of all rows, with two decimals."""
    return round(100 * count / rows, 2) if rows else 0.0
