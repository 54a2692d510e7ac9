"""Counts gather in Redis and reach PostgreSQL exactly once, whatever is killed on the way."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from redis import ConnectionError as NoRedis

from catalog import usage
from catalog.actions import usage as storing
from catalog.models import Resource, ResourceUsage, UsageBatch
from catalog.usage import Kind
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    for key in usage.redis().scan_iter(match="usage:*"):
        usage.redis().delete(key)


@pytest.fixture
def table(db: None) -> Resource:
    return factories.dataset().resources.get()


def stored() -> list[tuple[date, str, str, int]]:
    return list(ResourceUsage.objects.values_list("day", "kind", "format", "count"))


def test_uses_are_added_up_by_way_and_format(table: Resource) -> None:
    usage.count(table.pk, Kind.VIEW)
    usage.count(table.pk, Kind.VIEW)
    usage.count(table.pk, Kind.DOWNLOAD, "csv")
    assert storing.store_counts() == 1
    today = clock.today()
    assert stored() == [(today, "download", "csv", 1), (today, "view", "", 2)]


def test_a_second_run_adds_nothing(table: Resource) -> None:
    usage.count(table.pk, Kind.VIEW)
    storing.store_counts()
    assert storing.store_counts() == 0
    assert [count for *_, count in stored()] == [1]


def test_later_uses_are_added_to_the_same_day(table: Resource) -> None:
    for _ in range(3):
        usage.count(table.pk, Kind.API, "json")
        storing.store_counts()
    assert [count for *_, count in stored()] == [3]


def test_days_are_those_of_nghe_an(table: Resource) -> None:
    before, after = datetime(2026, 9, 30, 16, 59, tzinfo=UTC), datetime(2026, 9, 30, 17, tzinfo=UTC)
    for moment in (before, after):
        with clock.set_to(moment):
            usage.count(table.pk, Kind.VIEW)
    storing.store_counts()
    assert [day for day, *_ in stored()] == [date(2026, 9, 30), date(2026, 10, 1)]


def test_killed_before_the_counts_are_added(table: Resource, monkeypatch: Any) -> None:
    """The batch stands in Redis; the next run adds it, and what was counted since."""
    usage.count(table.pk, Kind.VIEW)
    with monkeypatch.context() as killed:
        killed.setattr(storing, "_store", _die)
        with pytest.raises(Killed):
            storing.store_counts()
    usage.count(table.pk, Kind.VIEW)
    assert storing.store_counts() == 2
    assert [count for *_, count in stored()] == [2]


@pytest.mark.django_db(transaction=True)
def test_killed_while_the_counts_are_added(table: Resource, monkeypatch: Any) -> None:
    """The transaction takes back the counts together with the id of the batch."""
    usage.count(table.pk, Kind.VIEW)

    def add_and_die(counts: list[storing.Count]) -> None:
        add(counts)
        raise Killed

    add = storing._add
    with monkeypatch.context() as killed:
        killed.setattr(storing, "_add", add_and_die)
        with pytest.raises(Killed):
            storing.store_counts()
    assert stored() == []
    assert storing.store_counts() == 1
    assert [count for *_, count in stored()] == [1]


def test_killed_before_the_batch_is_deleted(table: Resource, monkeypatch: Any) -> None:
    """Its id is in the database: the next run only deletes it."""
    usage.count(table.pk, Kind.VIEW)
    with monkeypatch.context() as killed:
        killed.setattr(type(usage.redis()), "delete", _die)
        with pytest.raises(Killed):
            storing.store_counts()
    assert [count for *_, count in stored()] == [1]
    assert storing.store_counts() == 0
    assert [count for *_, count in stored()] == [1]
    assert usage.redis().keys("usage:*") == []


def test_a_database_that_fails_loses_nothing(table: Resource, monkeypatch: Any) -> None:
    usage.count(table.pk, Kind.VIEW)
    with monkeypatch.context() as broken:
        broken.setattr(storing.UsageBatch.objects, "get_or_create", _no_database)
        with pytest.raises(OperationalError):
            storing.store_counts()
    assert storing.store_counts() == 1
    assert [count for *_, count in stored()] == [1]


def test_a_table_deleted_meanwhile_takes_its_counts_along(table: Resource) -> None:
    usage.count(uuid4(), Kind.VIEW)
    usage.count(table.pk, Kind.VIEW)
    storing.store_counts()
    assert ResourceUsage.objects.get().resource_id == table.pk


def test_what_another_version_wrote_is_left_aside(table: Resource) -> None:
    usage.redis().hset(usage.OPEN, "2026-09-30|not a table|view|", 4)
    usage.redis().hset(usage.OPEN, f"2026-09-30|{table.pk}|glance|", 4)
    usage.count(table.pk, Kind.VIEW)
    storing.store_counts()
    assert [count for *_, count in stored()] == [1]


def test_ids_of_old_batches_are_forgotten(table: Resource) -> None:
    old = UsageBatch.objects.create(stored_at=clock.now() - timedelta(days=3))
    usage.count(table.pk, Kind.VIEW)
    storing.store_counts()
    assert UsageBatch.objects.exclude(pk=old.pk).count() == UsageBatch.objects.count() == 1


def test_without_redis_a_run_fails_and_the_next_one_works(
    table: Resource, monkeypatch: Any
) -> None:
    usage.count(table.pk, Kind.VIEW)
    with monkeypatch.context() as down:
        down.setattr(type(usage.redis()), "rename", _no_redis)
        with pytest.raises(NoRedis):
            storing.store_counts()
    assert storing.store_counts() == 1


class Killed(BaseException):
    """Nothing of ours catches it, as nothing survives a kill."""


def _die(*_args: Any) -> None:
    raise Killed


def _no_redis(*_args: Any) -> None:
    raise NoRedis


def _no_database(**_args: Any) -> None:
    raise OperationalError
