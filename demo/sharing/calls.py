"""Calls through the gateway in the last weeks, put where the gateway puts its own."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from catalog.usage import redis
from demo.chance import seeded
from demo.history.office import at, working_days
from demo.sharing.desk import account_of
from demo.sharing.stories import STORIES
from sharing.actions import calls
from sharing.models import CallRecord, ConnectionAccount

CALLING = (STORIES[0], STORIES[1])
DAYS = timedelta(days=25)
NAMES = UUID("6f1d5f5e-54bb-4c37-9d54-0c6c2a3f4a10")
PAGE = 100  # rows


def make_calls(today: date) -> int:
    """Those that are not there yet, until yesterday."""
    facts = [one for story in CALLING if (account := account_of(story)) is not None
             for one in _calls_of(account, today)]  # fmt: skip
    known = set(CallRecord.objects.filter(key__in=[one["key"] for one in facts]).values_list(
        "key", flat=True
    ))  # fmt: skip
    missing = [calls.encoded(one) for one in facts if one["key"] not in known]
    if missing:
        redis().rpush(calls.OPEN, *missing)
        calls.store()
    return len(missing)


def _calls_of(account: ConnectionAccount, today: date) -> Iterator[dict[str, Any]]:
    credential = account.credentials.last()
    table = account.service.tables.get()
    for day in working_days(today - DAYS, today - timedelta(days=1)):
        chance = seeded(account.code, day.isoformat())
        for number in range(chance.randint(4, 18)):
            status = chance.choices((200, 304, 400, 429), (90, 5, 3, 2))[0]
            rows = chance.randint(1, PAGE) if status == 200 else 0
            yield {
                "key": uuid5(NAMES, f"{account.code} {day} {number}"),
                "at": at(day, chance.randint(7 * 60 + 30, 17 * 60)),
                "account": account.pk,
                "credential": credential.pk if credential else None,
                "resource": table.resource_id,
                "query": f"page[size]={PAGE}",
                "fields": list(table.columns) or [one["name"] for one in table.resource.columns],
                "status": status,
                "rows": rows,
                "bytes": rows * 140 + 600 if status != 304 else 0,
                "milliseconds": chance.randint(6, 45),
                "address": "203.0.113.1",
            }
