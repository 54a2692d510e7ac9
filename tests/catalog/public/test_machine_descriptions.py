"""datapackage.json and croissant.json alike: who gets them, how long they may be kept, who does not."""

from typing import Any

import pytest
from django.test import Client

from catalog.actions import dataset as dataset_actions
from catalog.models import Dataset, Release
from tests import factories
from tests.catalog.public.conftest import MakePublic

pytestmark = pytest.mark.django_db
NAMES = ("datapackage.json", "croissant.json")


@pytest.fixture(params=NAMES)
def name(request: Any) -> str:
    return request.param


def address(dataset: Dataset, name: str) -> str:
    return f"/dataset/{dataset.slug}/{name}"


def test_any_site_may_read_it(client: Client, name: str) -> None:
    page = client.get(address(factories.published().resource.dataset, name))
    assert page.status_code == 200
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    assert page.headers["Cache-Control"] == "public, max-age=300"


def test_it_is_sent_once(client: Client, name: str) -> None:
    where = address(factories.published().resource.dataset, name)
    first = client.get(where)
    again = client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(where, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304


def test_a_new_period_makes_it_another(client: Client, name: str) -> None:
    table = factories.dataset().resources.get()
    factories.published(of=table, period="2026Q1")
    first = client.get(address(table.dataset, name))
    factories.published(of=table, period="2026Q2")
    again = client.get(
        address(table.dataset, name), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 200
    assert "2026Q2" in again.content.decode()


def test_it_is_the_same_for_every_language(client: Client, name: str) -> None:
    where = address(factories.published().resource.dataset, name)
    english = client.get(where, headers={"Accept-Language": "en"})
    assert english.content == client.get(where).content
    assert english.headers["Content-Language"] == "vi"


def test_what_is_kept_costs_one_query(
    client: Client, name: str, django_assert_num_queries: Any
) -> None:
    where = address(factories.published().resource.dataset, name)
    first = client.get(where).content
    with django_assert_num_queries(1):
        assert client.get(where).content == first


def test_head_sends_nothing(client: Client, name: str) -> None:
    page = client.head(address(factories.published().resource.dataset, name))
    assert (page.status_code, page.content) == (200, b"")


def test_data_that_are_not_open_are_only_described(client: Client, name: str) -> None:
    table = factories.dataset(access=Dataset.Access.SHARED).resources.get()
    release: Release = factories.published(of=table)
    page = client.get(address(release.resource.dataset, name))
    assert page.status_code == 200
    assert page.json().get("resources", []) == page.json().get("distribution", []) == []
    assert "/download/" not in page.content.decode()


def test_a_dataset_without_data_is_described(client: Client, public: MakePublic, name: str) -> None:
    assert client.get(address(public("Trạm y tế xã"), name)).status_code == 200


def test_made_up_figures_are_called_that(client: Client, public: MakePublic, name: str) -> None:
    page = client.get(address(public("Trạm y tế xã", is_illustrative=True), name))
    assert page.json()["description"].startswith("Số liệu minh hoạ")


def test_an_old_address_leads_to_the_present_one(client: Client, name: str) -> None:
    found = factories.published().resource.dataset
    old = address(found, name)
    dataset_actions.rename(dataset=found, slug="dia-chi-moi", by=factories.person("ict_officer"))
    page = client.get(old)
    assert (page.status_code, page.headers["Location"]) == (301, f"/dataset/dia-chi-moi/{name}")


def test_a_withdrawn_one_says_when_and_why(client: Client, name: str) -> None:
    found = factories.published().resource.dataset
    dataset_actions.withdraw(
        dataset=found,
        reason="Đã chuyển sang cơ sở dữ liệu quốc gia.",
        by=factories.person("approver", found.agency),
    )
    page = client.get(address(found, name))
    assert page.status_code == 410
    assert page.headers["Content-Type"] == "application/problem+json"
    assert page.json()["reason"] == "Đã chuyển sang cơ sở dữ liệu quốc gia."
    assert page.headers["Access-Control-Allow-Origin"] == "*"


def test_an_unknown_or_unpublished_one_is_not_there(client: Client, name: str) -> None:
    draft = factories.dataset()
    for where in (address(draft, name), f"/dataset/khong-co/{name}"):
        page = client.get(where)
        assert page.status_code == 404
        assert page.json()["detail"] == "Không có bộ dữ liệu nào ở địa chỉ này."


def test_nobody_writes(client: Client, name: str) -> None:
    where = address(factories.published().resource.dataset, name)
    assert client.post(where).status_code == 405
