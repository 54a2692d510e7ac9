"""What watches the portal: alive, ready, figures."""

from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from redis import ResponseError

from catalog import usage
from core import clock, disk
from deadlines.models import Sweep
from portal import readiness


def test_alive_asks_nobody(client: Client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def ready(client: Client) -> dict[str, Any]:
    return {"status": (answer := client.get("/readyz")).status_code, **answer.json()}


@pytest.fixture
def _swept(db: None) -> None:
    Sweep.objects.create(pk=1, last_at=clock.now())


@pytest.mark.usefixtures("_swept")
def test_ready_when_everything_answers(client: Client):
    assert ready(client) == {"status": 200, "ready": True, "failed": {}, "degraded": {}}


@pytest.mark.django_db
def test_not_ready_names_what_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch):
    def full(name: str) -> bool:
        raise OSError("no space left on device")

    monkeypatch.setattr(default_storage, "exists", full)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["failed"]["storage"]["error"] == "OSError"


@pytest.mark.usefixtures("_swept")
def test_not_ready_while_redis_takes_nothing(client: Client, monkeypatch: pytest.MonkeyPatch):
    """As one does whose disk is full: it reads, and refuses to write."""
    at = clock.now().replace(microsecond=0)
    redis = usage.redis()
    with monkeypatch.context() as full, clock.set_to(at):
        full.setattr(redis, "set", Mock(side_effect=ResponseError("MISCONF")))
        assert ready(client)["failed"]["redis"]["since"] == at.isoformat()
    with monkeypatch.context() as full, clock.set_to(at + timedelta(minutes=5)):
        full.setattr(redis, "set", Mock(side_effect=ResponseError("MISCONF")))
        told = ready(client)
    assert told["status"] == 503
    assert told["failed"] == {"redis": {"error": "ResponseError", "since": at.isoformat()}}
    assert ready(client)["failed"] == {}


@pytest.mark.usefixtures("_swept")
def test_a_sweep_that_does_not_come_wants_an_operator(client: Client):
    last = clock.now().replace(microsecond=0)
    Sweep.objects.update(last_at=last)
    with clock.set_to(last + timedelta(hours=2, minutes=59)):
        assert ready(client)["degraded"] == {}
    with clock.set_to(last + timedelta(hours=3, minutes=1)):
        told = ready(client)
    assert (told["status"], told["ready"]) == (200, True)
    assert told["degraded"]["sweep"] == {
        "error": "last sweep too long ago",
        "since": last.isoformat(),
    }
    Sweep.objects.all().delete()
    assert ready(client)["degraded"]["sweep"]["error"] == "never swept"


@pytest.mark.usefixtures("_swept")
def test_a_full_disk_and_a_long_queue_want_an_operator(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(disk, "free_bytes", lambda: 0)
    monkeypatch.setattr(readiness, "MOST_WAITING", -1)
    told = ready(client)
    assert told["status"] == 200
    assert set(told["degraded"]) == {"disk", "queue"}


@pytest.mark.django_db
def test_figures_count_requests(client: Client):
    client.get("/healthz")
    assert b"django_http_requests_total_by_method_total" in client.get("/metrics").content
