"""Every call of a known account is recorded after its answer: what was asked, how much was given."""

from datetime import timedelta
from typing import Any
from unittest.mock import Mock
from uuid import UUID, uuid4

import orjson
import pytest
import structlog
from django.test import Client

from catalog import usage
from core import clock
from sharing.actions import accounts, calls
from sharing.call_words import outcome_of
from sharing.gateway import views
from sharing.gateway.call_log import Call, recorded_query
from sharing.models import CallRecord, ConnectionAccount, Credential
from sharing.tasks import prune_calls, store_calls
from tests.sharing.gateway.conftest import Gateway, MakeGateway

pytestmark = pytest.mark.django_db


def stored() -> list[CallRecord]:
    """All calls there are, the first first."""
    store_calls()
    return list(CallRecord.objects.order_by("at", "pk"))


def test_what_is_recorded_of_a_call(gateway: Gateway):
    answer = gateway.get("huyen=Vinh&fields=ma_xa,ten_xa&page[size]=1")
    (call,) = stored()
    assert call.account == gateway.account
    assert call.resource_id == gateway.table.pk
    assert call.query == "huyen=Vinh&fields=ma_xa,ten_xa&page[size]=1"
    assert call.fields == ["ma_xa", "ten_xa"]
    assert (call.status, call.rows, call.bytes) == (200, 1, len(answer.content))
    assert call.address == "127.0.0.1"
    assert 0 <= call.milliseconds < 60_000
    assert abs(call.at - clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("format=csv", 6),
        ("format=csv&sort=ten_xa", 6),
        ("format=ndjson&huyen=Vinh", 2),
        ("format=xlsx", 6),
        ("format=parquet&huyen=Vinh", 2),
        ("format=csv&group_by=huyen", 5),
        ("format=csv&period=all", 6),
    ],
)
def test_streamed_files_count_their_rows_and_bytes(gateway: Gateway, query: str, rows: int):
    answer = gateway.get(query)
    assert not usage.redis().exists(calls.OPEN)  # it has not been sent yet
    content = b"".join(answer)
    (call,) = stored()
    assert (call.rows, call.bytes) == (rows, len(content))
    assert call.fields


def test_the_file_that_lies_ready_counts_too(gateway: Gateway):
    content = b"".join(gateway.get("format=parquet"))
    (call,) = stored()
    assert (call.rows, call.bytes) == (6, len(content))


def test_a_file_broken_off_counts_what_was_sent(gateway: Gateway):
    answer = gateway.get("format=csv")
    pieces = answer._iterator
    first = next(pieces)
    pieces.close()  # as the server does when the client has gone
    (call,) = stored()
    assert call.bytes == len(first)


def test_what_gives_no_rows_says_so(gateway: Gateway):
    etag = gateway.get().headers["ETag"]
    gateway.get(**{"if-none-match": etag})
    gateway.client.head(gateway.path(), headers={"authorization": f"Bearer {gateway.token}"})
    gateway.get(name="profile")
    gateway.call("/chia-se/v1/services")
    said = [(call.status, call.rows, bool(call.bytes), call.resource_id) for call in stored()]
    table = gateway.table.pk
    assert said == [
        (200, 6, True, table),
        (304, 0, False, table),
        (200, 0, False, table),
        (200, 0, True, table),
        (200, 0, True, None),
    ]


def test_refused_calls_of_a_known_account(gateway_of: MakeGateway):
    gateway = gateway_of(per_minute=2)
    with clock.set_to(clock.now() + timedelta(seconds=1)):
        gateway.sign_in()
        gateway.get("sort=x")
        gateway.call(f"/chia-se/v1/tables/{uuid4()}/rows")
        gateway.get()
        elsewhere = gateway.client
        gateway.client = Client(REMOTE_ADDR="203.0.113.9")
        gateway.get()
        gateway.client = elsewhere
        accounts.suspend(
            account=gateway.account,
            reason="security",
            note="Lộ khoá bí mật.",
            by=gateway.cast.officer,
        )
        gateway.get()
        gateway.token = "khong-phai-ma"
        gateway.get()
    found = stored()
    assert sorted(call.status for call in found) == [400, 403, 403, 404, 429]
    assert sorted(call.problem for call in found) == [
        "account-suspended",
        "not-found",
        "too-many-requests",
        "unknown-column",
        "wrong-network",
    ]
    assert {str(call.address) for call in found} == {"127.0.0.1", "203.0.113.9"}
    assert not any(call.rows for call in found)


def test_a_defect_is_recorded(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "readable_table", Mock(side_effect=ZeroDivisionError))
    gateway.client.raise_request_exception = False
    answer = gateway.get()
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [(call.status, call.problem) for call in stored()] == [(500, "defect")]


def test_last_use_is_noted(gateway: Gateway):
    credential = Credential.objects.get(account=gateway.account)
    assert (gateway.account.last_used_at, credential.last_used_at) == (None, None)
    gateway.get("sort=x")
    stored()
    assert gateway.account.last_used_at is None  # nothing was given
    gateway.get()
    call = stored()[-1]
    credential.refresh_from_db()
    assert gateway.account.last_used_at == credential.last_used_at == call.at


