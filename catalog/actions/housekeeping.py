"""Removing files nobody points to: uploads that failed half way, tables of checks that died."""

from collections.abc import Iterator
from datetime import timedelta

import structlog
from django.core.files.storage import default_storage

from catalog import files
from catalog.models import Release
from catalog.upload import clear_incoming
from core import clock

log = structlog.get_logger(__name__)
# Longer than any upload or check takes, so that nothing in the making is touched.
SAFE_AGE = timedelta(days=1)


def remove_orphans() -> int:
    """Delete stored files older than a day that no release refers to; the number deleted."""
    removed = 0
    for key in [*_orphaned_uploads(), *_orphaned_results()]:
        if clock.now() - default_storage.get_modified_time(key) < SAFE_AGE:
            continue
        default_storage.delete(key)
        removed += 1
    left = files.clear_work(clock.now() - SAFE_AGE)
    uploads = clear_incoming(clock.now() - SAFE_AGE)
    log.info("orphans_removed", files=removed, work_folders=left, uploads=uploads)
    return removed


def _orphaned_uploads() -> Iterator[str]:
    for name in _listing("uploads")[1]:
        key = f"uploads/{name}"
        if not Release.objects.filter(file_key=key).exists():
            yield key


def _orphaned_results() -> Iterator[str]:
    for release_id in _listing("releases")[0]:
        kept = Release.objects.filter(pk=release_id).values_list("folder", flat=True).first()
        for attempt in _listing(f"releases/{release_id}")[0]:
            folder = f"releases/{release_id}/{attempt}"
            if folder != kept:
                yield from (f"{folder}/{name}" for name in _listing(folder)[1])


def _listing(folder: str) -> tuple[list[str], list[str]]:
    """Folders and files inside; nothing for a folder that is not there yet."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(names)
