"""The WSGI application behind an ASGI server: what it is told, how its answer goes out."""

import asyncio
import contextvars
import io
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import get_language, override

from portal.door.bodies import Body, Receive
from portal.door.limits import Pace

Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[..., Iterable[bytes]]
InThread = Callable[..., Awaitable[Any]]  # runs a function in one of the threads

PIECE = 256 * 1024  # bytes handed to the server at once
# How slowly an answer may be taken; whoever takes it slower gets no more.
TAKING = Pace(seconds=60, bytes_per_second=8_000, idle=60)


class Arriving(io.RawIOBase):
    """`wsgi.input` of a body that is still coming, read by a thread; `failure`: why it ended early."""

    def __init__(self, body: Body, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._body = body
        self._loop = loop
        self._kept = b""
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Some bytes, at most `size`; b"" at the end. Raises OSError where no more will come."""
        if not self._kept:
            self._kept = self._some()
        end = len(self._kept) if size is None or size < 0 else size
        piece, self._kept = self._kept[:end], self._kept[end:]
        return piece

    def _some(self) -> bytes:
        try:
            return asyncio.run_coroutine_threadsafe(self._body.some(), self._loop).result()
        except Exception as error:
            self.failure = error
            raise OSError(f"the body ended: {error!r}") from error


class Answer:
    """One answer. No thread waits for who takes it: what is streamed is made piece by piece.

    `in_thread`: where the pieces are made.
    """

    def __init__(self, receive: Receive, send: Send, in_thread: InThread) -> None:
        self.closes = False
        self._receive = receive
        self._send = send
        self._in_thread = in_thread
        self._start: dict[str, Any] = {}
        self._made: Iterable[bytes] = ()
        self._pieces: Iterator[bytes] = iter(())
        self._context = contextvars.Context()
        self._language: str | None = None
        self._ready = b""
        self._is_whole = True  # nothing comes behind what is ready
        self._sent, self._waited = 0, 0.0

    def make(self, application: Application, environ: dict[str, Any]) -> None:
        """Run the application, in a thread, up to the first piece of what it streams."""
        self._made = application(environ, self._begin)
        try:
            if getattr(self._made, "streaming", True):
                # What the request has set holds for the later pieces, too, whatever thread makes them;
                # Django keeps its language by thread.
                self._context, self._language = contextvars.copy_context(), get_language()
                self._pieces, self._is_whole = iter(self._made), False
                self._context.run(self._make_ready)
            else:
                self._ready = b"".join(self._made)
        except BaseException:
            self._close()
            raise
        if self._is_whole:
            self._close()

    async def finish(self) -> None:
        """Send it all, as fast as it is taken. Raises TimeoutError, ConnectionError."""
        is_whole = self._is_whole
        if is_whole:
            await self._put(self._start)
            await self._put({"type": "http.response.body", "body": self._ready})
            return
        leaving = asyncio.create_task(self._wait_for_leaving())
        try:
            await self._put(self._start)
            while not self._is_whole:
                await self._put(self._piece(more=True))
                if leaving.done():
                    raise ConnectionAbortedError("the client has gone")
                await self._in_thread(self._context.run, self._make_ready)
            await self._put(self._piece(more=False))
        finally:
            leaving.cancel()
            await self._in_thread(self._context.run, self._close)

    def _make_ready(self) -> None:
        kept: list[bytes] = []
        size = 0
        with override(self._language):
            for piece in self._pieces:
                kept.append(piece)
                size += len(piece)
                if size >= PIECE:
                    break
            else:
                self._is_whole = True
        self._ready = b"".join(kept)

    def _piece(self, *, more: bool) -> dict[str, Any]:
        return {"type": "http.response.body", "body": self._ready, "more_body": more}

    async def _put(self, message: dict[str, Any]) -> None:
        begun = time.monotonic()
        async with asyncio.timeout(TAKING.patience(self._sent, self._waited)):
            await self._send(message)
        self._waited += time.monotonic() - begun
        self._sent += len(message.get("body", b""))

    def _close(self) -> None:
        made, self._made = self._made, ()
        if close := getattr(made, "close", None):
            close()

    def _begin(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        fields = [
            (key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in headers
        ]
        if self.closes:
            fields.append((b"connection", b"close"))
        self._start = {"type": "http.response.start", "status": int(status[:3]), "headers": fields}

    async def _wait_for_leaving(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


COMMON: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}


def environ_of(scope: dict[str, Any], body: object, length: int) -> dict[str, Any]:
    """What PEP 3333 tells an application, from what ASGI tells."""
    host, port = scope.get("server") or ("localhost", 0)
    client = scope.get("client") or ("", 0)
    environ = {
        **COMMON,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": client[0],
        "CONTENT_LENGTH": str(length),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1").lower(), value.decode("latin-1"))
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    if name == "content-type":
        environ["CONTENT_TYPE"] = value
    # A name with "_" would be taken for the one with "-", which a proxy may have set.
    elif name != "content-length" and "_" not in name:
        key = f"HTTP_{name.upper().replace('-', '_')}"
        joint = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
