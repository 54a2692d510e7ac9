"""Guessing at secrets is slowed down: so many requests for a token, and so many failures, from one network
with one client id. Who guesses at one account takes nothing from the others behind the same address."""

from redis import Redis

from accounts.actions.trials import note_failure as gather
from accounts.models import Proof
from accounts.origin import current_origin
from catalog.api.limits import CountsHere
from core import clock
from sharing.gateway.redis_calls import asked
from sharing.models import Credential

WINDOW = 300  # seconds
MOST_FAILURES = 20
# A secret takes a third of a second to check, a token lives a quarter of an hour.
MOST_REQUESTS = 300
UNKNOWN = "unknown"
_here = CountsHere(WINDOW)  # while Redis does not answer


def wait_before_asking(claimed: Credential | None) -> int:
    """Count a request for a token; the seconds its sender has to wait, 0 when he may go on.

    `claimed`: whose client id was sent; ids that are nobody's count together.
    """
    asked_for, failed = _key("asked", claimed), _key("failed", claimed)
    counts = asked(
        lambda redis: _count_request(redis, asked_for, failed), failing="gateway_tokens_not_counted"
    )
    if counts is None:
        counts = _here.add(asked_for), _here.of(failed)
    if counts[0] <= MOST_REQUESTS and counts[1] < MOST_FAILURES:
        return 0
    return WINDOW - int(clock.now().timestamp()) % WINDOW


def note_failure(claimed: Credential | None) -> None:
    """Somebody in this network did not know the secret; it goes into the audit trail, too."""
    key = _key("failed", claimed)
    if not asked(lambda redis: _add(redis, key), failing="gateway_failure_not_counted"):
        _here.add(key)
    account = claimed.account if claimed else None
    gather(proof=Proof.CLIENT_SECRET, target=account, agency=account.agency if account else None)


def _count_request(redis: Redis, asked_key: str, failed_key: str) -> tuple[int, int]:
    with redis.pipeline() as pipe:
        pipe.incr(asked_key)
        pipe.expire(asked_key, 2 * WINDOW)
        pipe.get(failed_key)
        asked_for, _expires, failed = pipe.execute()
    return int(asked_for), int(failed or 0)


def _add(redis: Redis, key: str) -> bool:
    with redis.pipeline() as pipe:
        pipe.incr(key)
        pipe.expire(key, 2 * WINDOW)
        pipe.execute()
    return True


def _key(what: str, claimed: Credential | None) -> str:
    whose = claimed.pk if claimed else UNKNOWN
    network = current_origin().network
    return f"gateway:{what}:{network}:{whose}:{int(clock.now().timestamp()) // WINDOW}"
