"""Counting how data are used: one number per table, day, way and format, and nothing about people.

What is counted: a page, file or answer that somebody asked for with GET and was given, be it that he
broke off half way. What is not: HEAD and 304 (nothing was sent), the later pieces of a file taken in
pieces, refusals, pages a browser fetches in advance, and programs that call themselves robots in
User-Agent (read, never kept). A page looked at again, sorted or turned over counts again.

Counts gather in the process for a second, then in a hash of Redis, from where catalog.actions.usage
moves them into PostgreSQL. A Redis that fails or a process that is killed costs counts, never a page.
"""

import re
import threading
import time
from collections import Counter
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from catalog.models import ResourceUsage
from core import clock

log = structlog.get_logger(__name__)
Kind = ResourceUsage.Kind
Response = TypeVar("Response", bound=HttpResponseBase)

OPEN = "usage:open"  # fields "day|resource|kind|format"
SECONDS_GATHERED = 1.0
SECONDS_TO_ANSWER = 1.0
SECONDS_LEFT_ALONE = 10.0  # a Redis that failed is not asked again at once
ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|facebookexternalhit", re.IGNORECASE)


def counted(
    request: HttpRequest, response: Response, resource_id: UUID, kind: Kind, format: str = ""
) -> Response:
    """The response, which will be counted once it has been sent, if it is one that counts."""
    if _asked_by_somebody(request):
        # Django closes a response after its last byte has gone to the server: nobody waits for this.
        response._resource_closers.append(  # type: ignore[attr-defined]
            lambda: count(resource_id, kind, format) if _was_sent(response) else None
        )
    return response


def count(resource_id: UUID, kind: Kind, format: str = "") -> None:
    """Count one use, today. Never raises: where Redis fails the use is lost, and that is logged."""
    _gathered.add(field(resource_id, kind, format))


def field(resource_id: UUID, kind: Kind, format: str) -> str:
    return f"{clock.today().isoformat()}|{resource_id}|{kind}|{format}"


@lru_cache(maxsize=1)
def redis() -> Redis:
    """The Redis that keeps queued jobs too: unlike the cache it never throws anything away."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=SECONDS_TO_ANSWER,
        socket_connect_timeout=SECONDS_TO_ANSWER,
        retry=Retry(NoBackoff(), 1),  # a connection that had gone stale is opened again
        decode_responses=True,
    )


class _Gathered:
    """Uses of the last moments: a command to Redis for each would cost more than counting them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._sending: threading.Timer | None = None

    def add(self, field: str) -> None:
        with self._lock:
            self._counts[field] += 1
            if self._sending is None and SECONDS_GATHERED:
                # No daemon: a process that ends in order waits for it.
                self._sending = threading.Timer(SECONDS_GATHERED, self.send)
                self._sending.start()
        if not SECONDS_GATHERED:
            self.send()

    def send(self) -> None:
        with self._lock:
            counts, self._counts, self._sending = self._counts, Counter(), None
        lost = counts.total()
        if _outage.lasts(lost):
            return
        try:
            with redis().pipeline(transaction=False) as pipeline:
                for field, number in counts.items():
                    pipeline.hincrby(OPEN, field, number)
                pipeline.execute()
        except RedisError as error:
            _outage.began(error, lost)
        else:
            _outage.is_over()


_gathered = _Gathered()


def _asked_by_somebody(request: HttpRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    robot = ROBOTS.search(request.headers.get("User-Agent", ""))
    return request.method == "GET" and "prefetch" not in purpose and robot is None


def _was_sent(response: HttpResponseBase) -> bool:
    if response.status_code == 206:
        return response.headers.get("Content-Range", "").startswith("bytes 0-")
    return response.status_code == 200


class _Outage:
    """A time without Redis in this process: logged when it begins, with what it cost when it is over."""

    def __init__(self) -> None:
        self.lost = 0
        self.until = 0.0

    def lasts(self, lost: int) -> bool:
        if time.monotonic() >= self.until:
            return False
        self.lost += lost
        return True

    def began(self, error: RedisError, lost: int) -> None:
        if not self.lost:
            log.warning("usage_not_counted", error=str(error))
        self.lost += lost
        self.until = time.monotonic() + SECONDS_LEFT_ALONE

    def is_over(self) -> None:
        if self.lost:
            log.warning("usage_counted_again", lost=self.lost)
            self.lost = 0


_outage = _Outage()
