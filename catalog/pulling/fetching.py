"""One GET onto disk: to the addresses that were looked at, so long, so much, and no further.

`http.client` and not a library above it: here the socket is ours, so that the address is the checked
one and a server that drips a byte now and then is cut off when the time is up.
"""

import errno
import hashlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from catalog.pulling.failures import Failed
from catalog.pulling.guard import Allowance, Target, resolve

MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
CONNECT_SECONDS = 10
PIECE = 1 << 16
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
_CODES = {401: "denied", 403: "denied", 404: "not_found", 410: "not_found", 429: "too_many"}


@dataclass(frozen=True)
class Limits:
    """`size` in bytes, `seconds` for the whole: names, redirects, TLS, headers, body."""

    size: int
    seconds: float
    connect_seconds: float = CONNECT_SECONDS
    ca_file: str = ""  # certificates trusted beside those of the system


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
    clock = _Time(limits.seconds)
    url, origin = ask.url, None
    for _redirect in range(MOST_REDIRECTS + 1):
        place = resolve(url, allowance)
        origin = origin or place.origin
        headers = _headers(ask, place, with_secret=place.origin == origin)
        with _asked(place, headers, limits, clock) as response:
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


class _Time:
    """The time for the whole; ends what is under way when it is up."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    @contextmanager
    def watching(self, connection: "_Pinned") -> Iterator[None]:
        watch = threading.Timer(max(self.left, 0.01), connection.cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


@contextmanager
def _asked(
    place: Target, headers: Mapping[str, str], limits: Limits, clock: _Time
) -> Iterator[http.client.HTTPResponse]:
    """The answer to one GET, its errors as Failed."""
    connection = _Pinned(place, limits, clock)
    response: http.client.HTTPResponse | None = None
    try:
        with clock.watching(connection):
            connection.connect()
            connection.putrequest("GET", place.path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            yield response
            if connection.is_cut:  # a body that ended because we ended it
                raise Failed("slow", seconds=round(limits.seconds))
    except (OSError, http.client.HTTPException, ValueError) as error:
        if getattr(error, "errno", None) in _OF_THE_DISK:
            raise
        if connection.is_cut or clock.left <= 0:
            raise Failed("slow", seconds=round(limits.seconds)) from None
        raise _failure(error, place) from None
    except Failed:
        if connection.is_cut:
            raise Failed("slow", seconds=round(limits.seconds)) from None
        raise
    finally:
        if response is not None:
            response.close()
        connection.close()


def _failure(error: Exception, place: Target) -> Failed:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failed("certificate", host=place.host)
    if isinstance(error, ssl.SSLError):
        return Failed("tls", host=place.host)
    if isinstance(error, TimeoutError):
        return Failed("no_answer", host=place.host)
    if isinstance(error, http.client.IncompleteRead):
        return Failed("cut_off")
    if isinstance(error, ConnectionError | OSError):
        return Failed("unreachable", host=place.host)
    return Failed("not_http", host=place.host)


class _Pinned(http.client.HTTPConnection):
    """A connection to the addresses that were looked at; TLS speaks and verifies the host's name."""

    def __init__(self, place: Target, limits: Limits, clock: _Time) -> None:
        super().__init__(place.host, place.port)
        self._place, self._limits, self._clock = place, limits, clock
        self._plain: socket.socket | None = None
        self.is_cut = False

    def connect(self) -> None:
        plain = self._first_that_answers()
        self._plain = plain
        plain.settimeout(max(self._clock.left, 0.01))
        if self._place.scheme == "https":
            context = _tls(self._limits.ca_file)
            self.sock = self._plain = context.wrap_socket(plain, server_hostname=self._place.host)
        else:
            self.sock = plain

    def close(self) -> None:
        super().close()
        if self._plain is not None:
            self._plain.close()

    def cut(self) -> None:
        """From another thread: whatever waits for the other side waits no longer."""
        self.is_cut = True
        if self._plain is not None:
            try:
                # Not SSLSocket's own, which takes the TLS state from under the thread that reads.
                socket.socket.shutdown(self._plain, socket.SHUT_RDWR)
            except OSError:
                return

    def _first_that_answers(self) -> socket.socket:
        problem: OSError = ConnectionError()
        for address in self._place.addresses:
            seconds = min(self._limits.connect_seconds, self._clock.left)
            if seconds <= 0:
                raise TimeoutError
            try:
                return socket.create_connection((address, self._place.port), seconds)
            except OSError as error:
                problem = error
        raise problem


def _tls(ca_file: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context
