"""How much one caller may ask for: a count for each minute, kept in the cache all processes share.

While that does not answer, each process counts for itself: data that are open are given all the same.

Header fields as in draft-ietf-httpapi-ratelimit-headers-10; the unit is a request, and an export of
a whole result counts as several.
"""

import threading
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from accounts.origin import current_origin
from catalog.api.problems import Problem
from core import clock

WINDOW = 60  # seconds
EXPORT_COST = 10  # a whole table costs the server about as much as so many pages
POLICY = "minute"


@dataclass(frozen=True)
class Allowance:
    """What is left of the caller's minute, and how many seconds until the next one."""

    quota: int
    left: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{POLICY}";q={self.quota};w={WINDOW}',
            "RateLimit": f'"{POLICY}";r={max(self.left, 0)};t={self.reset}',
        }

    def check(self) -> None:
        """Raises the problem 429 when nothing is left."""
        if self.left >= 0:
            return
        raise Problem(
            "too-many-requests",
            _(
                "Mỗi địa chỉ được gửi %(quota)d yêu cầu trong một phút. "
                "Hãy thử lại sau %(seconds)d giây."
            )
            % {"quota": self.quota, "seconds": self.reset},
            headers={"Retry-After": str(self.reset)},
        )


def spend(cost: int = 1) -> Allowance | None:
    """Take `cost` from the caller's minute; None when there is no limit."""
    quota = settings.API_REQUESTS_PER_MINUTE
    if not quota:
        return None
    now = clock.now().timestamp()
    minute = int(now // WINDOW)
    key = f"api-limit:{current_origin().network}:{minute}"
    try:
        spent = _add(key, cost)
    except RedisError:
        spent = _here.add(key, cost)
    return Allowance(quota, quota - spent, int((minute + 1) * WINDOW - now) + 1)


def charge(cost: int) -> dict[str, str]:
    """Take `cost` from the caller's minute; the fields that say what is left. Raises the problem 429."""
    allowance = spend(cost)
    if allowance is None:
        return {}
    allowance.check()
    return allowance.headers


class CountsHere:
    """Counts of this process alone, forgotten after `window` seconds."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._lock = threading.Lock()
        self._now = 0
        self._counts: Counter[str] = Counter()

    def add(self, key: str, number: int = 1) -> int:
        """What has been counted under the key with this."""
        with self._lock:
            now = int(clock.now().timestamp() // self._window)
            if now != self._now:
                self._now, self._counts = now, Counter()
            self._counts[key] += number
            return self._counts[key]

    def of(self, key: str) -> int:
        return self.add(key, 0)


_here = CountsHere(WINDOW)


def _add(key: str, cost: int) -> int:
    """Adding to what is there is one step in Redis: two callers never see the same number."""
    try:
        return cache.incr(key, cost)
    except ValueError:  # the first of the minute
        cache.add(key, 0, timeout=2 * WINDOW)
        return cache.incr(key, cost)
