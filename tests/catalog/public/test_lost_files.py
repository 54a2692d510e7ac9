"""Kept files that are not there, or not whole: written anew from the table, or one sentence."""

import io
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from catalog import files
from catalog.actions import excel
from catalog.downloads import Format, download_path
from catalog.models import Release
from tests import factories as make
from tests.catalog.public.test_download import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    found = make.published()
    excel.prepare(found.pk)
    found.refresh_from_db()
    return found


def kept(release: Release, name: str) -> Path:
    return Path(default_storage.path(f"{release.folder}/{name}"))


@pytest.fixture(params=["gone", "cut", "empty"])
def lost(request: pytest.FixtureRequest, release: Release) -> Release:
    """All files made for downloading are."""
    for name in (files.CSV, files.PARQUET, files.EXCEL):
        path = kept(release, name)
        content = path.read_bytes()
        path.unlink()
        if request.param != "gone":
            path.write_bytes(content[:20] if request.param == "cut" else b"")
    return release


def test_rows_are_written_anew(lost: Release, client: Client):
    taken = {
        format: body(client.get(download_path(lost, format)))
        for format in (Format.CSV, Format.PARQUET, Format.EXCEL)
    }
    assert "Đô Lương" in taken[Format.CSV].decode()
    assert pyarrow.parquet.read_table(io.BytesIO(taken[Format.PARQUET])).num_rows == 3
    assert openpyxl.load_workbook(io.BytesIO(taken[Format.EXCEL])).active.max_row >= 4


def test_the_api_writes_parquet_anew(lost: Release, client: Client):
    answer = client.get(f"/api/v1/resources/{lost.resource_id}/rows?format=parquet")
    assert pyarrow.parquet.read_table(io.BytesIO(body(answer))).num_rows == 3


def test_the_original_cannot_be_made_anew(release: Release, client: Client):
    Path(default_storage.path(release.file_key)).unlink()
    answer = client.get(download_path(release, Format.ORIGINAL))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Kho lưu tệp không đưa ra được tệp này" in answer.content.decode()
    client.force_login(make.person("contributor", release.resource.dataset.agency))
    answer = client.get(reverse("release_file", args=[release.pk]))
    assert answer.status_code == 503


def test_without_the_table_every_way_says_so(release: Release, client: Client):
    kept(release, files.TABLE).unlink()
    page = client.get(
        reverse("resource", args=[release.resource.dataset.slug, release.resource_id])
    )
    assert page.status_code == 503
    answer = client.get(f"/api/v1/resources/{release.resource_id}/rows")
    assert answer.status_code == 503
    assert json.loads(answer.content)["type"].endswith("#loi-unavailable")
    answer = client.get(download_path(release, Format.JSON))
    assert answer.status_code == 503
