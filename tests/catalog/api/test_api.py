"""The open API: no login, only what is public."""

import pytest
from django.test import Client

from catalog.actions import dataset as dataset_actions
from catalog.models import Dataset
from catalog.states import ReleaseState
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_datasets_are_listed(client: Client):
    release = make.published()
    body = client.get("/api/v1/datasets/").json()
    assert body["count"] == 1
    first = body["results"][0]
    assert first["slug"] == release.resource.dataset.slug
    assert first["latest_period"] == release.period
    assert first["formats"] == ["csv"]


def test_search_needs_no_accents(client: Client):
    make.published()
    assert client.get("/api/v1/datasets/", {"q": "truong hoc"}).json()["count"] == 1
    assert client.get("/api/v1/datasets/", {"q": "bệnh viện"}).json()["count"] == 0


def test_filters_narrow(client: Client):
    release = make.published()
    agency = release.resource.dataset.agency.slug
    assert client.get("/api/v1/datasets/", {"organization": agency}).json()["count"] == 1
    assert client.get("/api/v1/datasets/", {"organization": "khac"}).json()["count"] == 0


def test_dataset_tells_its_tables_and_files(client: Client):
    release = make.published()
    detail = client.get(f"/api/v1/datasets/{release.resource.dataset.slug}/").json()
    table = detail["resources"][0]
    assert [column["name"] for column in table["columns"]][:2] == ["ma_xa", "ten_xa"]
    releases = client.get(table["releases_url"].split("8000")[-1]).json()["results"]
    csv = releases[0]["distributions"][0]
    assert (csv["format"], csv["byte_size"]) == ("CSV", release.csv_size)
    path = "/dataset" + csv["url"].split("/dataset", 1)[1]
    assert b"".join(client.get(path).streaming_content).startswith(b"\xef\xbb\xbf")


def test_wrong_filter_value_is_a_bad_request(client: Client):
    assert client.get("/api/v1/datasets/", {"access": "secret"}).status_code == 400


def test_moments_of_any_zone(client: Client):
    make.published()
    asked = {
        "2020-01-01T00:00:00Z": 1,
        "0498-11-01T18:28:06+20:42": 1,
        "9000-01-01T00:00:00-23:59": 0,
    }
    for moment, count in asked.items():
        found = client.get("/api/v1/datasets/", {"modified_since": moment})
        assert found.json()["count"] == count
    beyond = client.get("/api/v1/datasets/", {"modified_since": "0001-01-01T00:00:00+14:00"})
    assert (beyond.status_code, beyond.json()["parameter"]) == (400, "modified_since")


def test_drafts_are_not_there(client: Client):
    release = make.release_at(ReleaseState.SUBMITTED)
    assert client.get("/api/v1/datasets/").json()["count"] == 0
    slug = release.resource.dataset.slug
    assert client.get(f"/api/v1/datasets/{slug}/").status_code == 404
    assert client.get(f"/api/v1/resources/{release.resource_id}/releases/").status_code == 404


def test_releases_of_shared_data_are_not_there(client: Client):
    release = make.published(of=make.dataset(access=Dataset.Access.SHARED).resources.get())
    assert client.get(f"/api/v1/resources/{release.resource_id}/releases/").status_code == 404


def test_withdrawn_datasets_are_not_there(client: Client):
    release = make.published()
    dataset_actions.withdraw(
        dataset=release.resource.dataset,
        reason="Đã chuyển sang cơ sở dữ liệu quốc gia.",
        by=make.person("approver", release.resource.dataset.agency),
    )
    assert client.get("/api/v1/datasets/").json()["count"] == 0
    dataset = f"/api/v1/datasets/{release.resource.dataset.slug}/"
    for address in (dataset, f"/api/v1/resources/{release.resource_id}/releases/"):
        gone = client.get(address)
        assert gone.status_code == 410
        assert gone["Content-Type"] == "application/problem+json"
        assert gone.json()["reason"] == "Đã chuyển sang cơ sở dữ liệu quốc gia."


def test_listing_costs_the_same_for_more(client: Client, django_assert_num_queries):
    make.published()
    with django_assert_num_queries(3):
        client.get("/api/v1/datasets/")
    for title in ("Hai", "Ba", "Bốn"):
        make.published(of=make.dataset(title).resources.get())
    with django_assert_num_queries(3):
        assert client.get("/api/v1/datasets/").json()["count"] == 4


def test_nobody_writes(client: Client):
    assert client.post("/api/v1/datasets/", {}).status_code == 405


def test_schema_and_its_page(client: Client):
    assert b"/api/v1/datasets/" in client.get("/api/v1/schema/").content
    assert client.get("/api/v1/docs/").status_code == 200
