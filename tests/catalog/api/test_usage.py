"""/api/v1/usage: open numbers of use, by day and month, as JSON and CSV."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from catalog.actions import dataset as dataset_actions
from catalog.models import Dataset, Resource, ResourceUsage
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/usage"


@pytest.fixture
def table(db: None) -> Resource:
    """A public table used on three days."""
    table = published("Trường học theo xã")
    used(table, date(2026, 8, 31), "view", 5)
    used(table, date(2026, 9, 1), "view", 7)
    used(table, date(2026, 9, 1), "download", 2, "csv")
    used(table, date(2026, 9, 30), "view", 1)
    return table


def published(title: str) -> Resource:
    table = factories.dataset(title).resources.get()
    Dataset.objects.filter(pk=table.dataset_id).update(
        state=Dataset.State.PUBLISHED, first_published_at=table.created_at
    )
    return Resource.objects.select_related("dataset__agency").get(pk=table.pk)


def used(table: Resource, day: date, kind: str, count: int, format: str = "") -> None:
    ResourceUsage.objects.create(resource=table, day=day, kind=kind, format=format, count=count)


def told(client: Client, **query: Any) -> list[tuple[str, str, str, int]]:
    results = client.get(ADDRESS, query).json()["results"]
    return [(row["date"], row["kind"], row["format"], row["count"]) for row in results]


def test_every_day_and_way(client: Client, table: Resource) -> None:
    assert told(client) == [
        ("2026-08-31", "view", "", 5),
        ("2026-09-01", "download", "csv", 2),
        ("2026-09-01", "view", "", 7),
        ("2026-09-30", "view", "", 1),
    ]
    first = client.get(ADDRESS).json()["results"][0]
    assert first.keys() == {"date", "dataset", "resource", "table", "kind", "format", "count"}
    assert (first["dataset"], first["resource"], first["table"]) == (
        table.dataset.slug, str(table.pk), "bang-chinh",
    )  # fmt: skip


def test_months_are_added_up(client: Client, table: Resource) -> None:
    assert told(client, by="month") == [
        ("2026-08", "view", "", 5),
        ("2026-09", "download", "csv", 2),
        ("2026-09", "view", "", 8),
    ]


def test_filters_narrow(client: Client, table: Resource) -> None:
    other = published("Trạm y tế")
    used(other, date(2026, 9, 1), "api", 3, "json")
    assert [count for *_, count in told(client, dataset=other.dataset.slug)] == [3]
    assert [count for *_, count in told(client, resource=str(other.pk))] == [3]
    assert [count for *_, count in told(client, kind="download")] == [2]
    september = {"since": "2026-09-01", "until": "2026-09-29", "dataset": table.dataset.slug}
    assert [count for *_, count in told(client, **september)] == [2, 7]


def test_as_csv_all_at_once(client: Client, table: Resource) -> None:
    page = client.get(ADDRESS, {"format": "csv", "page_size": "1"})
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(page.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["date"], row["count"]) for row in rows] == [
        ("2026-08-31", "5"),
        ("2026-09-01", "2"),
        ("2026-09-01", "7"),
        ("2026-09-30", "1"),
    ]


def test_the_accept_header_asks_for_csv_too(client: Client, table: Resource) -> None:
    page = client.get(ADDRESS, headers={"Accept": "text/csv"})
    assert page.headers["Content-Type"].startswith("text/csv")


def test_json_comes_in_pages(client: Client, table: Resource) -> None:
    first = client.get(ADDRESS, {"page_size": "3"}).json()
    assert (first["count"], len(first["results"])) == (4, 3)
    assert len(client.get(ADDRESS, {"page_size": "3", "page": "2"}).json()["results"]) == 1


def test_any_site_may_ask(client: Client, table: Resource) -> None:
    assert client.get(ADDRESS).headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_public_is_not_told(client: Client, table: Resource) -> None:
    used(factories.dataset("Bản nháp").resources.get(), date(2026, 9, 1), "view", 1)
    dataset_actions.withdraw(
        dataset=table.dataset,
        reason="Đã chuyển sang cơ sở dữ liệu quốc gia.",
        by=factories.person("approver", table.dataset.agency),
    )
    assert told(client) == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"since": "hôm qua"}, "since"),
        ({"kind": "glance"}, "kind"),
        ({"resource": "x"}, "resource"),
        ({"by": "week"}, "by"),
        ({"format": "xlsx"}, "format"),
        ({"tu_ngay": "2026-09-01"}, "tu_ngay"),
    ],
)
def test_a_wrong_parameter_is_named(
    client: Client, table: Resource, query: dict[str, str], parameter: str
) -> None:
    page = client.get(ADDRESS, query)
    assert page.status_code == 400
    assert page.headers["Content-Type"] == "application/problem+json"
    assert page.json()["parameter"] == parameter


def test_it_costs_the_same_for_more(
    client: Client, table: Resource, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        used(table, date(2026, 10, 1 + number), "view", 1)
    with django_assert_num_queries(2):
        assert client.get(ADDRESS).json()["count"] == 24


def test_it_stands_in_the_openapi_document(client: Client) -> None:
    document = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    asked = document["paths"][ADDRESS]["get"]["parameters"]
    assert {"by", "dataset", "since", "until", "kind"} <= {one["name"] for one in asked}
