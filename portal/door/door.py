"""One request after another: which threads take it, and when."""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from portal.door.answers import Answer, Application, Arriving, Send, environ_of
from portal.door.bodies import Body, Gone, Receive, Unreadable
from portal.door.limits import ANONYMOUS, limits_of

# Threads of each process: those that make pages, and those that take files in.
PAGE_THREADS = 4
FILE_THREADS = 4
# More files at one time than these and so many waiting are asked to come later.
FILES_WAITING = 8
# Bytes of all bodies held in memory that are larger than what anybody may send.
LARGE_BODIES = 64 * 1024**2
WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")


class Door:
    """One process's requests."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._pages = ThreadPoolExecutor(PAGE_THREADS, "page")
        self._files = ThreadPoolExecutor(FILE_THREADS, "file")
        self._files_in_hand = 0
        self._large_bodies = 0

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            await self._answer(scope, receive, send)
        except (Gone, TimeoutError, ConnectionError):
            return  # there is nobody to tell; the server closes the connection

    async def _answer(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        answer = Answer(receive, send, self._in_page_thread)
        if scope["method"] in WITHOUT_BODY:
            await self._make(answer, environ_of(scope, io.BytesIO(), 0))
            return await answer.finish()
        headers = dict(scope["headers"])
        limits = limits_of(scope["path"], headers.get(b"cookie", b"").decode("latin-1"))
        body = Body(receive, limits, _length(headers))
        try:
            body.check_length()
            if limits.holds_file:
                await self._take_file(scope, body, answer)
            else:
                await self._take_form(scope, body, answer)
        except Unreadable as unreadable:
            answer.closes = True
            environ = environ_of(scope, io.BytesIO(), 0)
            await self._make(answer, {**environ, "portal.unreadable": unreadable.why})
        if b"expect" not in headers:  # who asks before he sends need not send
            await body.pass_over()
        await answer.finish()
        return None

    async def _make(self, answer: Answer, environ: dict[str, Any], files: bool = False) -> None:
        threads = self._files if files else self._pages
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, answer.make, self._application, environ)

    async def _in_page_thread(self, function: Callable[..., object], *given: object) -> object:
        return await asyncio.get_running_loop().run_in_executor(self._pages, function, *given)

    async def _take_form(self, scope: dict[str, Any], body: Body, answer: Answer) -> None:
        """The whole body first, then a thread."""
        pieces: list[bytes] = []
        held = 0
        try:
            while piece := await body.some():
                pieces.append(piece)
                if body.received > ANONYMOUS.most:
                    self._large_bodies += body.received - held
                    held = body.received
                    if self._large_bodies > LARGE_BODIES:
                        raise Unreadable("busy")
            content = io.BytesIO(b"".join(pieces))
            await self._make(answer, environ_of(scope, content, body.received))
        finally:
            self._large_bodies -= held

    async def _take_file(self, scope: dict[str, Any], body: Body, answer: Answer) -> None:
        """A thread of those for files reads the bytes as they come, and may stop before the end."""
        if body.length is None:
            raise Unreadable("no_length")
        if self._files_in_hand >= FILE_THREADS + FILES_WAITING:
            raise Unreadable("busy")
        self._files_in_hand += 1
        arriving = Arriving(body, asyncio.get_running_loop())
        try:
            await self._make(answer, environ_of(scope, arriving, body.length), files=True)
        except OSError:
            if arriving.failure is None:
                raise
        finally:
            self._files_in_hand -= 1
        if arriving.failure:  # whatever the page made of half a body
            raise arriving.failure


def _length(headers: dict[bytes, bytes]) -> int | None:
    """The announced length; 0 where neither a length nor chunks are announced."""
    if b"transfer-encoding" in headers:
        return None
    return int(headers.get(b"content-length", b"0") or 0)
