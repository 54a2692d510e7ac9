"""Step 1 of 3: the period and the file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of


@pytest.fixture
def table(agency: Agency) -> Resource:
    return factories.dataset(at=agency).resources.get()


def send(client: Client, table: Resource, content: str, period: str = "", **how: Any) -> Any:
    file = SimpleUploadedFile("truong-hoc.csv", content.encode(), "text/csv")
    data = {"period": period or factories.last_period(table), "file": file}
    return client.post(reverse("upload", args=[table.pk]), data, **how)


def test_the_page_says_what_it_takes_before_a_file_is_chosen(
    client: Client, table: Resource, sign_in: SignIn, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 5 * 1024**2
    sign_in("contributor")
    page = client.get(reverse("upload", args=[table.pk])).content.decode()
    assert "Bước 1 trong 3" in page
    assert page.index("5,0 MB") < page.index('type="file"')
    assert "Chưa có kỳ nào được công bố." in page
    assert "Tệp mẫu" not in page


def test_the_period_of_the_address_is_chosen(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    address = reverse("upload", args=[table.pk])
    page = client.get(address, {"ky": "2026Q1"}).content.decode()
    assert '<option value="2026Q1" selected>Quý I/2026 – Chưa nộp</option>' in page


def test_a_table_delivered_before_shows_how_and_offers_a_template(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    factories.published(of=table, period="2025Q4")
    page = client.get(reverse("upload", args=[table.pk])).content.decode()
    assert "truong-hoc.csv" in page
    assert reverse("resource_template", args=[table.pk]) in page
    assert "Quý IV/2025 – Đã công bố" in page


def test_a_file_is_taken_in_and_its_check_followed(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    person = sign_in("contributor")
    response = send(client, table, factories.GOOD_CSV)
    release = Release.objects.get()
    assert response["Location"] == reverse("release", args=[release.pk])
    assert (release.state, release.uploaded_by) == ("checking", person)
    assert release.file_name == "truong-hoc.csv"
    assert release.file_size == len(factories.GOOD_CSV.encode())


def test_the_same_file_again_leads_to_what_it_already_made(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    send(client, table, factories.GOOD_CSV)
    response = send(client, table, factories.GOOD_CSV, follow=True)
    assert "Tệp này đã được tải lên" in response.content.decode()
    assert Release.objects.count() == 1


def test_another_file_takes_the_place_of_the_first(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    send(client, table, factories.GOOD_CSV)
    response = send(client, table, factories.BAD_CSV, follow=True)
    assert "Tệp này đã được tải lên" not in response.content.decode()
    assert sorted(Release.objects.values_list("state", flat=True)) == ["checking", "discarded"]


def test_no_file(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    address = reverse("upload", args=[table.pk])
    page = client.post(address, {"period": factories.last_period(table)}).content.decode()
    assert 'href="#id_file">Tệp dữ liệu: Hãy chọn tệp dữ liệu.' in page
    assert title_of(page).startswith("Lỗi: ")


def test_an_empty_file(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    assert "Tệp rỗng. Hãy chọn tệp có dữ liệu." in send(client, table, "").content.decode()
    assert not Release.objects.exists()


def test_a_file_beyond_the_limit(
    client: Client, table: Resource, sign_in: SignIn, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    sign_in("contributor")
    assert "Tệp lớn hơn giới hạn." in send(client, table, factories.GOOD_CSV).content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize("period", ["2099Q1", "2026-01", "xx"])
def test_a_period_that_is_not_offered(
    client: Client, table: Resource, sign_in: SignIn, period: str
) -> None:
    sign_in("contributor")
    page = send(client, table, factories.GOOD_CSV, period).content.decode()
    assert "Hãy chọn một kỳ trong danh sách." in page


def test_a_period_that_waits_for_approval(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    factories.release_at(ReleaseState.SUBMITTED, of=table)
    page = send(client, table, factories.BAD_CSV).content.decode()
    assert "đã nộp và đang chờ duyệt" in page


def test_a_dataset_whose_data_stay_away_takes_no_file(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    Dataset.objects.filter(pk=table.dataset_id).update(access=Dataset.Access.LISTED)
    page = client.get(reverse("upload", args=[table.pk])).content.decode()
    assert "không nhận tệp dữ liệu" in page
    assert 'type="file"' not in page
    assert "không nhận tệp dữ liệu" in send(client, table, factories.GOOD_CSV).content.decode()
