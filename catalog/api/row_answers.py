"""A page of rows as the API's JSON says it: data, what they are, where to go on."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.api.formats import FORMATS, JSON
from catalog.api.readable_tables import ReadableTable
from catalog.api.row_query import RowRequest
from catalog.api.words import column_words
from catalog.explorer import api_parameters as spelling
from catalog.models import Release
from core.kept import kept
from deadlines.period_words import period_name
from tables import Page

_READABLE = ":,"  # may stand in a query string as they are (RFC 3986, 3.4); brackets may not


def answer(
    request: HttpRequest,
    table: ReadableTable,
    releases: Sequence[Release],
    asked: RowRequest,
    page: Page,
) -> dict[str, Any]:
    """The members of the answer: data, meta, links."""
    return {
        "data": data(page, asked.shape),
        "meta": {
            "total": page.total,
            "offset": None if asked.query.after else page.offset,
            "limit": page.limit,
            "next_cursor": page.next_cursor or None,
            "periods": [release.period for release in releases],
            "columns": column_words(table, releases, page.columns, asked.query),
            **about(table, releases),
        },
        "links": links(request, table, asked, page),
    }


def data(page: Page, shape: str) -> list[Any]:
    """The rows as objects or as arrays; a geometry is a GeoJSON object, not its text."""
    geometries = [at for at, column in enumerate(page.columns) if column.type == "geometry"]
    rows: Iterable[Sequence[Any]] = page.rows
    if geometries:
        rows = (_with_geometries(row, geometries) for row in rows)
    if shape == "arrays":
        return list(rows)
    names = [column.name for column in page.columns]
    return [dict(zip(names, row, strict=True)) for row in rows]


def about(table: ReadableTable, releases: Sequence[Release]) -> dict[str, Any]:
    """Whose data they are and under which terms, in the language that is spoken; nobody may change it."""
    return _about(table, tuple(releases), get_language(), table.revision)


@kept(most=256)
def _about(
    table: ReadableTable, releases: tuple[Release, ...], language: str | None, revision: int
) -> dict[str, Any]:
    """Kept as long as the table, for each language."""
    dataset, terms = table.dataset, table.dataset.terms
    return {
        "dataset": {
            "id": str(dataset.pk),
            "slug": dataset.slug,
            "title": dataset.title,
            "url": settings.SITE_URL + dataset.get_absolute_url(),
            "is_illustrative": dataset.is_illustrative,
        },
        "resource": {"id": str(table.resource.pk), "title": table.resource.title},
        "licence": {"code": terms.code, "title": terms.title, "url": terms_address()}
        if terms
        else None,
        "attribution": _attribution(table, releases),
    }


def links(
    request: HttpRequest, table: ReadableTable, asked: RowRequest, page: Page
) -> dict[str, Any]:
    """Absolute addresses: this page, its neighbours, the whole result in every format, descriptions."""
    here = _Here(request)
    whole = here.address(remove=_NOT_OF_FILES, set_to=(spelling.FORMAT, ""))
    files = {code: whole + code for code in FORMATS if code != JSON}
    return {
        "self": here.address(),
        "next": _next(here, asked, page),
        "prev": _previous(here, asked),
        **files,
        "profile": table.address("profile"),
        "schema": table.address("table-schema"),
        "openapi": table.address("table-openapi"),
    }


_NOT_OF_FILES = (
    spelling.PAGE_SIZE, spelling.PAGE_NUMBER, spelling.PAGE_OFFSET, spelling.PAGE_AFTER,
    spelling.SHAPE, spelling.COUNT, spelling.FORMAT,
)  # fmt: skip


@cache
def terms_address() -> str:
    return settings.SITE_URL + reverse("terms")


def link_header(body: dict[str, Any]) -> str:
    """The Link field (RFC 8288) of an answer: neighbours, schema, API description, licence."""
    links, licence = body["links"], body["meta"]["licence"]
    named = [
        ("next", links["next"]),
        ("prev", links["prev"]),
        ("describedby", links["schema"]),
        ("service-desc", links["openapi"]),
        ("license", licence and licence["url"]),
    ]
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in named if address)


def _next(here: "_Here", asked: RowRequest, page: Page) -> str | None:
    """Whoever pages by offset or number stays with it; the cursor is faster and skips or repeats no row."""
    if not page.next_cursor:
        return None
    if not asked.by_offset:
        return here.address(set_to=(spelling.PAGE_AFTER, page.next_cursor))
    return here.at_offset(asked.query.offset + asked.query.limit)


def _previous(here: "_Here", asked: RowRequest) -> str | None:
    if not asked.query.offset:
        return None
    return here.at_offset(max(0, asked.query.offset - asked.query.limit))


class _Here:
    """This request's address, its parameters quoted once for all the addresses made of it."""

    def __init__(self, request: HttpRequest) -> None:
        self._page = f"{settings.SITE_URL}{request.path}"
        self._parameters = {
            name: "&".join(_parameter(name, value) for value in values)
            for name, values in request.GET.lists()
        }

    def address(self, *, remove: Sequence[str] = (), set_to: tuple[str, str] | None = None) -> str:
        """The address with some parameters removed and one set, as a valid URI."""
        asked = {name: text for name, text in self._parameters.items() if name not in remove}
        if set_to:
            asked[set_to[0]] = _parameter(*set_to)
        return f"{self._page}{'?' if asked else ''}{'&'.join(asked.values())}"

    def at_offset(self, offset: int) -> str:
        """The address of the page that begins with that row."""
        return self.address(
            remove=(spelling.PAGE_NUMBER,), set_to=(spelling.PAGE_OFFSET, str(offset))
        )


def _parameter(name: str, value: str) -> str:
    return f"{quote(name, _READABLE)}={quote(value, _READABLE)}"


def _attribution(table: ReadableTable, releases: Sequence[Release]) -> str:
    """What to write under a table or chart made of the data (Đ18 NĐ47: the source is named)."""
    newest = period_name(releases[0].as_period)
    periods = newest
    if len(releases) > 1:
        periods = f"{period_name(releases[-1].as_period)} – {newest}"
    return _("Nguồn: %(agency)s, “%(title)s”, %(periods)s, Kho dữ liệu tỉnh Nghệ An.") % {
        "agency": table.dataset.agency.name,
        "title": table.dataset.title,
        "periods": periods,
    }


def _with_geometries(row: Sequence[Any], places: Sequence[int]) -> list[Any]:
    cells = list(row)
    for at in places:
        cells[at] = None if cells[at] is None else orjson.loads(cells[at])
    return cells
