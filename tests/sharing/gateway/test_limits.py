"""So many calls a minute, so many a day of Vietnam; said in header fields; felt at once when changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.test import Client
from redis import ConnectionError as NoRedis
from redis import Redis

from catalog import tablepool, usage
from core import clock
from sharing.gateway import redis_calls
from sharing.models import CallRecord
from tests.sharing.gateway.conftest import Gateway, MakeGateway, ask_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon() -> datetime:
    """Twenty seconds into a minute, five hours before midnight in Nghệ An."""
    return (
        (clock.now() + timedelta(days=1))
        .astimezone(UTC)
        .replace(hour=12, minute=0, second=20, microsecond=0)
    )


def signed_in(gateway: Gateway, moment: datetime) -> Gateway:
    with clock.set_to(moment):
        gateway.sign_in()
    return gateway


def test_the_minute_is_told_and_ends(gateway_of: MakeGateway, noon: datetime):
    gateway = signed_in(gateway_of(per_minute=2, daily_quota=50), noon)
    with clock.set_to(noon):
        first, second, third = gateway.get(), gateway.get("sort=x"), gateway.get()
    assert first.headers["RateLimit-Policy"] == '"minute";q=2;w=60, "day";q=50;w=86400'
    assert first.headers["RateLimit"] == '"minute";r=1;t=41, "day";r=49;t=17980'
    assert second.headers["RateLimit"] == '"minute";r=0;t=41, "day";r=48;t=17980'
    assert third.status_code == 429
    assert third.headers["Retry-After"] == "41"
    assert third.headers["RateLimit"] == '"minute";r=0;t=41, "day";r=48;t=17980'
    assert third.headers["Cache-Control"] == "no-store"
    assert third.json()["type"].endswith("#loi-too-many-requests")
    assert "2 lượt" in third.json()["detail"]
    with clock.set_to(noon + timedelta(seconds=41)):
        assert gateway.get().status_code == 200


def test_the_days_quota_ends_at_midnight_in_vietnam(gateway_of: MakeGateway, noon: datetime):
    gateway = signed_in(gateway_of(per_minute=10, daily_quota=2), noon)
    with clock.set_to(noon):
        assert [gateway.get().status_code for _ in range(2)] == [200, 200]
        over = gateway.get()
    assert over.status_code == 429
    assert over.headers["Retry-After"] == "17980"
    assert over.headers["RateLimit"].endswith('"day";r=0;t=17980')
    assert over.json()["type"].endswith("#loi-over-quota")
    assert "2 lượt gọi của ngày hôm nay" in over.json()["detail"]
    midnight = noon + timedelta(seconds=17_980)
    with clock.set_to(midnight - timedelta(seconds=1)):
        gateway.sign_in()
        assert gateway.get().status_code == 429
    with clock.set_to(midnight):
        assert gateway.get().status_code == 200


def test_refused_calls_take_nothing_from_the_day(gateway_of: MakeGateway, noon: datetime):
    gateway = signed_in(gateway_of(per_minute=1, daily_quota=2), noon)
    with clock.set_to(noon):
        assert [gateway.get().status_code for _ in range(4)] == [200, 429, 429, 429]
    with clock.set_to(noon + timedelta(minutes=1)):
        assert gateway.get().status_code == 200
    with clock.set_to(noon + timedelta(minutes=2)):
        assert gateway.problem_code(429) == "over-quota"
    with clock.set_to(noon + timedelta(minutes=3)):
        account = gateway.account
        account.daily_quota = 3
        account.save()
        assert gateway.get().status_code == 200


def test_all_addresses_and_tokens_of_an_account_count_together(
    gateway_of: MakeGateway, noon: datetime
):
    gateway = signed_in(gateway_of(per_minute=4), noon)
    with clock.set_to(noon):
        for name in ("rows", "profile", "table-schema"):
            assert gateway.get(name=name).status_code == 200
        assert gateway.call("/chia-se/v1/services").status_code == 200
        gateway.sign_in()
        assert gateway.get().status_code == 429


def test_accounts_count_apart(gateway_of: MakeGateway, noon: datetime):
    one = signed_in(gateway_of(per_minute=1), noon)
    other = signed_in(gateway_of(per_minute=1), noon)
    with clock.set_to(noon):
        assert [one.get().status_code, one.get().status_code] == [200, 429]
        assert other.get().status_code == 200


def test_a_whole_table_is_one_call(gateway_of: MakeGateway, noon: datetime):
    gateway = signed_in(gateway_of(per_minute=2), noon)
    with clock.set_to(noon):
        answer = gateway.get("format=csv")
    list(answer)
    assert answer.headers["RateLimit"].startswith('"minute";r=1;')


def test_without_a_token_nothing_is_counted(gateway: Gateway, client: Client):
    client.get(gateway.path())
    gateway.client.get(gateway.path(), headers={"authorization": "Bearer x"})
    assert not list(usage.redis().scan_iter(match="gateway:minute:*"))


def test_one_round_trip_counts_both(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    gateway.get()
    # What of the engine was used is told now and then, not with each call.
    monkeypatch.setattr(tablepool.budget, "charge", lambda caller, seconds: None)
    asked: list[str] = []
    execute = Redis.execute_command
    monkeypatch.setattr(
        Redis,
        "execute_command",
        lambda self, *args, **options: asked.append(args[0]) or execute(self, *args, **options),
    )
    gateway.get()
    assert asked == ["EVALSHA", "EVALSHA"]  # before and after the answer


def test_counts_end_by_themselves(gateway: Gateway):
    gateway.get()
    for key in usage.redis().scan_iter(match="gateway:[md]*"):
        assert 0 < usage.redis().ttl(key) <= 90_000


@pytest.fixture
def down(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mock]:
    """A Redis that does not answer."""
    down = Mock()
    down.register_script.side_effect = down.pipeline.side_effect = NoRedis("down")
    with monkeypatch.context() as cut:
        cut.setattr(usage, "redis", lambda: down)
        yield down
    redis_calls._silent_until = 0.0


def test_uncounted_calls_of_shared_tables_wait(gateway: Gateway, down: Mock):
    """One attempt for an outage, not one for each call; and each is recorded all the same."""
    answers = [gateway.get(), gateway.get("format=csv"), gateway.get(name="profile")]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert answers[0].headers["Retry-After"] == "10"
    assert "RateLimit" not in answers[0].headers
    assert answers[0].json()["type"].endswith("#loi-unavailable")
    assert "chưa thể trả dữ liệu chia sẻ" in answers[0].json()["detail"]
    assert down.register_script.call_count == 1
    found = CallRecord.objects.values_list("status", "problem", "rows")
    assert list(found) == [(503, "unavailable", 0)] * 3
    english = gateway.get(**{"accept-language": "en"}).json()["detail"]
    assert english.endswith("Call again in 10 s.")


def test_uncounted_calls_tell_nothing_of_what_is_not_granted(gateway: Gateway, down: Mock):
    assert gateway.call(f"/chia-se/v1/tables/{uuid4()}/rows").status_code == 404
    assert gateway.call("/chia-se/v1/services").status_code == 200


def test_open_tables_are_given_uncounted_and_recorded(gateway: Gateway, down: Mock):
    dataset = gateway.table.dataset
    dataset.access = "open"
    dataset.save()
    assert gateway.get().status_code == 200
    list(gateway.get("format=csv"))
    found = CallRecord.objects.values_list("status", "rows")
    assert list(found) == [(200, 6), (200, 6)]
    assert gateway.account.last_used_at is not None


def test_guessing_at_secrets_is_slowed_down_without_redis_too(gateway: Gateway, down: Mock):
    wrong = [ask_token(gateway.client, gateway.issued.client_id, "sai") for _ in range(21)]
    assert [answer.status_code for answer in wrong] == [401] * 20 + [429]
