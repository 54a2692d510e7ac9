"""The agency's datasets: the list and the page of one."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Dataset, ResourceUsage
from catalog.states import ReleaseState
from core import clock
from tests import factories
from tests.catalog.work.conftest import SignIn
from tests.markup import markup


def titles(client: Client, **query: str) -> list[str]:
    rows = client.get(reverse("work_datasets"), query).context["rows"]
    return [row.dataset.title_vi for row in rows]


def test_lists_the_agencys_own_datasets(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    draft = factories.dataset("Áp suất", at=agency)
    published = factories.published(of=factories.dataset("Bão", at=agency).resources.get())
    factories.dataset("Của sở khác", at=factories.agency("Sở khác"))
    waiting = factories.release_at(ReleaseState.NEEDS_FIXING, of=draft.resources.get())

    page = client.get(reverse("work_datasets")).content.decode()
    assert titles(client) == ["Áp suất", "Bão"]
    assert "2 bộ dữ liệu" in page
    assert reverse("release", args=[waiting.pk]) in page
    assert reverse("upload", args=[published.resource.pk]) in page


def test_filters_by_state_and_by_folded_words(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    factories.dataset("Trường học theo xã", at=agency)
    factories.published(of=factories.dataset("Bệnh viện", at=agency).resources.get())
    assert titles(client, q="truong hoc") == ["Trường học theo xã"]
    assert titles(client, q="benh") == ["Bệnh viện"]
    assert titles(client, trang_thai="draft") == ["Trường học theo xã"]
    assert titles(client, trang_thai="published") == ["Bệnh viện"]
    assert titles(client, trang_thai="missing") == ["Trường học theo xã"]
    assert titles(client, trang_thai="khong-co") == ["Bệnh viện", "Trường học theo xã"]


def test_the_list_says_how_often_data_were_taken(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    used, unused = (
        factories.dataset(title, at=agency).resources.get() for title in ("Bão", "Áp suất")
    )
    ResourceUsage.objects.create(
        resource=used, day=clock.today(), kind="download", format="csv", count=1234
    )
    ResourceUsage.objects.create(
        resource=unused, day=clock.today(), kind="view", format="", count=9
    )
    page = client.get(reverse("work_datasets"))
    assert [row.downloads for row in page.context["rows"]] == [0, 1234]
    assert page.content.decode().count("1.234 lượt tải trong 12 tháng") == 1


def test_nothing_found_offers_to_drop_the_filter(client: Client, sign_in: SignIn) -> None:
    sign_in("contributor")
    assert "chưa đăng ký bộ dữ liệu nào" in client.get(reverse("work_datasets")).content.decode()
    page = client.get(reverse("work_datasets"), {"q": "khongco"}).content.decode()
    assert "Bỏ điều kiện lọc" in page


def test_an_officer_of_the_data_authority_sees_and_filters_every_agency(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("ict_officer")
    other = factories.agency("Sở khác")
    factories.dataset("Một", at=agency)
    factories.dataset("Hai", at=other)
    assert titles(client) == ["Hai", "Một"]
    assert titles(client, co_quan=other.slug) == ["Hai"]


def test_a_long_list_has_pages(client: Client, agency: Agency, sign_in: SignIn) -> None:
    person = sign_in("contributor")
    for number in range(21):
        factories.dataset(f"Bộ số {number}", at=agency, by=person)
    assert len(titles(client)) == 20
    assert titles(client, page="2") == ["Bộ số 20"]
    assert titles(client, page="nhiều") == titles(client)


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
    client.get(reverse("work_datasets"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("work_datasets"))


QUERIES = 12


def detail(client: Client, dataset: Dataset, **query: str) -> str:
    response = client.get(reverse("work_dataset", args=[dataset.slug]), query)
    return response.content.decode()


def test_a_dataset_with_its_facts_releases_and_history(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(
        ReleaseState.RETURNED, of=factories.dataset(at=agency).resources.get()
    )
    page = detail(client, release.resource.dataset)
    assert "Quyết định 22/2023/QĐ-UBND" in page
    assert reverse("release", args=[release.pk]) in page
    assert "Đăng ký bộ dữ liệu" in page
    assert "Lý do: Số liệu chưa khớp báo cáo quý." in page
    assert reverse("dataset_edit", args=[release.resource.dataset.slug]) in page


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("contributor", {"dataset_edit", "resource_add"}),
        ("approver", {"dataset_withdraw"}),
        ("ict_officer", {"dataset_rename"}),
        ("auditor", set()),
    ],
)
def test_steps_are_offered_to_those_who_may_take_them(
    client: Client, agency: Agency, sign_in: SignIn, role: str, offered: set[str]
) -> None:
    sign_in(role)
    release = factories.published(of=factories.dataset(at=agency).resources.get())
    dataset = release.resource.dataset
    page = detail(client, dataset)
    steps = ("dataset_edit", "resource_add", "dataset_withdraw", "dataset_rename")
    seen = {name for name in steps if reverse(name, args=[dataset.slug]) in page}
    assert seen == offered
    assert (reverse("upload", args=[release.resource_id]) in page) is (role == "contributor")


def test_only_what_was_handed_in_counts_as_a_delivery(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    """Two uploads that failed and one that was given up, then one handed in: that is the first."""
    sign_in("contributor")
    resource = factories.dataset(at=agency).resources.get()
    for content in ("a", "b"):  # a header without a row
        factories.release_at(ReleaseState.NEEDS_FIXING, of=resource, content=content)
    factories.release_at(ReleaseState.DISCARDED, of=resource)
    first = factories.published(of=resource)
    assert first.number == 4
    page = detail(client, resource.dataset)
    assert "lần " not in page.split('role="table"')[1].split("</table>")[0]
    assert "3 lần nộp đã huỷ" in page.split("<summary>")[1].split("</summary>")[0]
    assert "Đã rút" not in page
    assert "Lần nộp" not in markup(client.get(reverse("release", args=[first.pk])))
    second = factories.published(of=resource, content=factories.GOOD_CSV.replace("4", "5"))
    assert "lần 2" in detail(client, resource.dataset)
    assert "Lần nộp thứ 2" in markup(client.get(reverse("release", args=[second.pk])))


def test_many_releases_are_paged_by_table(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    dataset = factories.dataset(at=agency, frequency="monthly")
    resource = dataset.resources.get()
    for month in range(1, 11):
        factories.release_at(ReleaseState.NEEDS_FIXING, of=resource, period=f"2026-{month:02}")
    page = detail(client, dataset)
    assert "Xem đủ 10 bản đã tải lên" in page
    assert "Tháng 1/2026" not in page.split("lich-su")[0]
    assert "Tháng 1/2026" in detail(client, dataset, bang=resource.name).split("lich-su")[0]


def test_uploads_given_up_do_not_push_away_what_was_delivered(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = factories.dataset(at=agency).resources.get()
    kept = factories.published(of=resource, period="2025Q4")
    for _time in range(10):
        factories.release_at(ReleaseState.DISCARDED, of=resource)
    page = markup(client.get(reverse("work_dataset", args=[resource.dataset.slug])))
    table, folded = page.split("</table>")[0], page.split("<details>")[1]
    assert reverse("release", args=[kept.pk]) in table
    assert "10 lần nộp đã huỷ" in folded
    onward = re.search(r'href="(\?bang=[^"]*huy=1)"', folded)
    assert onward
    every = client.get(
        reverse("work_dataset", args=[resource.dataset.slug]) + onward[1].replace("&amp;", "&")
    )
    assert len(every.context["tables"][0].newest.releases) == 10
