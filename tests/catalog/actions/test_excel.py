"""The Excel copy is made after publishing, once."""

import openpyxl
import pytest
from django.core.files.storage import default_storage

from catalog import files
from catalog.actions import excel
from catalog.models import Release
from catalog.states import ReleaseState
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_copy_holds_the_table():
    release = make.published()
    excel.prepare(release.pk)
    release.refresh_from_db()
    key = f"{release.folder}/{files.EXCEL}"
    assert release.excel_size == default_storage.size(key)
    with files.local(key) as path:
        rows = list(openpyxl.load_workbook(path, read_only=True).active.values)
    assert rows[0][:3] == ("Mã xã", "Tên xã", "Số trường")
    assert rows[1][:3] == ("00123", "Đô Lương", 12)


def test_prepare_again_changes_nothing():
    release = make.published()
    excel.prepare(release.pk)
    first = Release.objects.get().excel_size
    excel.prepare(release.pk)
    assert Release.objects.get().excel_size == first


def test_prepare_after_a_death_half_way():
    release = make.published()
    with files.work_folder() as folder:
        half = folder / files.EXCEL
        half.write_bytes(b"half a file")
        files.store(half, f"{release.folder}/{files.EXCEL}")
    assert excel.without_excel() == [release.pk]
    excel.prepare(release.pk)
    assert excel.without_excel() == []


def test_unpublished_release_gets_none():
    release = make.release_at(ReleaseState.SUBMITTED)
    excel.prepare(release.pk)
    release.refresh_from_db()
    assert release.excel_size is None
