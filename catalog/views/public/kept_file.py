"""A file that lies ready, whole or in part (RFC 9110, 13 conditional and 14 range requests).

Sent by the kernel where a reverse proxy shares the data folder (setting FILES_BY_PROXY): the site
answers with X-Accel-Redirect and the proxy, which knows ranges itself, sends the file. Otherwise
the file goes through this process in large pieces: the web server has no sendfile.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

PIECE = 1 << 18  # bytes
_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


class WholeFile(FileResponse):
    """In larger pieces than Django's: a quarter of a megabyte costs an eighth of the time of 4 kB."""

    block_size = PIECE


@dataclass(frozen=True)
class Part:
    """The bytes from `first` to `last`, which is one of them."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The part asked for lies beyond the end of the file."""


def kept_file(
    request: HttpRequest, path: Path, *, etag: str, modified: datetime | None
) -> HttpResponseBase:
    """200, 206, 304, 412 or 416. `etag` is a strong one; content under it never changes."""
    moment = int(modified.timestamp()) if modified else None
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=moment
    )
    if response is None:
        response = _sent_by_proxy(path) or _sent(request, path, etag, moment)
    response.headers["ETag"] = etag
    if moment is not None:
        response.headers["Last-Modified"] = http_date(moment)
    return response


def is_later_piece(request: HttpRequest) -> bool:
    """Whether a piece is asked for that does not begin with the first byte."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    return match is not None and any(match.groups()) and match[1].strip("0") != ""


def _sent_by_proxy(path: Path) -> HttpResponse | None:
    """Only files below the data folder, which is what the proxy shares."""
    if not settings.FILES_BY_PROXY or not path.is_relative_to(settings.PORTAL_DATA):
        return None
    below = path.relative_to(settings.PORTAL_DATA).as_posix()
    address = f"{settings.FILES_BY_PROXY.rstrip('/')}/{quote(below)}"
    return HttpResponse(headers={"X-Accel-Redirect": address})


def _sent(request: HttpRequest, path: Path, etag: str, moment: int | None) -> HttpResponseBase:
    size = path.stat().st_size
    try:
        part = _part(request, size, etag, moment)
    except Unsatisfiable:
        return HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        )
    response = _body(request, path, part, size)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _body(request: HttpRequest, path: Path, part: Part | None, size: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(size)})
    if part is None:
        return WholeFile(path.open("rb"))
    file = path.open("rb")
    response = StreamingHttpResponse(_pieces(file, part), status=206)
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    response.headers["Content-Length"] = str(part.length)
    return response


def _part(request: HttpRequest, size: int, etag: str, moment: int | None) -> Part | None:
    """The one part asked for; None: the whole file, as for several parts or for what is no range.

    Raises Unsatisfiable.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or not any(match.groups()):
        return None
    if not _is_still(request.headers.get("If-Range"), etag, moment):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        if not length:
            raise Unsatisfiable
        return Part(size - length, size - 1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return Part(int(first), min(int(last), size - 1) if last else size - 1)


def _is_still(if_range: str | None, etag: str, moment: int | None) -> bool:
    """Whether the client's other parts are of this same file (RFC 9110, 13.1.5)."""
    if if_range is None or if_range == etag:
        return True
    return moment is not None and if_range == http_date(moment)


def _pieces(file: BinaryIO, part: Part) -> Iterator[bytes]:
    file.seek(part.first)
    left = part.length
    while left and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece
