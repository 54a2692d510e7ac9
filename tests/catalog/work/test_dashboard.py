"""Việc của tôi."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Dataset
from catalog.states import ReleaseState
from tests import factories
from tests.catalog.work.conftest import SignIn


def test_says_what_has_to_be_done_now(client: Client, agency: Agency, sign_in: SignIn) -> None:
    contributor = sign_in("contributor")
    for state in ("needs_fixing", "returned", "ready", "checking", "submitted", "published"):
        dataset = factories.dataset(f"Bộ {state}", at=agency, by=contributor)
        factories.release_at(ReleaseState(state), of=dataset.resources.get())
    factories.dataset("Bộ chưa nộp", at=agency, by=contributor)

    response = client.get(reverse("work"))
    page = response.content.decode()
    own = response.context["sections"][0].work

    assert [release.state for release in own.to_do] == [
        "needs_fixing",
        "returned",
        "ready",
        "checking",
    ]
    assert [missing.resource.dataset.title for missing in own.missing] == ["Bộ chưa nộp"]
    assert "Cần làm (5)" in page
    assert "Chờ duyệt (1)" in page
    assert "Đã xong kỳ này (1)" in page
    assert "<b>1 trong 7</b>" in page
    assert "Số liệu chưa khớp báo cáo quý." in page


def test_a_table_without_last_period_has_a_button_to_deliver_it(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = factories.dataset(at=agency).resources.get()
    page = client.get(reverse("work")).content.decode()
    period = factories.last_period(resource)
    assert f"{reverse('upload', args=[resource.pk])}?ky={period}" in page


def test_what_was_delivered_before_is_named(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = factories.dataset(at=agency).resources.get()
    factories.published(of=resource, period="2025Q4")
    page = client.get(reverse("work")).content.decode()
    assert "Kỳ trước: Quý IV/2025, 3 dòng" in page


def test_an_approver_sees_what_waits_and_gets_no_button_to_deliver(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("approver")
    waiting = factories.release_at(
        ReleaseState.SUBMITTED, of=factories.dataset(at=agency).resources.get()
    )
    other = factories.dataset("Bộ chưa nộp", at=agency).resources.get()
    page = client.get(reverse("work")).content.decode()
    assert reverse("release_decide", args=[waiting.pk]) in page
    assert reverse("upload", args=[other.pk]) not in page


def test_a_description_to_publish_waits_for_the_approver(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("approver")
    dataset = factories.dataset(at=agency, access=Dataset.Access.LISTED)
    page = client.get(reverse("work")).content.decode()
    assert reverse("dataset_publish_description", args=[dataset.slug]) in page


@pytest.mark.parametrize("access", [Dataset.Access.LISTED])
def test_nothing_is_asked_of_a_dataset_whose_data_stay_away(
    client: Client, agency: Agency, sign_in: SignIn, access: str
) -> None:
    sign_in("contributor")
    factories.dataset(at=agency, access=access)
    own = client.get(reverse("work")).context["sections"][0].work
    assert (own.to_do_count, own.expected) == (0, 0)


def test_each_agency_has_its_own_part(client: Client, agency: Agency, sign_in: SignIn) -> None:
    person = sign_in("contributor")
    other = factories.agency("Sở Nội vụ")
    person.memberships.create(agency=other, role_code="approver")
    factories.dataset(at=agency)
    factories.dataset("Của sở khác", at=factories.agency("Sở khác"))
    sections = client.get(reverse("work")).context["sections"]
    assert {section.work.agency for section in sections} == {agency, other}
    assert sum(len(section.work.missing) for section in sections) == 1


def test_somebody_without_a_role_is_told_whom_to_ask(client: Client, sign_in: SignIn) -> None:
    sign_in(None)
    assert "quản trị của cơ quan" in client.get(reverse("work")).content.decode()


@pytest.mark.parametrize("datasets", [1, 6])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    agency: Agency,
    sign_in: SignIn,
    django_assert_num_queries: Any,
    datasets: int,
) -> None:
    sign_in("contributor")
    for number in range(datasets):
        resource = factories.dataset(f"Bộ {number}", at=agency).resources.get()
        factories.release_at(ReleaseState.SUBMITTED, of=resource)
        factories.published(of=resource, period="2025Q4")
    client.get(reverse("work"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("work"))


QUERIES = 9
