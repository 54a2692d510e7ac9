"""Recalling, discarding and withdrawing a release, each with a page that asks first."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Notice
from catalog.models import Release, Resource
from tests import factories
from tests.catalog.work.conftest import SignIn

REASON = "Phát hiện sai số liệu của một huyện."


@pytest.fixture
def table(agency: Agency) -> Resource:
    return factories.dataset(at=agency).resources.get()


def state_of(release: Release) -> str:
    return Release.objects.get(pk=release.pk).state


@pytest.mark.parametrize(
    ("page", "role", "source", "target"),
    [
        ("release_recall", "contributor", "submitted", "ready"),
        ("release_discard", "contributor", "checking", "discarded"),
        ("release_discard", "contributor", "needs_fixing", "discarded"),
        ("release_discard", "contributor", "ready", "discarded"),
        ("release_discard", "contributor", "returned", "discarded"),
        ("release_withdraw", "approver", "published", "withdrawn"),
    ],
)
def test_opening_the_page_asks_and_its_button_does_it(
    client: Client,
    table: Resource,
    sign_in: SignIn,
    page: str,
    role: str,
    source: str,
    target: str,
) -> None:
    sign_in(role)
    release = factories.release_at(source, of=table)
    address = reverse(page, args=[release.pk])
    assert client.get(address).status_code == 200
    assert state_of(release) == source
    response = client.post(address, {"reason": REASON})
    assert response["Location"] == reverse("release", args=[release.pk])
    assert state_of(release) == target


@pytest.mark.parametrize(
    ("page", "role", "state"),
    [
        ("release_recall", "contributor", "ready"),
        ("release_recall", "contributor", "published"),
        ("release_discard", "contributor", "submitted"),
        ("release_discard", "contributor", "published"),
        ("release_withdraw", "approver", "submitted"),
        ("release_withdraw", "approver", "withdrawn"),
    ],
)
def test_a_state_that_does_not_allow_it(
    client: Client, table: Resource, sign_in: SignIn, page: str, role: str, state: str
) -> None:
    sign_in(role)
    release = factories.release_at(state, of=table)
    address = reverse(page, args=[release.pk])
    assert "Kỳ dữ liệu này đang ở trạng thái" in client.get(address).content.decode()
    response = client.post(address, {"reason": REASON})
    assert "Kỳ dữ liệu này đang ở trạng thái" in response.content.decode()
    assert state_of(release) == state


def test_withdrawing_tells_the_reason(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("approver")
    release = factories.published(of=table)
    address = reverse("release_withdraw", args=[release.pk])
    page = client.post(address, {"reason": REASON}, follow=True).content.decode()
    assert REASON in page
    assert Notice.objects.filter(kind="release.withdrawn", facts__reason=REASON).exists()


@pytest.mark.parametrize("reason", ["", "quá ngắn"])
def test_withdrawing_needs_a_reason(
    client: Client, table: Resource, sign_in: SignIn, reason: str
) -> None:
    sign_in("approver")
    release = factories.published(of=table)
    response = client.post(reverse("release_withdraw", args=[release.pk]), {"reason": reason})
    assert 'href="#id_reason"' in response.content.decode()
    assert state_of(release) == "published"
