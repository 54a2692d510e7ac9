"""The Redis of the gateway: without it calls are neither counted nor recorded, but answered."""

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from redis import Redis, RedisError

from catalog import usage

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")
SECONDS_LEFT_ALONE = 10.0  # a Redis that failed is not asked again at once
_silent_until = 0.0


def asked(question: Callable[[Redis], Answer], *, lost: str) -> Answer | None:
    """What Redis answers; None while it does not. `lost` names in the log what that costs."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return None
    try:
        return question(usage.redis())
    except RedisError as error:
        _silent_until = time.monotonic() + SECONDS_LEFT_ALONE
        log.warning(lost, error=type(error).__name__)
        return None
