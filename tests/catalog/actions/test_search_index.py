"""The search index of a large table is made after publishing, once, and searches go through it."""

import pytest
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string

import tables
from accounts.models import AuditEvent
from catalog import files
from catalog.actions import search_index
from catalog.explorer.tables import table_of
from catalog.models import Release
from catalog.states import ReleaseState
from catalog.tablepool import pool
from catalog.work_history import history
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_table_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "INDEXED_FROM", 1)


def test_words_are_found_through_the_index():
    release = make.published()
    without = tables.rows(pool(), table_of(release), tables.Query(search="do luong"))
    search_index.prepare(release.pk)
    release.refresh_from_db()
    keys = [f"{release.folder}/{name}" for name in (files.SEARCH, files.SORT)]
    assert release.search_size == sum(map(default_storage.size, keys))
    table = table_of(release)
    assert [table.search_path, table.sort_path] == [files.cached(key) for key in keys]
    found = tables.rows(pool(), table, tables.Query(search="do luong"))
    assert found == without
    assert found.total == 1


def test_rows_are_sorted_by_the_index():
    release = make.published()
    sort = [(column["name"], True) for column in release.columns if column["type"] == "text"][1:2]
    without = tables.rows(pool(), table_of(release), tables.Query(sort=sort))
    search_index.prepare(release.pk)
    release.refresh_from_db()
    assert tables.rows(pool(), table_of(release), tables.Query(sort=sort)) == without


def test_it_is_recorded_but_no_part_of_the_agencys_history():
    release = make.published()
    search_index.prepare(release.pk)
    event = AuditEvent.objects.get(action="release.search_index_made")
    assert (event.object_id, event.actor_name) == (str(release.pk), "")
    told = [happening.what for happening in history(release.resource.dataset)]
    assert "Lập xong chỉ mục tìm trong bảng" not in told


def test_prepare_again_changes_nothing():
    release = make.published()
    search_index.prepare(release.pk)
    search_index.prepare(release.pk)
    assert AuditEvent.objects.filter(action="release.search_index_made").count() == 1


def test_prepare_after_a_death_half_way():
    release = make.published()
    with files.work_folder() as folder:
        half = folder / files.SEARCH
        half.write_bytes(b"half an index")
        files.store(half, f"{release.folder}/{files.SEARCH}")
    assert search_index.without_index() == [release.pk]
    search_index.prepare(release.pk)
    assert search_index.without_index() == []


def test_the_schedule_takes_up_what_was_left(monkeypatch: pytest.MonkeyPatch):
    release = make.published()
    task = import_string("catalog.tasks.prepare_search_index")
    monkeypatch.setattr(task, "delay", task)
    import_string("catalog.tasks.resume_search_indexes")()
    assert Release.objects.get(pk=release.pk).search_size is not None


def test_unpublished_release_gets_none():
    release = make.release_at(ReleaseState.SUBMITTED)
    search_index.prepare(release.pk)
    release.refresh_from_db()
    assert release.search_size is None


def test_short_table_needs_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "INDEXED_FROM", 10_000)
    release = make.published()
    search_index.prepare(release.pk)
    release.refresh_from_db()
    assert release.search_size is None
    assert search_index.without_index() == []
