"""Who works on what, known from database locks: a dead process holds none (docs/adr/0003)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection


@contextmanager
def claimed(space: int, key: int) -> Iterator[bool]:
    """Whether this process alone works on it, for the length of the block.

    `space`: what kind of thing, `key`: which one; signed 32-bit numbers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, key])


def is_claimed(space: int, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
            " AND classid = %s AND objid = %s AND objsubid = 2"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [space, key % 2**32],
        )
        return bool(cursor.fetchone()[0])


def claim_key(id_: UUID) -> int:
    """A signed 32-bit number drawn from the id."""
    return int.from_bytes(id_.bytes[:4], "big", signed=True)
