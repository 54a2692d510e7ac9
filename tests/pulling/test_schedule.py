"""When a source is asked."""

from datetime import datetime, timedelta

import pytest

from catalog.pulling.schedule import last_slot, wait_after
from core.clock import VIETNAM


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "every", "from_hour", "slot"),
    [
        ("2026-10-01 01:00", 24, 1, "2026-10-01 01:00"),
        ("2026-10-01 00:59", 24, 1, "2026-09-30 01:00"),
        ("2026-10-01 23:59", 24, 1, "2026-10-01 01:00"),
        ("2026-10-01 13:30", 6, 1, "2026-10-01 13:00"),
        ("2026-10-01 00:30", 6, 1, "2026-09-30 19:00"),
        ("2026-10-01 12:10", 12, 22, "2026-10-01 10:00"),
        ("2026-10-01 05:59", 1, 7, "2026-10-01 05:00"),
    ],
)
def test_last_slot(now: str, every: int, from_hour: int, slot: str):
    assert last_slot(moment(now), every, from_hour) == moment(slot)


def test_waits_grow_to_a_day():
    waits = [wait_after(failures) // timedelta(hours=1) for failures in range(1, 8)]
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert wait_after(30_000) == timedelta(days=1)
