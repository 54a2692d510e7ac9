"""A check that meets a full disk waits, says so, and goes on when there is room."""

import errno
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog import files
from catalog.actions import checking
from catalog.models import Release
from catalog.states import ReleaseState
from core import disk
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    return factories.release_at(ReleaseState.CHECKING)


def test_it_does_not_begin_where_its_table_has_no_room(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(disk, "free_bytes", lambda: release.file_size)
        checking.check(release.pk)
    release.refresh_from_db()
    assert (release.state, release.attempts) == (ReleaseState.CHECKING, 0)
    client.force_login(factories.person("contributor", release.resource.dataset.agency))
    page = client.get(reverse("release", args=[release.pk])).content.decode()
    assert "Máy chủ đang hết chỗ" in page
    checking.check(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.READY


def test_a_disk_that_fills_meanwhile_costs_no_attempt(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(files, "store", refuse)
        for _ in range(checking.MOST_ATTEMPTS + 1):
            checking.check(release.pk)
    release.refresh_from_db()
    assert (release.state, release.attempts) == (ReleaseState.CHECKING, 0)
    assert release.stage == checking.NO_ROOM
    checking.check(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.READY
