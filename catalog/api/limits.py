"""How much one caller may ask for: a count for each minute, kept in the cache all processes share.

Header fields as in draft-ietf-httpapi-ratelimit-headers-10; the unit is a request, and an export of
a whole result counts as several.
"""

import ipaddress
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from accounts.origin import current_origin
from catalog.api.problems import Problem
from portal import clock

WINDOW = 60  # seconds
EXPORT_COST = 10  # a whole table costs the server about as much as so many pages
POLICY = "minute"
logger = structlog.get_logger(__name__)


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
    """Take `cost` from the caller's minute; None when there is no limit.

    A cache that does not answer limits nobody: /readyz tells of it.
    """
    quota = settings.API_REQUESTS_PER_MINUTE
    if not quota:
        return None
    now = clock.now().timestamp()
    minute = int(now // WINDOW)
    try:
        spent = _add(f"api-limit:{caller()}:{minute}", cost)
    except RedisError as error:
        logger.warning("api_limit_unavailable", error=type(error).__name__)
        return None
    return Allowance(quota, quota - spent, int((minute + 1) * WINDOW - now) + 1)


def charge(cost: int) -> dict[str, str]:
    """Take `cost` from the caller's minute; the fields that say what is left. Raises the problem 429."""
    allowance = spend(cost)
    if allowance is None:
        return {}
    allowance.check()
    return allowance.headers


def _add(key: str, cost: int) -> int:
    """Adding to what is there is one step in Redis: two callers never see the same number."""
    try:
        return cache.incr(key, cost)
    except ValueError:  # the first of the minute
        cache.add(key, 0, timeout=2 * WINDOW)
        return cache.incr(key, cost)


def caller() -> str:
    """The caller's address; of IPv6 the network of one customer (RFC 6177), who has all of it."""
    try:
        address = ipaddress.ip_address(current_origin().address or "")
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
