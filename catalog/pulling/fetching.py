"""One GET onto disk: so much and no further."""

import hashlib
import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from catalog.pulling.connection import Limits, TimeLeft, answered
from catalog.pulling.failures import Failed
from catalog.pulling.guard import Allowance, Target, resolve

MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
PIECE = 1 << 16
_CODES = {401: "denied", 403: "denied", 404: "not_found", 410: "not_found", 429: "too_many"}


@dataclass(frozen=True)
class Ask:
    """What to get. `secret`: a header for the first address alone, not for where it redirects to.

    `etag`, `last_modified`: of the file we have; the server may answer that it is still the same.
    """

    url: str
    secret: tuple[str, str] | None = field(default=None, repr=False)
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Answer:
    """What came. `same`: the server says that the file we have is still good, nothing was written."""

    status: int
    content_type: str = ""
    name: str = ""  # the last part of the path the file came from
    size: int = 0
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def same(self) -> bool:
        return self.status == http.client.NOT_MODIFIED


def fetch(ask: Ask, target: Path, *, allowance: Allowance, limits: Limits) -> Answer:
    """GET `ask.url` into the file `target`. Raises Failed; the file may then hold a part."""
    clock = TimeLeft(limits.seconds)
    url, origin = ask.url, None
    for _redirect in range(MOST_REDIRECTS + 1):
        place = resolve(url, allowance)
        origin = origin or place.origin
        headers = _headers(ask, place, with_secret=place.origin == origin)
        with answered(place, headers, limits, clock) as response:
            if response.status not in REDIRECTS:
                return _received(response, place, ask, target, limits)
            url = _onward(url, response)
    raise Failed("redirects", limit=MOST_REDIRECTS)


def _headers(ask: Ask, place: Target, *, with_secret: bool) -> Mapping[str, str]:
    headers = {
        "Host": place.host_header,
        "User-Agent": "kho-du-lieu-nghe-an",
        "Accept": "text/csv, application/json, application/vnd.ms-excel, */*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if ask.etag:
        headers["If-None-Match"] = ask.etag
    if ask.last_modified:
        headers["If-Modified-Since"] = ask.last_modified
    if ask.secret and with_secret:
        headers[ask.secret[0]] = ask.secret[1]
    return headers


def _onward(url: str, response: http.client.HTTPResponse) -> str:
    location = response.headers.get("Location", "")
    if not location:
        raise Failed("redirect_nowhere", status=response.status)
    return urljoin(url, location)


def _received(
    response: http.client.HTTPResponse, place: Target, ask: Ask, target: Path, limits: Limits
) -> Answer:
    status = response.status
    if status == http.client.NOT_MODIFIED and (ask.etag or ask.last_modified):
        return Answer(status)
    if status != http.client.OK:
        fallback = "server_error" if status >= http.client.INTERNAL_SERVER_ERROR else "status"
        raise Failed(_CODES.get(status, fallback), status=status, number=status)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Failed("encoded", status=status)
    size, sha256 = _write(response, target, limits)
    if _is_page(response, target):
        raise Failed("web_page", status=status)
    return Answer(
        status=status,
        content_type=response.headers.get_content_type(),
        name=urlsplit(place.path).path.rsplit("/", 1)[-1],
        size=size,
        sha256=sha256,
        etag=response.headers.get("ETag", "")[:300],
        last_modified=response.headers.get("Last-Modified", "")[:100],
    )


def _write(response: http.client.HTTPResponse, target: Path, limits: Limits) -> tuple[int, str]:
    """Bytes written and their SHA-256. What is too large is not read on."""
    megabytes = max(limits.size >> 20, 1)
    declared = response.length
    if declared is not None and declared > limits.size:
        raise Failed("too_large", status=response.status, limit=megabytes)
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while piece := response.read(PIECE):
            size += len(piece)
            if size > limits.size:
                raise Failed("too_large", status=response.status, limit=megabytes)
            digest.update(piece)
            file.write(piece)
    if response.length:
        raise Failed("cut_off", status=response.status)
    if not size:
        raise Failed("empty", status=response.status)
    return size, digest.hexdigest()


def _is_page(response: http.client.HTTPResponse, target: Path) -> bool:
    """A page for people, such as a sign-in form, where data were asked for."""
    with target.open("rb") as file:
        start = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    declared = response.headers.get_content_type() in ("text/html", "application/xhtml+xml")
    return start.startswith((b"<!doctype html", b"<html")) or (declared and start.startswith(b"<"))
