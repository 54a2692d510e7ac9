"""Moving what Redis has counted into PostgreSQL, each count exactly once.

The open hash is renamed to a batch with an id of its own; its counts are added in one transaction
together with that id; then the batch is deleted. Whoever is killed between two of these steps
leaves a batch that the next run finds: without its id in the database it is added, with it only
deleted. Two runs at once wait for each other at the id.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import structlog
from django.db import connection, transaction
from redis import ResponseError

from catalog import usage
from catalog.models import ResourceUsage, UsageBatch
from core import clock

log = structlog.get_logger(__name__)
BATCH = "usage:batch:"
# Far longer than a run may take: by then no run still holds the batch in its hands.
ID_KEPT = timedelta(days=2)

ADD = """
INSERT INTO catalog_resourceusage (resource_id, day, kind, format, count)
SELECT resource.id, used.day, used.kind, used.format, used.count
FROM unnest(%s::uuid[], %s::date[], %s::text[], %s::text[], %s::bigint[])
     AS used (resource_id, day, kind, format, count)
JOIN catalog_resource AS resource ON resource.id = used.resource_id
ORDER BY 1, 2, 3, 4
ON CONFLICT (resource_id, day, kind, format)
DO UPDATE SET count = catalog_resourceusage.count + EXCLUDED.count
"""


class Count(NamedTuple):
    resource_id: UUID
    day: date
    kind: str
    format: str
    number: int


def store_counts() -> int:
    """Add up everything counted since the last run, and what a killed run left; the batches added."""
    _close_open_batch()
    keys = list(usage.redis().scan_iter(match=f"{BATCH}*"))
    added = sum(_store(key) for key in keys)
    UsageBatch.objects.filter(stored_at__lt=clock.now() - ID_KEPT).delete()
    return added


def _close_open_batch() -> None:
    try:
        usage.redis().rename(usage.OPEN, f"{BATCH}{uuid4()}")
    except ResponseError as error:
        if "no such key" not in str(error):  # nothing counted since the last run
            raise


def _store(key: str) -> bool:
    """Whether the batch was added now, and not by an earlier run."""
    fields = usage.redis().hgetall(key)
    with transaction.atomic():
        _batch, is_new = UsageBatch.objects.get_or_create(pk=UUID(key.removeprefix(BATCH)))
        if is_new:
            _add(list(_counts(fields)))
    usage.redis().delete(key)
    return is_new


def _counts(fields: Mapping[Any, Any]) -> Iterator[Count]:
    for name, number in fields.items():
        try:
            day, resource_id, kind, format = name.split("|")
            yield Count(
                UUID(resource_id),
                date.fromisoformat(day),
                ResourceUsage.Kind(kind),
                format[:10],
                int(number),
            )
        except ValueError:  # written by another version of the portal
            log.warning("usage_not_understood", field=name, count=number)


def _add(counts: list[Count]) -> None:
    """In one statement; counts of a table that is no longer there go with it."""
    if not counts:
        return
    ids, days, kinds, formats, numbers = zip(*counts, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            ADD, [[str(one) for one in ids], list(days), list(kinds), list(formats), list(numbers)]
        )
