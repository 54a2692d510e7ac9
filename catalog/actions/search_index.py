"""The indexes of a published table, made after publishing.

With them words are found, and rows sorted by their texts, in milliseconds.
"""

from pathlib import Path
from uuid import UUID

import tables
from catalog import files
from catalog.actions.made_later import offer
from catalog.models import Release
from catalog.states import ReleaseState


def prepare(release_id: UUID) -> None:
    """Write the indexes once; a release that has them, or is short enough without, is left alone."""
    release = Release.objects.select_related("resource__dataset__agency").get(pk=release_id)
    if not wants_index(release):
        return
    with files.work_folder() as folder:
        written = _write(release, folder)
        size = sum(path.stat().st_size for path in written)
        for path in written:
            files.replace(path, f"{release.folder}/{path.name}")
    offer(release, "search_size", size, action="release.search_index_made")


def _write(release: Release, folder: Path) -> list[Path]:
    path = files.cached(f"{release.folder}/{files.TABLE}")
    columns = [tables.Column(column["name"], column["type"]) for column in release.columns]
    tables.write_search_index(path, columns, folder / files.SEARCH)
    if not tables.has_texts(columns):
        return [folder / files.SEARCH]
    tables.write_sort_index(path, columns, folder / files.SORT)
    return [folder / files.SEARCH, folder / files.SORT]


def wants_index(release: Release) -> bool:
    return (
        release.state == ReleaseState.PUBLISHED
        and release.search_size is None
        and release.row_count is not None
        and release.row_count >= tables.INDEXED_FROM
    )


def without_index() -> list[UUID]:
    """Published releases whose indexes were never finished."""
    return list(
        Release.objects.filter(
            state=ReleaseState.PUBLISHED,
            search_size__isnull=True,
            row_count__gte=tables.INDEXED_FROM,
        ).values_list("pk", flat=True)[:100]
    )
