"""The WSGI application behind an ASGI server: what it is told, how its answer goes out."""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from portal.door.bodies import Body, Receive

Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[..., Iterable[bytes]]

PIECE = 64 * 1024  # bytes handed to the server at once
# Whoever takes less than a piece in so many seconds gets no more: a thread waits for him.
SEND_SECONDS = 60.0


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
    """One answer. What is whole leaves when its thread is free again; what is streamed, piece by piece."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.closes = False
        self._receive = receive
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._start: dict[str, Any] = {}
        self._rest = b""
        self._is_begun = False
        self._leaving: asyncio.Task[None] | None = None

    def make(self, application: Application, environ: dict[str, Any]) -> None:
        """Run the application, in a thread. Raises OSError where the client has gone or stalls."""
        made = application(environ, self._begin)
        try:
            if getattr(made, "streaming", True):
                self._stream(made)
            else:
                self._rest = b"".join(made)
        finally:
            if close := getattr(made, "close", None):
                close()

    async def finish(self) -> None:
        """Send what `make` has left."""
        if self._leaving:
            self._leaving.cancel()
        if not self._is_begun:
            await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._rest})

    def _begin(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        fields = [
            (key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in headers
        ]
        if self.closes:
            fields.append((b"connection", b"close"))
        self._start = {"type": "http.response.start", "status": int(status[:3]), "headers": fields}

    def _stream(self, pieces: Iterable[bytes]) -> None:
        kept: list[bytes] = []
        size = 0
        for piece in pieces:
            kept.append(piece)
            size += len(piece)
            if size >= PIECE:
                put = self._put(b"".join(kept))
                asyncio.run_coroutine_threadsafe(put, self._loop).result()
                kept, size = [], 0
        self._rest = b"".join(kept)

    async def _put(self, piece: bytes) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            if not self._is_begun:
                self._is_begun = True
                self._leaving = self._loop.create_task(self._wait_for_leaving())
                await self._send(self._start)
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        if self._leaving and self._leaving.done():
            raise ConnectionAbortedError("the client has gone")

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
