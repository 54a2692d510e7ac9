"""The portal checks a delivered file: read it, make its table, say what is wrong.

The file is read in a process of its own with limits (docs/adr/0014): whatever that process dies of is one
sentence about the file, at once. Only the death of the worker itself is tried again.

Only one process checks a release at a time: it holds a PostgreSQL advisory lock in its session, which
the database frees by itself when the process dies. That is how `resume_stalled` knows a dead job from
a running one. Whatever was made before a death is left under a key nobody points to.
"""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

import tables
from accounts.queue import after_commit
from catalog import files
from catalog.actions import pulled
from catalog.actions.claims import claim_key, claimed, is_claimed
from catalog.actions.states import apply, locked
from catalog.models import Release
from catalog.states import ReleaseState
from core import clock, disk

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 3
NO_ROOM = "no_room"  # the stage of a release whose check waits for room on the disk
MADE_OF_A_FILE = 2  # the table, and the CSV and Parquet copies, are about as large as the file each
REQUEUE_AFTER = timedelta(seconds=60)
LOCK_SPACE = 0x4E41_5265  # the first key of our advisory locks


def enqueue(release: Release) -> None:
    """Ask a worker to check the release once the present transaction has committed."""
    Release.objects.filter(pk=release.pk).update(queued_at=clock.now())
    after_commit("catalog.check_release", str(release.pk))


def check(release_id: UUID) -> None:
    """Check one release. Nothing happens when it is not waiting for that, or somebody is at it."""
    with claimed(LOCK_SPACE, claim_key(release_id)) as mine:
        if not mine:
            return
        if not _has_room(release_id):
            _wait_for_room(release_id)
            return
        release = _begin(release_id)
        if release is None:
            return
        if release.attempts > MOST_ATTEMPTS:
            _finish_unreadable(release, tables.Unreadable("crashed"))
            return
        try:
            _read(release)
        except tables.Unreadable as error:
            log.info(
                "release_unreadable", release=str(release.pk), code=error.code, cause=_detail(error)
            )
            _finish_unreadable(release, error)
        except Exception as error:
            if not disk.is_full(error):
                raise
            _wait_for_room(release_id, attempts=release.attempts - 1)


def _detail(error: tables.Unreadable) -> str:
    """The technical cause, for the log."""
    return getattr(error.__cause__, "detail", "")


def resume_stalled() -> int:
    """Queue again what nobody works on although it should be; the number queued."""
    before = clock.now() - REQUEUE_AFTER
    waiting = Release.objects.filter(state=ReleaseState.CHECKING).filter(
        Q(queued_at__isnull=True) | Q(queued_at__lt=before)
    )
    stalled = [release for release in waiting if not is_claimed(LOCK_SPACE, claim_key(release.pk))]
    for release in stalled:
        log.warning("release_requeued", release=str(release.pk), attempts=release.attempts)
        with transaction.atomic():
            enqueue(release)
    return len(stalled)


def _has_room(release_id: UUID) -> bool:
    """Whether the table and the copies of the file fit on the disk, beside the reserve."""
    size = Release.objects.filter(pk=release_id).values_list("file_size", flat=True).get()
    return disk.free_bytes() >= size * MADE_OF_A_FILE


def _wait_for_room(release_id: UUID, **changed: int) -> None:
    """Say so on its page; `resume_stalled` tries again. A full disk is no fault of the file."""
    log.warning("release_waits_for_room", release=str(release_id), free=disk.free_bytes())
    waiting = Release.objects.filter(pk=release_id, state=ReleaseState.CHECKING)
    waiting.update(stage=NO_ROOM, progress=0, **changed)


def _begin(release_id: UUID) -> Release | None:
    with transaction.atomic():
        release = locked(Release(pk=release_id))
        if release.state != ReleaseState.CHECKING:
            return None
        release.attempts += 1
        release.stage, release.progress = "", 0
        release.save(update_fields=["attempts", "stage", "progress"])
        return release


def _read(release: Release) -> None:
    with files.local(release.file_key) as source, files.work_folder() as folder:
        result = tables.ingest_confined(
            source,
            folder,
            filename=release.file_name,
            schema=release.resource.columns or None,
            progress=_Progress(release),
        )
        kept_in = f"releases/{release.pk}/{release.attempts}-{int(time.time())}"
        for name in (files.TABLE, files.CSV, files.PARQUET):
            files.store(folder / name, f"{kept_in}/{name}")
    _finish(release, result, kept_in)


@transaction.atomic
def _finish(release: Release, result: tables.Ingest, folder: str) -> None:
    """Everything the check found becomes visible at once."""
    release = locked(release)
    if release.state != ReleaseState.CHECKING:
        return
    reading = result.as_dict()
    release.reading = reading
    release.row_count = result.row_count
    release.csv_size, release.parquet_size = result.csv_size, result.parquet_size
    release.folder = folder
    _count(release, result.problem_counts)
    passing = "pass_pulled" if pulled.publishes_itself(release) else "pass"
    apply(release, "fail" if release.error_count else passing, by=None, facts=_facts(release))
    pulled.conclude(release)


@transaction.atomic
def _finish_unreadable(release: Release, error: tables.Unreadable) -> None:
    release = locked(release)
    if release.state != ReleaseState.CHECKING:
        return
    release.reading = {"unreadable": {"code": error.code, "params": error.params}}
    release.problem_counts = {error.code: 1}
    release.error_count, release.warning_count = 1, 0
    apply(release, "fail", by=None, facts=_facts(release))
    pulled.conclude(release)


def _count(release: Release, counts: dict[str, int]) -> None:
    release.problem_counts = counts
    errors = [n for rule, n in counts.items() if tables.severity(rule) == "error"]
    release.error_count = sum(errors)
    release.warning_count = sum(counts.values()) - release.error_count


def _facts(release: Release) -> dict[str, Any]:
    return {"rows": release.row_count, "problems": release.problem_counts}


class _Progress:
    """Writes the stage and the share done, at most twice a second."""

    def __init__(self, release: Release) -> None:
        self._row = Release.objects.filter(pk=release.pk, state=ReleaseState.CHECKING)
        self._written = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: float) -> None:
        moment = time.monotonic()
        if stage == self._stage and moment - self._written < 0.5:
            return
        self._stage, self._written = stage, moment
        self._row.update(stage=stage, progress=round(100 * done))
