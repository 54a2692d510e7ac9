"""/dataset/<slug>/resource/<uuid>/download/<file>: a published release as a file.

Files made when the data were published are sent as they lie there; other formats, and chosen rows in
any format, are written while they are sent.
"""

import hashlib
import mimetypes
from http import HTTPStatus
from uuid import UUID

from django.http import (
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
from catalog.dictionary_file import dictionary_csv
from catalog.downloads import (
    KEPT_FILES,
    ROWS_AS,
    Format,
    WantedFile,
    download_path,
    file_name,
    fits_worksheet,
    wanted_file,
)
from catalog.explorer.cells import table_columns
from catalog.explorer.geojson import placed_release
from catalog.explorer.refusals import sentence
from catalog.explorer.table import status_of
from catalog.explorer.table_query import TableQuery
from catalog.explorer.tables import table_of
from catalog.explorer.withdrawals import period_withdrawal
from catalog.exports import exported
from catalog.models import Dataset, Release, Resource
from catalog.provenance import provenance
from catalog.selectors.publication import published_releases
from catalog.usage import Kind, counted
from catalog.views.public.explained import explained
from catalog.views.public.kept_file import is_later_piece, kept_file
from catalog.views.public.loading import Gone, check_public, gone_page
from catalog.views.public.structured_data import MEDIA_TYPES
from tables import BadQuery, TableUnavailable, TooManyRows, TooSlow
from tables.problems import CodedError
from tables.querying.statement import compile_query

RETRY_AFTER = 60  # seconds: until an Excel copy is usually there, or others have taken theirs
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
        return gone_page(request, gone.withdrawal)
    if table.dataset.access != Dataset.Access.OPEN:
        return _not_open(request, table.dataset)
    wanted = wanted_file(name)
    if wanted is None:
        raise Http404(name)
    release = published_releases(table).filter(period=wanted.period).first()
    if release is None:
        return _not_there(request, table, wanted)
    release.resource = table
    if (slug, name) != (table.dataset.slug, file_name(release, wanted.format)):
        query = request.META.get("QUERY_STRING", "")
        path = download_path(release, wanted.format)
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    answer = _answer(request, release, wanted.format)
    if is_later_piece(request) and "X-Accel-Redirect" in answer.headers:
        return answer  # of a file taken in pieces the first counts; which it is, the proxy answers
    return counted(request, answer, table.pk, Kind.DOWNLOAD, wanted.format)


def _not_there(request: HttpRequest, table: Resource, wanted: WantedFile) -> HttpResponse:
    """A period that was withdrawn says so; any other never was. Raises Http404."""
    withdrawal = period_withdrawal(table, wanted.period)
    if withdrawal is None:
        raise Http404(wanted.period)
    return gone_page(request, withdrawal)


def _answer(request: HttpRequest, release: Release, format: Format) -> HttpResponseBase:
    query = TableQuery.from_query(request.GET)
    if format is Format.DICTIONARY:
        return _dictionary(request, release)
    if format is Format.ORIGINAL or (query.is_plain and format in KEPT_FILES):
        return _kept(request, release, format)
    return _rows(request, release, format, query)


def _kept(request: HttpRequest, release: Release, format: Format) -> HttpResponseBase:
    """A file made when the data were published; where it cannot be read its rows are written anew."""
    if format is Format.EXCEL and release.excel_size is None:
        return _no_excel(request, release)
    key = f"{release.folder}/{KEPT_FILES[format]}" if format in KEPT_FILES else release.file_key
    size = {
        Format.CSV: release.csv_size,
        Format.EXCEL: release.excel_size,
        Format.PARQUET: release.parquet_size,
        Format.ORIGINAL: release.file_size,
    }[format]
    try:
        path = files.whole(key, size)
    except files.FileUnavailable:
        if format is Format.ORIGINAL:
            raise
        return _rows(request, release, format, TableQuery())
    response = kept_file(request, path, etag=_etag(release, format), modified=release.published_at)
    return _described(response, file_name(release, format))


def _etag(release: Release, format: Format) -> str:
    if format is Format.ORIGINAL:
        return quote_etag(release.sha256)
    size = release.excel_size if format is Format.EXCEL else 0
    return quote_etag(f"{release.pk.hex}-{format}-{size}")


def _rows(
    request: HttpRequest, release: Release, format: Format, query: TableQuery
) -> HttpResponseBase:
    """The rows a table page shows, all pages of them, written while they are sent."""
    place = placed_release(release) if format is Format.GEOJSON else None
    if format is Format.GEOJSON and place is None:
        return _no_geojson(request, release)
    etag = _rows_etag(request, release, format)
    moment = int(release.published_at.timestamp()) if release.published_at else None
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=moment
    )
    if response is None:
        response = _written(request, release, format, query, place.point if place else None)
    if response.status_code < HTTPStatus.BAD_REQUEST:
        response.headers["ETag"] = etag
        if moment is not None:
            response.headers["Last-Modified"] = http_date(moment)
    stem, _dot, ending = file_name(release, format).rpartition(".")
    return _described(response, f"{stem}{'' if query.is_plain else '_loc'}.{ending}")


def _rows_etag(request: HttpRequest, release: Release, format: Format) -> str:
    """Weak: the same rows, perhaps not the same bytes."""
    question = hashlib.sha256(request.META.get("QUERY_STRING", "").encode()).hexdigest()[:16]
    return f"W/{quote_etag(f'{release.pk.hex}-{format}-{question}')}"


def _written(
    request: HttpRequest, release: Release, format: Format, query: TableQuery,
    point: tuple[str, str] | None,
) -> HttpResponseBase:  # fmt: skip
    try:
        if request.method == "HEAD":
            compile_query(table_of(release), query.for_engine)
            return HttpResponse()
        rows = exported(
            table_of(release),
            query.for_engine,
            ROWS_AS[format],
            labels={column["name"]: column["label"] for column in release.columns},
            point=point,
            title=release.resource.title_vi,
            about=provenance([release]) if format is Format.EXCEL else None,
        )
    except (BadQuery, TooManyRows) as error:
        return _refused(request, release, error, 400)
    except (TooSlow, TableUnavailable) as error:
        refused = _refused(request, release, error, status_of(error))
        refused.headers["Retry-After"] = str(RETRY_AFTER)
        return refused
    return StreamingHttpResponse(rows)


def _dictionary(request: HttpRequest, release: Release) -> HttpResponseBase:
    """Changes when the agency describes a column anew, without a new release."""
    content = dictionary_csv(release).encode()
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = get_conditional_response(request, etag=etag) or HttpResponse(content)
    response.headers["ETag"] = etag
    return _described(response, file_name(release, Format.DICTIONARY))


def _described(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Type and name of what is sent; a refusal or an answer without content stays as it is."""
    if response.status_code not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        return response
    ending = name.rpartition(".")[2]
    media_type = (
        MEDIA_TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    )
    charset = "; charset=utf-8" if ending in ("csv", "json", "jsonl") else ""
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


def _no_geojson(request: HttpRequest, release: Release) -> HttpResponse:
    return explained(
        request,
        title=_("Không có tệp GeoJSON"),
        reason=_("Bảng này không có cột hình học hay cột vĩ độ và kinh độ. Hãy tải CSV hoặc JSON."),
        status=404,
        dataset=release.resource.dataset,
    )


def _refused(
    request: HttpRequest, release: Release, error: CodedError, status: int
) -> HttpResponse:
    columns = table_columns(release.resource, release)
    title = _("Không xuất được tệp") if status == 503 else _("Không lọc được bảng")
    return explained(request, title=title, reason=sentence(error, columns), status=status)
