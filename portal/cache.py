"""The cache in Redis, without which every page is drawn all the same, only more slowly."""

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")
SECONDS_LEFT_ALONE = 2.0  # a Redis that failed is not asked again at once
SECONDS_KEPT = 60  # the copy of a session


class _Outage:
    """What this process knows of a time without Redis; each thread has a cache object of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.until = 0.0
        # Changed or deleted meanwhile: what Redis brings back under these keys is out of date.
        self.stale: set[str] = set()

    def began(self, error: RedisError) -> None:
        log.warning("cache_away", error=type(error).__name__)
        self.until = time.monotonic() + SECONDS_LEFT_ALONE

    def changed(self, keys: Iterable[str]) -> None:
        with self.lock:
            self.stale.update(keys)

    def taken(self) -> set[str]:
        with self.lock:
            stale, self.stale = self.stale, set()
            return stale


_outage = _Outage()


class OutageCache(RedisCache):
    """Finds nothing and keeps nothing while Redis is away.

    `add` says then that the key was free: who takes a lock in the cache goes on without it. Only a count
    cannot go on: `incr` raises RedisError.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._asked(partial(super().add, key, value, timeout, version), True)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._asked(partial(super().get, key, default, version), default)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        self._changed(partial(super().set, key, value, timeout, version), None, [key], version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._asked(partial(super().touch, key, timeout, version), False)

    def delete(self, key: Any, version: Any = None) -> Any:
        return self._changed(partial(super().delete, key, version), False, [key], version)

    def get_many(self, keys: Iterable[Any], version: Any = None) -> Any:
        return self._asked(partial(super().get_many, keys, version), {})

    def has_key(self, key: Any, version: Any = None) -> Any:
        return self._asked(partial(super().has_key, key, version), False)

    def set_many(
        self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> Any:
        keys = list(data)
        return self._changed(partial(super().set_many, data, timeout, version), keys, keys, version)

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        keys = list(keys)
        self._changed(partial(super().delete_many, keys, version), None, keys, version)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        return self._tried(partial(super().incr, key, delta, version))

    def _changed(
        self, change: Callable[[], Answer], without: Answer, keys: list[Any], version: Any
    ) -> Answer:
        try:
            return self._tried(change)
        except RedisError:
            _outage.changed(self.make_and_validate_key(key, version=version) for key in keys)
            return without

    def _asked(self, question: Callable[[], Answer], without: Answer) -> Answer:
        try:
            return self._tried(question)
        except RedisError:
            return without

    def _tried(self, question: Callable[[], Answer]) -> Answer:
        """Raises RedisError, at once when Redis has failed a moment ago."""
        if time.monotonic() < _outage.until:
            raise RedisError("left alone for a moment")
        try:
            self._delete_stale()
            return question()
        except RedisError as error:
            _outage.began(error)
            raise

    def _delete_stale(self) -> None:
        if not _outage.stale:
            return
        stale = _outage.taken()
        try:
            self._cache.delete_many(stale)
        except RedisError:
            _outage.changed(stale)
            raise


class SessionCopies(OutageCache):
    """Copies of sessions, which lie in the database; a copy lives for a minute.

    A session that ended while Redis was away ends for good: the process that ended it deletes the copy as
    soon as Redis is back, and should it die before, the copy is gone a minute after it was made.
    """

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> int:
        given = super().get_backend_timeout(timeout)
        return SECONDS_KEPT if given is None else int(min(given, SECONDS_KEPT))
