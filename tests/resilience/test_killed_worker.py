"""A worker that dies while it reads a file loses nothing and leaves nothing half published."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from catalog.actions import checking
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from core import clock
from tests import factories as make
from tests import processes

pytestmark = pytest.mark.django_db(transaction=True)


def large_file(rows: int) -> str:
    lines = [f"{n:07},Xã {n},{n % 97},{n % 1000 / 10}" for n in range(rows)]
    return "Mã,Tên,Số lượng,Tỉ lệ\n" + "\n".join(lines) + "\n"


@pytest.fixture
def waiting() -> Release:
    """A large upload that waits for a worker."""
    return make.release_at(ReleaseState.CHECKING, content=large_file(600_000), name="lon.csv")


def test_killed_worker_loses_nothing(waiting: Release, tmp_path: Path):
    with processes.worker(tmp_path) as first:
        processes.wait_for(lambda: stage(waiting), "the check to begin")
        first.kill()
    assert Release.objects.get(pk=waiting.pk).state == ReleaseState.CHECKING
    assert nothing_is_visible(waiting)

    with clock.set_to(clock.now() + timedelta(minutes=2)):
        # PostgreSQL frees the dead worker's lock when it notices that its session has gone.
        processes.wait_for(lambda: checking.resume_stalled() == 1, "the job to be taken up again")
    with processes.worker(tmp_path):
        processes.wait_for(lambda: state(waiting) == ReleaseState.READY, "the second check")
    done = Release.objects.get(pk=waiting.pk)
    assert (done.row_count, done.attempts) == (600_000, 2)
    assert default_storage.exists(f"{done.folder}/table.duckdb")


def test_a_check_that_dies_three_times_ends_with_a_sentence(waiting: Release):
    Release.objects.filter(pk=waiting.pk).update(attempts=checking.MOST_ATTEMPTS)
    checking.check(waiting.pk)
    ended = Release.objects.get(pk=waiting.pk)
    assert ended.state == ReleaseState.NEEDS_FIXING
    assert ended.reading["unreadable"]["code"] == "crashed"


def test_a_running_check_is_left_alone(waiting: Release, tmp_path: Path):
    with processes.worker(tmp_path):
        processes.wait_for(lambda: stage(waiting), "the check to begin")
        with clock.set_to(clock.now() + timedelta(minutes=2)):
            assert checking.resume_stalled() == 0
        processes.wait_for(lambda: state(waiting) == ReleaseState.READY, "the check")
    assert Release.objects.get(pk=waiting.pk).attempts == 1


def stage(release: Release) -> str:
    return Release.objects.values_list("stage", flat=True).get(pk=release.pk)


def state(release: Release) -> str:
    return Release.objects.values_list("state", flat=True).get(pk=release.pk)


def nothing_is_visible(release: Release) -> bool:
    dataset = Dataset.objects.get(pk=release.resource.dataset_id)
    kept = Release.objects.get(pk=release.pk)
    return dataset.state == Dataset.State.DRAFT and kept.folder == "" and kept.row_count is None
