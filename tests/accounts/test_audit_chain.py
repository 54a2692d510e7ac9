"""Each row of the audit trail carries the hash of the one before, and the hash survives PostgreSQL."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions.audit import FIRST_HASH, broken_links, canonical_json, hash_of, record
from accounts.models import AuditEvent
from accounts.origin import Origin, acting_from
from core import clock
from tests import factories

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
MOMENTS = st.builds(
    lambda second, microsecond, zone: datetime.fromtimestamp(second, zone).replace(
        microsecond=microsecond
    ),
    st.integers(1_700_000_000, 4_000_000_000),
    st.integers(0, 999_999),
    st.sampled_from([UTC, clock.VIETNAM]),
)


@pytest.mark.django_db
def test_rows_are_chained_from_the_first() -> None:
    agency = factories.agency()
    for number in range(3):
        with transaction.atomic():
            record(by=None, action="t", target=agency, agency=agency, after={"n": number})
    first, second, third = AuditEvent.objects.order_by("id")
    assert first.previous_hash == FIRST_HASH
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert list(broken_links()) == []


@pytest.mark.django_db
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=st.dictionaries(TEXT, JSON, max_size=4), moment=MOMENTS)
def test_hash_survives_the_database(agency: Any, before: dict[str, Any], moment: datetime) -> None:
    with transaction.atomic(), clock.set_to(moment):
        written = record(by=None, action="t", target=agency, before=before)
    assert hash_of(AuditEvent.objects.get(pk=written.pk)) == written.hash


@pytest.fixture
def agency(db: None) -> Any:
    return factories.agency()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "2001:DB8:0:0::1", "::ffff:10.0.0.1", "unknown", "1.2.3.4:80", "", None],
)
def test_any_address_a_proxy_passes_on_can_be_recorded(agency: Any, address: str | None) -> None:
    with transaction.atomic(), acting_from(Origin(address, "r1")):
        record(by=None, action="t", target=agency)
    assert list(broken_links()) == []


@given(value=JSON)
@settings(max_examples=200, deadline=None)
def test_order_of_keys_does_not_matter(value: Any) -> None:
    def backwards(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: backwards(one[key]) for key in reversed(one)}
        return [backwards(each) for each in one] if isinstance(one, list) else one

    assert canonical_json(backwards(value)) == canonical_json(value)


@given(
    number=st.floats(allow_nan=False, allow_infinity=False, width=64) | st.integers(),
    other=st.floats(allow_nan=False, allow_infinity=False, width=64) | st.integers(),
)
@settings(max_examples=300, deadline=None)
def test_numbers_look_alike_when_their_decimals_are_equal(number: float, other: float) -> None:
    equal = Decimal(repr(number)) == Decimal(repr(other))
    assert (canonical_json(number) == canonical_json(other)) is equal


@pytest.mark.parametrize(("one", "other"), [("1", 1), (True, 1), (None, "None"), ([1], [[1]])])
def test_different_values_look_different(one: Any, other: Any) -> None:
    assert canonical_json(one) != canonical_json(other)


@pytest.mark.django_db
def test_moment_counts_to_the_microsecond(agency: Any) -> None:
    moment = datetime(2026, 10, 9, 3, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    with transaction.atomic(), clock.set_to(moment):
        written = record(by=None, action="t", target=agency)
    kept = AuditEvent.objects.get(pk=written.pk)
    kept.at += timedelta(microseconds=1)
    assert hash_of(kept) != written.hash


@pytest.mark.django_db(transaction=True)
def test_event_belongs_in_the_transaction_of_its_change() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(by=None, action="t", target=factories.agency())


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_keep_the_chain() -> None:
    agency = factories.agency()
    start = threading.Barrier(6)

    def write() -> None:
        start.wait()
        try:
            for number in range(15):
                with transaction.atomic():
                    record(by=None, action="t", target=agency, after={"n": number})
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert AuditEvent.objects.count() == 90
    assert list(broken_links()) == []
    assert AuditEvent.objects.values("previous_hash").distinct().count() == 90


@pytest.mark.django_db(transaction=True)
def test_event_of_a_change_that_failed_is_not_kept() -> None:
    agency = factories.agency()

    @transaction.atomic
    def fail_after_recording() -> None:
        record(by=None, action="t", target=agency)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_recording()
    assert not AuditEvent.objects.exists()
