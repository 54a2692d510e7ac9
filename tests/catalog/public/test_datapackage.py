"""datapackage.json holds to the Data Package standard, and says of the files what they are."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.test import Client

from catalog.actions import resource as resource_actions
from catalog.models import Release
from tests import factories

pytestmark = pytest.mark.django_db

NAME = {"type": "string", "pattern": r"^([-a-z0-9._/])+$"}
URL = {"type": "string", "pattern": r"^https?://[^\s]+$"}
DAY_AND_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
SOURCE = {
    "type": "object",
    "required": ["title"],
    "properties": {"title": {"type": "string"}, "path": URL, "email": {"type": "string"}},
}
FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "type": {
            "enum": [
                "string", "number", "integer", "date", "time", "datetime", "year", "yearmonth",
                "boolean", "object", "geopoint", "geojson", "array", "list", "duration", "any",
            ]
        },
        "constraints": {"type": "object"},
    },
}  # fmt: skip
RESOURCE = {
    "type": "object",
    "required": ["name", "path"],
    "not": {"required": ["data"]},
    "properties": {
        "name": NAME,
        "path": URL,
        "profile": {"const": "tabular-data-resource"},
        "type": {"const": "table"},
        "mediatype": {"type": "string", "pattern": r"^.+/.+$"},
        "bytes": {"type": "integer", "minimum": 0},
        "hash": {"type": "string", "pattern": r"^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32})$"},
        "sources": {"type": "array", "minItems": 1, "items": SOURCE},
        "schema": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "fields": {"type": "array", "minItems": 1, "items": FIELD},
                "missingValues": {"type": "array", "items": {"type": "string"}},
                "primaryKey": {"type": "array", "minItems": 1, "uniqueItems": True},
            },
        },
    },
}
# The rules of https://datapackage.org/profiles/2.0/datapackage.json that our members fall under.
PACKAGE = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": NAME,
        "id": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "homepage": URL,
        "created": DAY_AND_TIME,
        "keywords": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {
                "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
                "properties": {
                    "name": {"type": "string", "pattern": r"^([-a-zA-Z0-9._])+$"},
                    "path": URL,
                    "title": {"type": "string"},
                },
            },
        },
        "contributors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["title"],
                "properties": {
                    "path": URL,
                    "email": {"type": "string", "pattern": "@"},
                    "role": {
                        "enum": ["publisher", "author", "contributor", "maintainer", "wrangler"]
                    },
                    "roles": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                },
            },
        },
        "sources": {"type": "array", "minItems": 1, "items": SOURCE},
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}


@pytest.fixture
def release(db: None) -> Release:
    """The newest of two periods, in a dataset with everything said about it."""
    table = factories.dataset(
        source_database="CSDL ngành giáo dục",
        contact_email="dau-moi@thu.example",
        description_en="A dataset for tests.",
        temporal_start="2026-01-01",
    ).resources.get()
    factories.published(of=table, period="2026Q1")
    return factories.published(of=table, period="2026Q2")


def package(client: Client, release: Release) -> dict[str, Any]:
    return client.get(f"/dataset/{release.resource.dataset.slug}/datapackage.json").json()


def test_it_holds_to_the_standard(client: Client, release: Release) -> None:
    jsonschema.validate(package(client, release), PACKAGE)


def test_it_says_what_the_dataset_is(client: Client, release: Release) -> None:
    said = package(client, release)
    dataset = release.resource.dataset
    assert (said["name"], said["id"]) == (dataset.slug, str(dataset.pk))
    assert said["title"] == "Trường học theo xã"
    assert said["description@en"] == "A dataset for tests."
    assert said["licenses"][0]["name"] == "nghe-an-mo"
    assert said["sources"] == [{"title": "CSDL ngành giáo dục"}]
    assert [one["role"] for one in said["contributors"]] == ["publisher", "maintainer"]
    assert said["contributors"][1]["email"] == "dau-moi@thu.example"
    assert said["temporal"] == {"start": "2026-01-01"}
    assert said["illustrative"] is False


def test_every_period_is_a_resource_the_newest_first(client: Client, release: Release) -> None:
    listed = package(client, release)["resources"]
    assert [one["name"] for one in listed] == ["bang-chinh_2026q2", "bang-chinh_2026q1"]
    assert listed[0]["title"] == "Bảng chính, Quý II/2026"


def test_the_newest_period_of_every_table_comes_first(client: Client, release: Release) -> None:
    dataset = release.resource.dataset
    other = resource_actions.add(
        dataset=dataset, title_vi="Phụ lục", by=factories.person("contributor", dataset.agency)
    )
    factories.published(of=other, period="2026Q2")
    names = [one["name"] for one in package(client, release)["resources"]]
    assert names == ["bang-chinh_2026q2", "phu-luc_2026q2", "bang-chinh_2026q1"]


def test_the_file_is_what_is_said_of_it(client: Client, release: Release) -> None:
    said = package(client, release)["resources"][0]
    content = fetched(client, said["path"])
    assert said["bytes"] == len(content)
    assert said["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert said["rowCount"] == 3
    header = content.decode("utf-8-sig").splitlines()[0]
    assert ",".join(field["name"] for field in said["schema"]["fields"]) == header


def test_the_original_is_what_is_said_of_it(client: Client, release: Release) -> None:
    [said] = package(client, release)["resources"][0]["sources"]
    content = fetched(client, said["path"])
    assert (said["title"], said["bytes"]) == ("truong-hoc.csv", len(content))
    assert said["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_hash_that_was_never_taken_is_left_out(client: Client, release: Release) -> None:
    release.reading.pop("csv_sha256")
    Release.objects.filter(pk=release.pk).update(reading=release.reading)
    assert "hash" not in package(client, release)["resources"][0]


def fetched(client: Client, url: str) -> bytes:
    return b"".join(client.get(urlsplit(url).path).streaming_content)  # type: ignore[attr-defined]
