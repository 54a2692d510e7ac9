"""One GET and the head of its answer: to the addresses that were looked at, so long and no longer.

`http.client` and not a library above it: here the socket is ours, so that the address is the checked
one and a server that drips a byte now and then is cut off when the time is up.
"""

import errno
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from catalog.pulling.failures import Failed
from catalog.pulling.guard import Target

CONNECT_SECONDS = 10
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


@dataclass(frozen=True)
class Limits:
    """`size` in bytes, `seconds` for the whole: names, redirects, TLS, headers, body."""

    size: int
    seconds: float
    connect_seconds: float = CONNECT_SECONDS
    ca_file: str = ""  # certificates trusted beside those of the system


class TimeLeft:
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
def answered(
    place: Target, headers: Mapping[str, str], limits: Limits, clock: TimeLeft
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

    def __init__(self, place: Target, limits: Limits, clock: TimeLeft) -> None:
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
