"""The Redis of the gateway, asked with little patience: each user of it says what holds without an answer."""

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from redis import Redis, RedisError

from catalog import usage

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")
SECONDS_LEFT_ALONE = 2.0  # a Redis that failed is not asked again at once
_silent_until = 0.0


def asked(question: Callable[[Redis], Answer], *, failing: str) -> Answer | None:
    """What Redis answers; None while it does not. `failing` names in the log what could not be done."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return None
    try:
        return question(usage.redis())
    except RedisError as error:
        _silent_until = time.monotonic() + SECONDS_LEFT_ALONE
        log.warning(failing, error=type(error).__name__)
        return None
