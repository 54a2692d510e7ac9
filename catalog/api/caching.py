"""Conditional requests (RFC 9110, 13): an answer that has not changed is not made again."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from catalog.api.gate import CACHE_CONTROL
from catalog.api.readable_tables import ReadableTable
from catalog.models import Release

ANSWER_VERSION = 1  # another when the same question gets another answer from the same data


class Freshness:
    """What tells one answer from another: the releases, what is said about them, the question."""

    def __init__(
        self, request: HttpRequest, table: ReadableTable, releases: Sequence[Release], form: str
    ) -> None:
        self._request = request
        self._moments = [
            table.dataset.modified_at,
            *(release.published_at for release in releases if release.published_at),
        ]
        said = (
            ANSWER_VERSION, form, get_language(), request.path, request.META["QUERY_STRING"],
            [release.pk.hex for release in releases], table.periods, _words(table), table.only,
            table.is_narrowed and [release.columns for release in releases],
        )  # fmt: skip
        self.etag = f'"{hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()}"'

    @property
    def modified(self) -> datetime:
        """The dataset's own moment covers withdrawals, after which the newest release is an older one."""
        return max(self._moments)

    def unchanged(self) -> HttpResponseBase | None:
        """304 when the caller has this answer, 412 when he insists on another; None: make it."""
        found = get_conditional_response(
            self._request, etag=self.etag, last_modified=int(self.modified.timestamp())
        )
        return self.described(found) if found is not None else None

    def described(self, response: HttpResponseBase) -> HttpResponseBase:
        """The response with its validators, and how long and by what it may be kept."""
        response.headers["ETag"] = self.etag
        response.headers["Last-Modified"] = http_date(self.modified.timestamp())
        response.headers["Cache-Control"] = CACHE_CONTROL
        response.headers["Vary"] = "Accept, Accept-Language"
        return response


def _words(table: ReadableTable) -> list[object]:
    """Everything an answer says besides the data."""
    dataset, resource = table.dataset, table.resource
    return [
        resource.columns, resource.key_columns, resource.title, dataset.modified_at,
        dataset.agency.name, dataset.licence.code, dataset.licence.title,
    ]  # fmt: skip
