"""What watches the portal: alive, ready, figures."""

import json

import pytest
from django.core.files.storage import default_storage
from django.test import Client


def test_alive_asks_nobody(client: Client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_everything_answers(client: Client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert json.loads(response.content) == {"ready": True, "failed": {}}


@pytest.mark.django_db
def test_not_ready_names_what_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch):
    def full(name: str) -> bool:
        raise OSError("no space left on device")

    monkeypatch.setattr(default_storage, "exists", full)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["failed"] == {"storage": "OSError"}


@pytest.mark.django_db
def test_figures_count_requests(client: Client):
    client.get("/healthz")
    assert b"django_http_requests_total_by_method_total" in client.get("/metrics").content
