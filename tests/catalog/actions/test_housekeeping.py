"""Files nobody points to are removed, after a day; all others stay."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalog import files
from catalog.actions import housekeeping
from core import clock
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_orphans_go_after_a_day():
    release = make.published()
    default_storage.save("uploads/orphan", ContentFile(b"x"))
    default_storage.save(f"releases/{release.pk}/9-1/table.duckdb", ContentFile(b"x"))
    housekeeping.remove_orphans()
    assert default_storage.exists("uploads/orphan")
    with clock.set_to(clock.now() + timedelta(days=2)):
        housekeeping.remove_orphans()
    assert not default_storage.exists("uploads/orphan")
    assert not default_storage.exists(f"releases/{release.pk}/9-1/table.duckdb")
    assert default_storage.exists(release.file_key)
    assert default_storage.exists(f"{release.folder}/table.duckdb")


def test_what_killed_programs_left_on_the_way_goes_after_a_day() -> None:
    left = files.work_root() / "export-left"
    left.mkdir()
    (left / "window").write_bytes(b"x")
    housekeeping.remove_orphans()
    assert left.exists()
    with clock.set_to(clock.now() + timedelta(days=2)):
        housekeeping.remove_orphans()
    assert not left.exists()
