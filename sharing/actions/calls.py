"""The record of calls through the gateway: from Redis into PostgreSQL, each call once, and its end.

A call is noted in a hash of Redis in the step that counts it, and moves to a list, as JSON, after its
answer. The list is renamed to a batch, its calls are written with the key each was given, then the batch
is deleted. Whoever is killed between two of these steps leaves a batch for the next run, and a call that
is there already is not written again. A call whose process was killed stays in the hash and is written
from there as broken off. What Redis does not take after an answer goes into PostgreSQL at once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from oauth2_provider.models import AccessToken
from redis import Redis, ResponseError

from catalog.usage import redis
from core import clock
from sharing.models import CallRecord, ConnectionAccount, Credential

log = structlog.get_logger(__name__)
OPEN = "gateway:calls:open"
BEGUN = "gateway:calls:begun"
BATCH = "gateway:calls:batch:"
# Nobody told the end of the call. What it gave is not known: all of it, a part, nothing.
BROKEN_OFF, BROKEN_OFF_STATUS = "broken-off", 500
LONGEST_CALL = timedelta(hours=1)
NOTE = """
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[2])
return 1
"""
AT_ONCE = 1_000
LONGEST_FIELD = 63
TOKENS_KEPT = timedelta(days=1)  # after their end


def encoded(facts: dict[str, Any]) -> bytes:
    """A call as it stands in the list: the fields of CallRecord, `account` and `credential` by id."""
    return orjson.dumps(facts)


def note(to: Redis, facts: dict[str, Any]) -> bool:
    """The call is over: put it into the list, in one step with the end of its being under way."""
    moved = to.register_script(NOTE)(keys=[OPEN, BEGUN], args=[encoded(facts), str(facts["key"])])
    return bool(moved)


def record(facts: dict[str, Any]) -> None:
    """Write the call down at once: Redis does not take it. Never raises: its answer has been sent."""
    try:
        _write([facts])
    except DatabaseError:
        log.exception(
            "gateway_call_not_recorded",
            key=str(facts["key"]),
            account=facts["account"],
            status=facts["status"],
        )


def store() -> int:
    """Write down every call since the last run, and what a killed run left; how many calls were read."""
    _close_open_batch()
    stored = sum(_store(key) for key in list(redis().scan_iter(match=f"{BATCH}*")))
    return stored + _store_broken_off()


def prune() -> int:
    """Delete calls kept long enough (CALL_RECORD_DAYS) and tokens that ended; how many calls."""
    AccessToken.objects.filter(expires__lt=clock.now() - TOKENS_KEPT).delete()
    oldest = clock.now() - timedelta(days=settings.CALL_RECORD_DAYS)
    old = CallRecord.objects.filter(at__lt=oldest).order_by("at")
    deleted = 0
    while found := list(old.values_list("pk", flat=True)[: 10 * AT_ONCE]):
        CallRecord.objects.filter(pk__in=found).delete()
        deleted += len(found)
    return deleted


def _close_open_batch() -> None:
    try:
        redis().rename(OPEN, f"{BATCH}{uuid4()}")
    except ResponseError as error:
        if "no such key" not in str(error):  # nobody has called since the last run
            raise


def _store(batch: str) -> int:
    """Two runs at one batch write the same calls, of which the database keeps one."""
    start = 0
    while texts := redis().lrange(batch, start, start + AT_ONCE - 1):
        _write(list(_understood(texts)))
        start += len(texts)
    redis().delete(batch)
    return start


def _store_broken_off() -> int:
    """Calls that began so long ago that whoever answered them must have died."""
    latest = clock.now() - LONGEST_CALL
    begun = dict(redis().hscan_iter(BEGUN))
    calls = {str(facts["key"]): facts for facts in _understood(begun.values())}
    over = {key: facts for key, facts in calls.items() if facts["at"] < latest}
    done = [*over, *(begun.keys() - calls.keys())]  # what is not understood goes, too
    _write(list(over.values()))
    if done:
        redis().hdel(BEGUN, *done)
    return len(over)


def _understood(texts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for text in texts:
        try:
            facts = orjson.loads(text)
            yield {**facts, "key": UUID(facts["key"]), "at": _moment(facts["at"])}
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ):  # of another version of the portal
            log.warning("gateway_call_not_understood", length=len(text))


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError(text)
    return moment


def _write(found: list[dict[str, Any]]) -> None:
    accounts = {facts["account"] for facts in found}
    known = set(ConnectionAccount.objects.filter(pk__in=accounts).values_list("pk", flat=True))
    ours = [facts for facts in found if facts["account"] in known]
    # The end of a call that was believed broken off takes the place of that.
    ended = [facts["key"] for facts in ours if facts.get("problem") != BROKEN_OFF]
    with transaction.atomic():
        CallRecord.objects.filter(key__in=ended, problem=BROKEN_OFF).delete()
        CallRecord.objects.bulk_create(map(_record, ours), ignore_conflicts=True)
    answered = [facts for facts in found if facts["status"] < 400]
    _note_use(ConnectionAccount.objects.all(), _last(answered, "account"))
    _note_use(Credential.objects.all(), _last(answered, "credential"))


def _record(facts: dict[str, Any]) -> CallRecord:
    return CallRecord(
        key=facts["key"],
        at=facts["at"],
        account_id=facts["account"],
        resource_id=facts["resource"],
        query=facts["query"],
        fields=[name[:LONGEST_FIELD] for name in facts["fields"]],
        status=facts["status"],
        problem=facts.get("problem", ""),  # a version of the portal before did not tell it
        rows=facts["rows"],
        bytes=facts["bytes"],
        milliseconds=facts["milliseconds"],
        address=facts["address"],
    )


def _last(found: list[dict[str, Any]], of: str) -> dict[int, datetime]:
    last: dict[int, datetime] = {}
    for facts in found:
        last[facts[of]] = max(facts["at"], last.get(facts[of], facts["at"]))
    return last


def _note_use(objects: QuerySet[Any], last: dict[int, datetime]) -> None:
    """A batch may be older than what another run has noted."""
    for pk, at in last.items():
        earlier = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at)
        objects.filter(earlier, pk=pk).update(last_used_at=at)
