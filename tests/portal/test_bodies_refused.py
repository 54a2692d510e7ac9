"""Files where none is expected, files for which there is no room, writing while the disk is full."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from catalog import upload
from catalog.actions.housekeeping import remove_orphans
from catalog.models import Release, Resource
from core import clock, disk
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were begun in the folder of incoming files."""
    names: list[str] = []

    class Watched(upload.IncomingFile):
        def __init__(self, name: str, *others: Any) -> None:
            names.append(name)
            super().__init__(name, *others)

    monkeypatch.setattr(upload, "IncomingFile", Watched)
    return names


@pytest.fixture
def table() -> Resource:
    return factories.dataset().resources.get()


@pytest.fixture
def contributor(client: Client, table: Resource) -> Client:
    client.force_login(factories.person("contributor", table.dataset.agency))
    return client


def file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, factories.GOOD_CSV.encode(), "text/csv")


def test_only_the_file_of_the_form_is_taken(
    contributor: Client, table: Resource, written: list[str]
) -> None:
    others = {f"file{number}": file(f"{number}.csv") for number in range(20)}
    data = {"period": factories.last_period(table), "file": file("first.csv"), **others}
    response = contributor.post(reverse("upload", args=[table.pk]), data)
    assert response.status_code == 302
    assert written == ["first.csv"]
    assert Release.objects.get().file_size == len(factories.GOOD_CSV.encode())


def test_a_page_that_takes_no_file_writes_none(contributor: Client, written: list[str]) -> None:
    contributor.post(reverse("theme"), {"theme": "dark", "file": file("a.csv")})
    contributor.post(reverse("notices"), {"file": file("a.csv")})
    assert written == []


def test_who_has_not_signed_in_leaves_no_file(
    client: Client, table: Resource, written: list[str]
) -> None:
    address = reverse("upload", args=[table.pk])
    for anybody in (client, Client(enforce_csrf_checks=True)):
        response = anybody.post(address, {"file": file("a.csv")})
        assert response["Location"].startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "a", "password": "b", "file": file("a.csv")})
    assert written == []


def test_a_file_there_is_no_room_for_is_not_begun(
    contributor: Client, table: Resource, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda: 100)
    data = {"period": factories.last_period(table), "file": file("a.csv")}
    response = contributor.post(reverse("upload", args=[table.pk]), data)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "không còn đủ chỗ cho tệp này" in response.content.decode()
    assert reverse("upload", args=[table.pk]) in response.content.decode()
    assert written == []


@pytest.mark.parametrize(
    ("why", "status", "sentence"),
    [
        ("too_large", 413, "lớn hơn mức trang này nhận"),
        ("too_slow", 408, "đến quá chậm"),
        ("no_length", 411, "không cho biết độ dài"),
        ("busy", 503, "gửi lại sau ít phút"),
    ],
)
def test_a_body_that_was_not_read_is_explained(
    client: Client, why: str, status: int, sentence: str
) -> None:
    page = client.post(reverse("theme"), **{"portal.unreadable": why})
    assert page.status_code == status
    assert sentence in page.content.decode()
    problem = client.post("/chia-se/v1/token", **{"portal.unreadable": why})
    assert (problem.status_code, problem["Content-Type"]) == (status, "application/problem+json")


def test_signing_in_while_the_disk_is_full_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError from OSError(errno.ENOSPC, "No space left on device")

    person = factories.person()
    client.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "save", refuse)
    page = client.post(
        reverse("account_login"), {"login": person.email, "password": factories.PASSWORD}
    )
    assert (page.status_code, page["Retry-After"]) == (503, "300")
    assert "máy chủ hết chỗ" in page.content.decode()
    assert client.get(reverse("datasets")).status_code == 200


def test_what_killed_uploads_left_is_swept(settings: Any) -> None:
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    old, fresh = folder / "old.upload", folder / "fresh.upload"
    for path in (old, fresh):
        path.write_bytes(b"x")
    before = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(old, (before, before))
    remove_orphans()
    assert (old.exists(), fresh.exists()) == (False, True)
    fresh.unlink()
