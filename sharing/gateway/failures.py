"""Guessing at secrets is slowed down: so many requests for a token from one address, and so many failures."""

from redis import Redis

from catalog.api.limits import CountsHere, caller
from portal import clock
from sharing.gateway.redis_calls import asked

WINDOW = 300  # seconds
MOST_FAILURES = 20
# A secret takes a third of a second to check, a token lives a quarter of an hour; a platform that
# speaks for many agencies has one address.
MOST_REQUESTS = 300
_here = CountsHere(WINDOW)  # while Redis does not answer


def wait_before_asking() -> int:
    """Count a request for a token; the seconds its sender has to wait, 0 when he may go on."""
    counts = asked(_count_request, failing="gateway_tokens_not_counted")
    if counts is None:
        counts = _here.add(_key("asked")), _here.of(_key("failed"))
    if counts[0] <= MOST_REQUESTS and counts[1] < MOST_FAILURES:
        return 0
    return WINDOW - int(clock.now().timestamp()) % WINDOW


def note_failure() -> None:
    """Somebody at this address did not know a secret."""
    if not asked(lambda redis: _add(redis, "failed"), failing="gateway_failure_not_counted"):
        _here.add(_key("failed"))


def _count_request(redis: Redis) -> tuple[int, int]:
    with redis.pipeline() as pipe:
        pipe.incr(_key("asked"))
        pipe.expire(_key("asked"), 2 * WINDOW)
        pipe.get(_key("failed"))
        asked_for, _expires, failed = pipe.execute()
    return int(asked_for), int(failed or 0)


def _add(redis: Redis, what: str) -> bool:
    with redis.pipeline() as pipe:
        pipe.incr(_key(what))
        pipe.expire(_key(what), 2 * WINDOW)
        pipe.execute()
    return True


def _key(what: str) -> str:
    return f"gateway:{what}:{caller()}:{int(clock.now().timestamp()) // WINDOW}"
