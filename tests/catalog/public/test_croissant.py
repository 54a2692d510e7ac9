"""croissant.json has what Croissant 1.0 requires, and leads to the files it speaks of."""

import hashlib
import io
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet
import pytest
from django.test import Client

from catalog.models import Release
from tests import factories

pytestmark = pytest.mark.django_db

# Croissant 1.0: "Dataset-level information", required; and "recommended" that we state as well.
REQUIRED = {
    "@context", "@type", "conformsTo", "name", "description", "url", "license", "creator",
    "datePublished",
}  # fmt: skip
RECOMMENDED = {
    "keywords", "publisher", "version", "dateModified", "inLanguage", "citeAs", "isLiveDataset",
}  # fmt: skip
TYPES = {
    "sc:Text", "sc:Integer", "sc:Float", "sc:Boolean", "sc:Date", "sc:DateTime", "sc:Time", "sc:URL"
}  # fmt: skip


@pytest.fixture
def release(db: None) -> Release:
    table = factories.dataset().resources.get()
    factories.published(of=table, period="2026Q1")
    return factories.published(of=table, period="2026Q2")


def croissant(client: Client, release: Release) -> dict[str, Any]:
    page = client.get(f"/dataset/{release.resource.dataset.slug}/croissant.json")
    assert page.headers["Content-Type"] == "application/ld+json"
    return page.json()


def test_it_has_what_the_specification_requires(client: Client, release: Release) -> None:
    said = croissant(client, release)
    assert said.keys() >= REQUIRED | RECOMMENDED
    assert (said["@type"], said["conformsTo"]) == (
        "sc:Dataset",
        "http://mlcommons.org/croissant/1.0",
    )
    assert said["creator"]["@type"] == "sc:Organization"
    assert said["isLiveDataset"] is True


def test_every_name_of_ours_is_in_its_context(client: Client, release: Release) -> None:
    """Names that are schema.org's need no entry; Croissant's own do."""
    own = {"recordSet", "field", "dataType", "source", "extract", "column", "fileObject", "key"}
    context = croissant(client, release)["@context"]
    assert all(
        (entry if isinstance(entry, str) else entry["@id"]).startswith("cr:")
        for entry in (context[name] for name in own)
    )


def test_ids_are_unique_and_every_reference_leads_somewhere(
    client: Client, release: Release
) -> None:
    said = croissant(client, release)
    [records] = said["recordSet"]
    nodes = [*said["distribution"], records, *records["field"]]
    ids = [node["@id"] for node in nodes]
    assert len(ids) == len(set(ids))
    for field in records["field"]:
        assert field["source"]["fileObject"]["@id"] in ids


def test_every_period_is_there_as_files(client: Client, release: Release) -> None:
    files = croissant(client, release)["distribution"]
    assert [file["name"].rpartition("_")[2] for file in files] == [
        "2026Q2.parquet",
        "2026Q2.csv",
        "2026Q1.parquet",
        "2026Q1.csv",
    ]
    for file in files:
        assert file.keys() >= {
            "@id", "name", "contentUrl", "contentSize", "encodingFormat", "sha256"
        }  # fmt: skip


def test_a_file_is_what_is_said_of_it(client: Client, release: Release) -> None:
    for file in croissant(client, release)["distribution"][:2]:
        content = fetched(client, file["contentUrl"])
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"


def test_fields_are_columns_of_the_newest_period(client: Client, release: Release) -> None:
    said = croissant(client, release)
    [records] = said["recordSet"]
    content = fetched(client, said["distribution"][0]["contentUrl"])
    columns = pyarrow.parquet.read_table(io.BytesIO(content)).column_names
    assert [field["source"]["extract"]["column"] for field in records["field"]] == columns
    assert [field["dataType"] for field in records["field"]] == [
        "sc:Text", "sc:Text", "sc:Integer", "sc:Float", "sc:Date",
    ]  # fmt: skip
    assert {field["dataType"] for field in records["field"]} <= TYPES


def test_the_key_names_its_fields(client: Client, release: Release) -> None:
    table = release.resource
    table.key_columns = ["ma_xa"]
    table.save(update_fields=["key_columns"])
    [records] = croissant(client, release)["recordSet"]
    assert records["key"] == [{"@id": "bang-chinh/ma_xa"}]


def fetched(client: Client, url: str) -> bytes:
    return b"".join(client.get(urlsplit(url).path).streaming_content)  # type: ignore[attr-defined]
