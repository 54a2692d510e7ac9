"""Step 3 of 3: check answers, submit, receipt."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Notice
from catalog.models import Release, Resource
from catalog.states import ReleaseState
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of

WITH_TOTAL = factories.GOOD_CSV + "\nTổng,,35,,\n"


@pytest.fixture
def table(agency: Agency) -> Resource:
    return factories.dataset(at=agency).resources.get()


def address(release: Release) -> str:
    return reverse("release_submit", args=[release.pk])


def state_of(release: Release) -> str:
    return Release.objects.get(pk=release.pk).state


def test_answers_are_checked_then_submitted_and_receipted(
    client: Client, agency: Agency, table: Resource, sign_in: SignIn
) -> None:
    person = sign_in("contributor")
    approver = factories.person("approver", agency)
    release = factories.release_at(ReleaseState.READY, of=table, by=person)
    page = client.get(address(release)).content.decode()
    assert "Bước 3 trong 3" in page
    assert release.sha256 in page
    assert person.full_name in page
    assert "Nộp dữ liệu Quý" in page

    response = client.post(address(release), {"note": "Số liệu đã đối chiếu."}, follow=True)
    receipt = response.content.decode()
    assert response.redirect_chain == [(reverse("release_receipt", args=[release.pk]), 302)]
    assert "Biên nhận" in receipt
    assert release.pk.hex[:8].upper() in receipt
    assert release.sha256 in receipt
    assert "Số liệu đã đối chiếu." in receipt
    assert state_of(release) == "submitted"
    assert Notice.objects.filter(person=approver, kind="release.submitted").exists()


def test_warnings_have_to_be_acknowledged(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.READY, of=table, content=WITH_TOTAL)
    page = client.post(address(release), {}).content.decode()
    assert "Hãy xem các cảnh báo và xác nhận trước khi nộp." in page
    assert title_of(page).startswith("Lỗi: ")
    assert state_of(release) == "ready"

    assert client.post(address(release), {"seen_warnings": "on"}).status_code == 302
    assert state_of(release) == "submitted"


def test_without_warnings_nothing_is_to_be_acknowledged(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.READY, of=table)
    assert "seen_warnings" not in client.get(address(release)).content.decode()


@pytest.mark.parametrize("state", ["checking", "needs_fixing", "submitted", "published"])
def test_only_a_checked_release_is_submitted(
    client: Client, table: Resource, sign_in: SignIn, state: str
) -> None:
    sign_in("contributor")
    release = factories.release_at(state, of=table)
    page = client.get(address(release)).content.decode()
    assert "Kỳ dữ liệu này đang ở trạng thái" in page
    assert '<button class="btn"' not in page.split("<main")[1].split("</main>")[0]
    page = client.post(address(release), {}).content.decode()
    assert "Kỳ dữ liệu này đang ở trạng thái" in page
    assert state_of(release) == state


def test_a_second_click_is_told_where_things_stand(
    client: Client, agency: Agency, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    approver = factories.person("approver", agency)
    release = factories.release_at(ReleaseState.READY, of=table)
    client.post(address(release), {})
    assert "“Chờ duyệt”" in client.post(address(release), {}).content.decode()
    assert Notice.objects.filter(person=approver, kind="release.submitted").count() == 1


def test_there_is_no_receipt_before_submitting(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.READY, of=table)
    assert client.get(reverse("release_receipt", args=[release.pk])).status_code == 404
