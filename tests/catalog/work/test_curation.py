"""Renaming, publishing a description, withdrawing a dataset."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Dataset
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of


@pytest.fixture
def published(agency: Agency) -> Dataset:
    release = factories.published(of=factories.dataset(at=agency).resources.get())
    return Dataset.objects.get(pk=release.resource.dataset_id)


def test_a_dataset_gets_another_address(
    client: Client, published: Dataset, sign_in: SignIn
) -> None:
    sign_in("ict_officer")
    address = reverse("dataset_rename", args=[published.slug])
    assert f"/dataset/{published.slug}" in client.get(address).content.decode()
    response = client.post(address, {"slug": "truong-hoc"})
    assert response["Location"] == reverse("work_dataset", args=["truong-hoc"])
    assert published.old_addresses.get().slug == "truong-hoc-theo-xa"


@pytest.mark.parametrize("slug", ["Trường học", "truong_hoc", "moi", "a--b", ""])
def test_an_address_that_cannot_be(
    client: Client, published: Dataset, sign_in: SignIn, slug: str
) -> None:
    sign_in("ict_officer")
    response = client.post(reverse("dataset_rename", args=[published.slug]), {"slug": slug})
    assert response.status_code == 200
    assert title_of(response.content.decode()).startswith("Lỗi: ")
    assert not published.old_addresses.exists()


def test_an_address_in_use(client: Client, published: Dataset, sign_in: SignIn) -> None:
    sign_in("ict_officer")
    other = factories.dataset("Khác", at=published.agency)
    response = client.post(reverse("dataset_rename", args=[published.slug]), {"slug": other.slug})
    assert "đã dùng cho bộ dữ liệu khác" in response.content.decode()


def test_a_description_is_published(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("approver")
    dataset = factories.dataset(at=agency, access=Dataset.Access.LISTED)
    address = reverse("dataset_publish_description", args=[dataset.slug])
    assert dataset.legal_ground in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    dataset.refresh_from_db()
    assert dataset.state == "published"


def test_open_data_are_published_with_their_first_release(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("approver")
    dataset = factories.dataset(at=agency)
    response = client.post(reverse("dataset_publish_description", args=[dataset.slug]))
    assert "cùng kỳ dữ liệu đầu tiên" in response.content.decode()


def test_who_registered_does_not_publish(client: Client, agency: Agency, sign_in: SignIn) -> None:
    person = sign_in("approver")
    person.memberships.create(agency=agency, role_code="contributor")
    dataset = factories.dataset(at=agency, by=person, access=Dataset.Access.LISTED)
    response = client.post(reverse("dataset_publish_description", args=[dataset.slug]))
    assert "không được tự phê duyệt" in response.content.decode()


def test_a_dataset_is_withdrawn_with_its_reason(
    client: Client, published: Dataset, sign_in: SignIn
) -> None:
    sign_in("approver")
    address = reverse("dataset_withdraw", args=[published.slug])
    response = client.post(address, {"reason": "Trùng với bộ dữ liệu của bộ."}, follow=True)
    assert "Trùng với bộ dữ liệu của bộ." in response.content.decode()
    published.refresh_from_db()
    assert published.state == "withdrawn"


@pytest.mark.parametrize("reason", ["", "   ", "quá ngắn"])
def test_a_reason_that_says_nothing(
    client: Client, published: Dataset, sign_in: SignIn, reason: str
) -> None:
    sign_in("approver")
    response = client.post(reverse("dataset_withdraw", args=[published.slug]), {"reason": reason})
    page = response.content.decode()
    assert 'href="#id_reason"' in page
    published.refresh_from_db()
    assert published.state == "published"


def test_a_draft_is_not_withdrawn(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("approver")
    dataset = factories.dataset(at=agency)
    response = client.post(
        reverse("dataset_withdraw", args=[dataset.slug]), {"reason": "Không còn cập nhật nữa."}
    )
    assert "Chỉ rút được bộ dữ liệu đang công bố." in response.content.decode()
