"""A public dataset described for programs: one JSON document at an address that has no language."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _

from accounts.actions import audit
from catalog.api.problems import Problem, withdrawn
from catalog.models import Dataset, Release, Resource
from catalog.selectors.publication import releases_of, tables_of
from catalog.views.public.loading import Gone, Moved, public_dataset
from deadlines.period_words import period_name

CACHE_CONTROL = "public, max-age=300"  # a withdrawal must be felt soon


@dataclass(frozen=True)
class PublicTable:
    """A table and its published releases, the newest first."""

    resource: Resource
    releases: list[Release]


@dataclass(frozen=True)
class PublicDataset:
    """What is said of a dataset; `tables` with their releases only where the data are open."""

    dataset: Dataset
    tables: list[PublicTable]

    @property
    def description(self) -> str:
        """In Markdown; made-up figures are called that before anything else is said."""
        if not self.dataset.is_illustrative:
            return self.dataset.description_vi
        warning = _("Số liệu minh hoạ, không phải số liệu thật, không dùng làm căn cứ.")
        return f"{warning}\n\n{self.dataset.description_vi}"


Build = Callable[[PublicDataset], dict[str, Any]]


def description_answer(
    request: HttpRequest, slug: str, build: Build, media_type: str
) -> HttpResponse:
    """The document, or 301 to the dataset's present address, or 304.

    Raises the problems 404 and 410, said by catalog.api.gate.open_to_all in the caller's language.
    """
    try:
        found = _public_dataset(slug)
    except Moved as moved:
        assert request.resolver_match is not None  # noqa: S101  a view is always resolved
        view = request.resolver_match.view_name
        return HttpResponsePermanentRedirect(reverse(view, args=[moved.slug]))
    with translation.override("vi"):
        body = json.dumps(build(found), ensure_ascii=False, indent=2).encode()
    return _conditional(request, found.dataset, body, media_type)


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def title_of(release: Release) -> str:
    return f"{release.resource.title_vi}, {period_name(release.as_period)}"


def filled(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts without those nobody has stated."""
    return {name: value for name, value in facts.items() if value not in ("", None, [], {})}


def _public_dataset(slug: str) -> PublicDataset:
    revision = audit.revision()
    try:
        dataset = public_dataset(slug, revision)
    except Gone as gone:
        raise withdrawn(gone.withdrawal) from None
    except Http404 as missing:
        raise Problem("not-found", _("Không có bộ dữ liệu nào ở địa chỉ này.")) from missing
    if dataset.access != Dataset.Access.OPEN:
        return PublicDataset(dataset, [])
    tables = [PublicTable(table, releases_of(table, revision)) for table in tables_of(dataset)]
    return PublicDataset(dataset, [table for table in tables if table.releases])


def _conditional(
    request: HttpRequest, dataset: Dataset, body: bytes, media_type: str
) -> HttpResponse:
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    changed = max(filter(None, (dataset.modified_at, dataset.data_updated_at)))
    moment = int(changed.timestamp())
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(moment),
        "Cache-Control": CACHE_CONTROL,
        "Content-Language": "vi",
    }
    response = HttpResponse(body, content_type=media_type, headers=headers)
    answer = get_conditional_response(request, etag, moment, response)
    assert answer is not None  # noqa: S101  the response itself, or 304 or 412 in its place
    return answer
