"""While Redis or PostgreSQL is away: what can be answered is, the rest says so, and nothing is lost."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from celery import Celery
from django.core.management import call_command
from redis import Redis

from accounts.models import OutboxMessage
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from core import clock
from portal.redis_urls import broker_url
from sharing.actions import calls
from sharing.models import CallRecord
from tests import factories as make
from tests import processes
from tests.servers_apart import OwnRedis, Wire, own_redis, wire_to_database
from tests.sharing import made
from tests.sharing.made import Cast
from tests.visitor import Visitor

SESSION = f"sessionid={'a' * 32}"  # of somebody who has signed in, for all the portal knows
pytestmark = pytest.mark.django_db(transaction=True)


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str


def ask(address: str, data: dict[str, str] | None = None, **headers: str) -> Answer:
    """Redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body = None if data is None else urlencode(data).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
    try:
        with opener.open(urllib.request.Request(address, body, given), timeout=30) as got:
            return Answer(got.status, got.headers, got.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read().decode())


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    with own_redis() as one:
        yield one


@pytest.fixture
def database() -> Iterator[Wire]:
    with wire_to_database() as wire:
        yield wire


def test_every_call_of_the_gateway_is_recorded_once_whoever_dies(
    redis: OwnRedis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Redis is killed and comes back; then the web server is killed under the calls."""
    for command in ("load_deadlines", "load_sharing"):
        call_command(command, verbosity=0)
    cast = Cast()
    tables = [
        make.published(
            of=make.dataset(f"Bảng {access}", at=cast.owner, access=access).resources.get()
        ).resource
        for access in (Dataset.Access.SHARED, Dataset.Access.OPEN)
    ]
    service = made.service_of(cast, {table: [] for table in tables})
    issued = made.issued(cast, service, per_minute=10_000, daily_quota=10_000)
    keys = {"client_id": issued.client_id, "client_secret": issued.secret}

    with processes.web(tmp_path, pages=False, REDIS_URL=redis.url) as server:
        asked = {"grant_type": "client_credentials", **keys}
        token = json.loads(ask(f"{server.address}/chia-se/v1/token", asked).body)["access_token"]
        shared, open_ = (f"{server.address}/chia-se/v1/tables/{table.pk}/rows" for table in tables)

        def call(address: str) -> Answer:
            return ask(address, authorization=f"Bearer {token}")

        given = [call(address).status for address in (shared, open_) * 5]
        assert set(given) == {200}
        redis.kill()
        answers = [call(address) for address in (shared, open_) * 5]
        assert [one.status for one in answers] == [503, 200] * 5
        assert answers[0].headers["Retry-After"]
        redis.start()
        processes.wait_for(lambda: given.append(call(shared).status) or given[-1] == 200, "a count")
        given += [one.status for one in answers]
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            given.append(call(shared).status)
        server.kill()

    monkeypatch.setattr(calls, "redis", lambda: Redis.from_url(redis.url, decode_responses=True))
    with clock.set_to(clock.now() + calls.LONGEST_CALL + timedelta(minutes=1)):
        calls.store()
        calls.store()
    assert CallRecord.objects.count() == len(given)


def test_pages_go_on_without_redis_and_say_so_without_the_database(
    redis: OwnRedis, database: Wire, tmp_path: Path
):
    approver = make.person("approver", make.agency())
    table = make.dataset(at=approver.memberships.get().agency).resources.get()
    submitted = make.release_at(ReleaseState.SUBMITTED, of=table)
    rows = f"/api/v1/resources/{table.pk}/rows"
    away = {
        "DATABASE_URL": processes.database_url(f"127.0.0.1:{database.port}"),
        "REDIS_URL": redis.url,
    }
    with processes.web(tmp_path, **away) as server:
        visitor = Visitor(server.address)
        visitor.sign_in(approver.email, make.PASSWORD)
        page = visitor.get(f"/lam-viec/ky/{submitted.pk}/duyet/")

        redis.kill()
        OutboxMessage.objects.all().delete()
        visitor.submit(page, decision="publish", seen="on")
        assert Release.objects.get().state == ReleaseState.PUBLISHED
        assert OutboxMessage.objects.exists()
        other = Visitor(server.address)
        other.sign_in(approver.email, make.PASSWORD)
        assert approver.full_name in other.get("/lam-viec/")
        for path in ("/", "/en/", "/dataset/", rows, "/healthz"):
            assert ask(server.address + path).status == 200, path
        assert ask(f"{server.address}/readyz").status == 503

        database.cut()
        for path in ("/", "/en/dataset/", table.dataset.get_absolute_url(), "/lam-viec/"):
            refused = ask(server.address + path, cookie=SESSION)
            assert refused.status == 503, path
            assert refused.headers["Retry-After"]
            assert "Tạm thời không phục vụ được" in refused.body
            assert "Not available for the moment" in refused.body
        for path in (rows, "/chia-se/v1/services"):
            refused = ask(server.address + path, authorization="Bearer abc", accept_language="en")
            assert refused.status == 503, path
            assert refused.headers["Content-Type"] == "application/problem+json"
            assert refused.headers["Retry-After"]
            assert "cannot answer at the moment" in json.loads(refused.body)["detail"]
        chosen = ask(f"{server.address}/giao-dien/", {"theme": "dark", "next": "/"}, cookie=SESSION)
        assert chosen.status == 302
        assert "theme=dark" in chosen.headers["Set-Cookie"]
        style = ask(f"{server.address}/").body.split('rel="stylesheet" href="')[1].split('"')[0]
        assert ask(server.address + style).status == 200
        assert ask(f"{server.address}/healthz").status == 200

        database.join()
        redis.start()
        assert ask(server.address + rows).status == 200
        assert approver.full_name in other.get("/lam-viec/")


def test_a_worker_outlives_both(redis: OwnRedis, database: Wire, tmp_path: Path):
    away = {
        "DATABASE_URL": processes.database_url(f"127.0.0.1:{database.port}"),
        "REDIS_URL": redis.url,
    }
    queue = Celery(broker=broker_url(redis.url), set_as_current=False)
    queue.conf.task_default_queue = "default"
    with processes.worker(tmp_path, queues="default", **away) as worker:
        database.cut()
        queue.send_task("accounts.deliver_outbox")
        processes.wait_for(lambda: "OperationalError" in worker.log.read_text(), "the failure")
        redis.kill()
        processes.wait_for(lambda: "onnection to broker lost" in worker.log.read_text(), "the cut")
        redis.start()
        database.join()
        waiting = letter()
        queue.send_task("accounts.deliver_outbox")
        processes.wait_for(
            lambda: OutboxMessage.objects.get(pk=waiting.pk).sent_at is not None, "the letter"
        )
        assert worker.process.poll() is None


def letter() -> OutboxMessage:
    return OutboxMessage.objects.create(
        to="nguoi-nhan@thu.example", subject="Thử", body="Thử", next_try_at=clock.now()
    )