def test_an_old_batch_does_not_turn_last_use_back(gateway: Gateway):
    gateway.get()
    stored()
    last = gateway.account.last_used_at
    with clock.set_to(clock.now() - timedelta(minutes=5)):
        gateway.get()
    stored()
    assert gateway.account.last_used_at == last


def test_storing_twice_writes_once(gateway: Gateway):
    gateway.get()
    gateway.get()
    kept = usage.redis().lrange(calls.OPEN, 0, -1)
    assert store_calls() == 2
    usage.redis().rpush(f"{calls.BATCH}{uuid4()}", *kept)
    usage.redis().rpush(calls.OPEN, kept[0])
    assert store_calls() == 3
    assert CallRecord.objects.count() == 2
    assert store_calls() == 0


@pytest.mark.parametrize("step", ["rename", "lrange", "delete"])
def test_a_run_killed_anywhere_loses_nothing(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Killed right after the step."""
    for _ in range(3):
        gateway.get()
    real = usage.redis()

    class Dying:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    def die(*args: Any) -> None:
        getattr(real, step)(*args)
        raise KeyboardInterrupt

    dying = Dying()
    setattr(dying, step, die)
    with monkeypatch.context() as killed:
        killed.setattr(calls, "redis", lambda: dying)
        with pytest.raises(KeyboardInterrupt):
            store_calls()
    gateway.get()
    store_calls()
    assert CallRecord.objects.count() == 4
    assert not list(real.scan_iter(match="gateway:calls:*"))


def test_a_call_whose_process_died_is_recorded_as_broken_off(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
):
    """Killed between the last byte and the record."""
    with monkeypatch.context() as killed:
        killed.setattr(Call, "_note", Mock())
        gateway.get()
    assert stored() == []
    with clock.set_to(clock.now() + calls.LONGEST_CALL + timedelta(minutes=1)):
        (call,) = stored()
    assert (call.status, call.problem, call.rows) == (500, "broken-off", 0)
    assert outcome_of(call) == "Bị ngắt giữa chừng"
    assert not list(usage.redis().scan_iter(match="gateway:calls:*"))


def test_the_end_of_a_very_long_call_takes_the_place_of_what_was_believed(gateway: Gateway):
    answer = gateway.get("format=csv")
    with clock.set_to(clock.now() + calls.LONGEST_CALL + timedelta(minutes=1)):
        assert stored()[0].problem == "broken-off"
    list(answer)
    (call,) = stored()
    assert (call.status, call.problem, call.rows) == (200, "", 6)


def test_many_calls_are_stored_in_parts(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calls, "AT_ONCE", 2)
    for _ in range(5):
        gateway.get()
    assert store_calls() == 5
    assert CallRecord.objects.count() == 5


def test_what_cannot_be_read_and_accounts_that_are_gone_are_left_out(gateway: Gateway):
    gateway.get()
    kept = usage.redis().lindex(calls.OPEN, 0)
    strange = kept.replace(f'"account":{gateway.account.pk}', '"account":0')
    strange = strange.replace(kept[8:44], str(uuid4()))
    usage.redis().rpush(calls.OPEN, "{", "[]", '{"key":"x"}', strange)
    with structlog.testing.capture_logs() as told:
        store_calls()
    assert CallRecord.objects.count() == 1
    assert [line["event"] for line in told] == ["gateway_call_not_understood"] * 3


def test_calls_of_a_version_that_told_no_reason_are_stored(gateway: Gateway):
    gateway.get("sort=x")
    kept = orjson.loads(usage.redis().lpop(calls.OPEN))
    assert kept.pop("problem") == "unknown-column"
    usage.redis().rpush(calls.OPEN, orjson.dumps(kept))
    (call,) = stored()
    assert (call.status, call.problem) == (400, "")


def test_old_calls_are_deleted(gateway: Gateway, settings: Any):
    settings.CALL_RECORD_DAYS = 30
    gateway.get()
    (call,) = stored()
    with clock.set_to(call.at + timedelta(days=29)):
        assert prune_calls() == 0
    with clock.set_to(call.at + timedelta(days=31)):
        assert prune_calls() == 1
    assert not CallRecord.objects.exists()
    assert ConnectionAccount.objects.exists()
    assert gateway.get().status_code == 401  # tokens that ended went, too


def test_one_query_string_is_as_long_as_is_kept(gateway: Gateway):
    gateway.get("q=" + "a" * 9_000)
    (call,) = stored()
    assert len(call.query) == 4_000


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ma_xa=1&access_token=abc", "ma_xa=1&access_token=…"),
        ("client_secret=abc", "client_secret=…"),
        ("Access%5FToken=abc", "Access%5FToken=…"),
        ("q=%ff&x", "q=%ff&x"),
        ("", ""),
    ],
)
def test_secrets_sent_in_an_address_are_not_kept(given: str, kept: str):
    assert recorded_query(given) == kept


def test_nobody_waits_for_the_record(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    """It is written when the response is closed, after the last byte."""
    written: list[UUID] = []
    monkeypatch.setattr(calls, "note", lambda redis, facts: written.append(facts["key"]) or True)
    answer = gateway.get("format=csv")
    assert written == []
    list(answer)
    assert len(written) == 1
