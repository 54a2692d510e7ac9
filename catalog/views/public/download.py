"""/dataset/<slug>/resource/<uuid>/download/<file>: a published release as a file.

Files made when the data were published are sent as they lie there; JSON, and CSV of chosen rows, are
written while they are sent.
"""

import mimetypes
from datetime import UTC
from pathlib import Path
from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import files
from catalog.downloads import (
    KEPT_FILES,
    Format,
    WantedFile,
    download_path,
    file_name,
    fits_worksheet,
    wanted_file,
)
from catalog.explorer.cells import TableColumn, table_columns
from catalog.explorer.table import sentence
from catalog.explorer.table_query import TableQuery
from catalog.explorer.tables import table_of
from catalog.exports import exported
from catalog.models import Dataset, Release, Resource
from catalog.selectors.publication import published_releases
from catalog.tables import BadQuery, Query, TableUnavailable, TooSlow
from catalog.tables.problems import CodedError
from catalog.usage import Kind, counted
from catalog.views.public.explained import explained
from catalog.views.public.loading import Gone, check_public, gone_page
from catalog.views.public.structured_data import MEDIA_TYPES

RETRY_AFTER = 60  # seconds until an Excel copy is usually there
CACHE_CONTROL = "public, max-age=300"  # a withdrawal must be felt soon


@require_safe
def download(request: HttpRequest, slug: str, resource_id: UUID, name: str) -> HttpResponseBase:
    table = get_object_or_404(
        Resource.objects.select_related("dataset__agency").prefetch_related("dataset__resources"),
        pk=resource_id,
    )
    try:
        check_public(table.dataset)
    except Gone as gone:
        return gone_page(request, gone.dataset)
    if table.dataset.access != Dataset.Access.OPEN:
        return _not_open(request, table.dataset)
    wanted = wanted_file(name)
    if wanted is None:
        raise Http404(name)
    release = _release(table, wanted)
    if (slug, name) != (table.dataset.slug, file_name(release, wanted.format)):
        query = request.META.get("QUERY_STRING", "")
        path = download_path(release, wanted.format)
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    answer = _answer(request, release, wanted.format)
    return counted(request, answer, table.pk, Kind.DOWNLOAD, wanted.format)


def _release(table: Resource, wanted: WantedFile) -> Release:
    release = published_releases(table).filter(period=wanted.period).first()
    if release is None:
        raise Http404(wanted.period)
    release.resource = table
    return release


def _answer(request: HttpRequest, release: Release, format: Format) -> HttpResponseBase:
    query = TableQuery.from_query(request.GET)
    if format is Format.CSV and not query.is_plain:
        return _chosen_rows(request, release, query)
    if format is Format.EXCEL and release.excel_size is None:
        return _no_excel(request, release)
    etag = _etag(release, format)
    modified = release.published_at.astimezone(UTC) if release.published_at else None
    moment = int(modified.timestamp()) if modified else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=moment)
    if unchanged is not None:
        return unchanged
    response = _json(request, release) if format is Format.JSON else _kept(request, release, format)
    response.headers["ETag"] = etag
    if moment is not None:
        response.headers["Last-Modified"] = http_date(moment)
    return _described(response, file_name(release, format))


def _etag(release: Release, format: Format) -> str:
    if format is Format.ORIGINAL:
        return quote_etag(release.sha256)
    return quote_etag(
        f"{release.pk.hex}-{format}-{release.excel_size if format is Format.EXCEL else 0}"
    )


def _kept(request: HttpRequest, release: Release, format: Format) -> HttpResponseBase:
    """A file that lies ready, sent piece by piece."""
    path = _kept_path(release, format)
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(path.stat().st_size)})
    return FileResponse(path.open("rb"))


def _kept_path(release: Release, format: Format) -> Path:
    if format is Format.ORIGINAL:
        return files.cached(release.file_key)
    return files.cached(f"{release.folder}/{KEPT_FILES[format]}")


def _json(request: HttpRequest, release: Release) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    return StreamingHttpResponse(exported(table_of(release), Query(), "json"))


def _chosen_rows(request: HttpRequest, release: Release, query: TableQuery) -> HttpResponseBase:
    """CSV of the rows a table page shows, all pages of them."""
    columns = table_columns(release.resource, release)
    try:
        labels = {column["name"]: column["label"] for column in release.columns}
        lines = exported(table_of(release), query.for_engine, "csv", labels=labels)
    except BadQuery as error:
        return _refused(request, error, columns, 400)
    except (TooSlow, TableUnavailable) as error:
        return _refused(request, error, columns, 503)
    response: HttpResponseBase = StreamingHttpResponse(lines)
    if request.method == "HEAD":
        response = HttpResponse()
    name = file_name(release, Format.CSV).removesuffix(".csv")
    return _described(response, f"{name}_loc.csv")


def _described(response: HttpResponseBase, name: str) -> HttpResponseBase:
    ending = name.rpartition(".")[2]
    media_type = (
        MEDIA_TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    )
    charset = "; charset=utf-8" if ending in ("csv", "json") else ""
    response.headers["Content-Type"] = f"{media_type}{charset}"
    # Python leaves plain names without filename*=; some clients only read that one.
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _not_open(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    reason = {
        Dataset.Access.SHARED: _(
            "Dữ liệu này chỉ chia sẻ giữa các cơ quan nhà nước, không tải về công khai."
        ),
        Dataset.Access.LISTED: _(
            "Bộ dữ liệu này chỉ công bố thông tin mô tả, không có tệp để tải về."
        ),
    }[Dataset.Access(dataset.access)]
    return explained(
        request, title=_("Dữ liệu không mở"), reason=reason, status=403, dataset=dataset
    )


def _no_excel(request: HttpRequest, release: Release) -> HttpResponse:
    dataset = release.resource.dataset
    if not fits_worksheet(release):
        return explained(
            request,
            title=_("Không có tệp Excel"),
            reason=_(
                "Bảng có nhiều hơn 1.048.575 dòng, quá sức một trang tính Excel."
                " Hãy tải CSV hoặc Parquet."
            ),
            status=404,
            dataset=dataset,
        )
    response = explained(
        request,
        title=_("Tệp Excel đang chuẩn bị"),
        reason=_(
            "Tệp Excel của kỳ này đang được chuẩn bị. Hãy thử lại sau một phút, hoặc tải CSV."
        ),
        status=503,
        dataset=dataset,
    )
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _refused(
    request: HttpRequest, error: CodedError, columns: list[TableColumn], status: int
) -> HttpResponse:
    title = _("Không lọc được bảng")
    return explained(request, title=title, reason=sentence(error, columns), status=status)
