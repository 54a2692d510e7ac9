"""Reading the body of one request while no thread waits for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from portal.door.limits import Limits

Receive = Callable[[], Awaitable[dict[str, Any]]]
# What is refused is still received, so that the browser comes to read why: so much at most.
PASSED_OVER = 64 * 1024**2


class Unreadable(Exception):
    """Why a body was not taken: `why` is "too_large", "too_slow", "busy" or "no_length"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Gone(Exception):
    """The client has closed the connection."""


class Body:
    """The bytes as they come; `length` as announced, None for a body sent in chunks."""

    def __init__(self, receive: Receive, limits: Limits, length: int | None) -> None:
        self.length = length
        self.has_ended = length == 0
        self.received = 0
        self._receive = receive
        self._limits = limits
        self._begun: float | None = None

    def check_length(self) -> None:
        """Raises Unreadable for an announced length that is too large, before a byte is read."""
        if self.length is not None and self.length > self._limits.most:
            raise Unreadable("too_large")

    async def some(self) -> bytes:
        """The next bytes, as many as have come; b"" at the end. Raises Unreadable, Gone."""
        while not self.has_ended:
            piece = await self._next()
            if self.received > self._limits.most:
                raise Unreadable("too_large")
            if piece:
                return piece
        return b""

    async def pass_over(self) -> None:
        """Receive the rest and keep nothing: a browser reads no answer before it has sent all."""
        most = max(PASSED_OVER, 2 * self._limits.most)
        try:
            while not self.has_ended and self.received < most:
                await self._next()
        except (Unreadable, Gone):
            return

    async def _next(self) -> bytes:
        now = time.monotonic()
        self._begun = self._begun or now
        patience = self._limits.pace.patience(self.received, now - self._begun)
        try:
            async with asyncio.timeout(patience):
                message = await self._receive()
        except TimeoutError:
            self.has_ended = True
            raise Unreadable("too_slow") from None
        if message["type"] == "http.disconnect":
            self.has_ended = True
            raise Gone
        piece: bytes = message.get("body", b"")
        self.received += len(piece)
        self.has_ended = not message.get("more_body", False)
        return piece
