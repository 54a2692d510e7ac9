"""The search index of a published table, made after publishing: words are found in milliseconds."""

from uuid import UUID

from django.db import transaction

from accounts.actions import audit
from catalog import files, tables
from catalog.models import Release
from catalog.states import ReleaseState


def prepare(release_id: UUID) -> None:
    """Write the index once; a release that has one, or is short enough without, is left alone."""
    release = Release.objects.select_related("resource__dataset__agency").get(pk=release_id)
    if not wants_index(release):
        return
    with files.work_folder() as folder:
        target = folder / files.SEARCH
        tables.write_search_index(
            files.cached(f"{release.folder}/{files.TABLE}"),
            [tables.Column(column["name"], column["type"]) for column in release.columns],
            target,
        )
        size = target.stat().st_size
        files.replace(target, f"{release.folder}/{files.SEARCH}")
    _use(release, size)


@transaction.atomic
def _use(release: Release, size: int) -> None:
    """From now on searches go through the index."""
    waiting = Release.objects.filter(pk=release.pk, folder=release.folder, search_size=None)
    if waiting.update(search_size=size):
        audit.record(
            by=None,
            action="release.search_index_made",
            target=release,
            agency=release.resource.dataset.agency,
            after={"size": size},
        )


def wants_index(release: Release) -> bool:
    return (
        release.state == ReleaseState.PUBLISHED
        and release.search_size is None
        and release.row_count is not None
        and release.row_count >= tables.INDEXED_FROM
    )


def without_index() -> list[UUID]:
    """Published releases whose index was never finished."""
    return list(
        Release.objects.filter(
            state=ReleaseState.PUBLISHED,
            search_size__isnull=True,
            row_count__gte=tables.INDEXED_FROM,
        ).values_list("pk", flat=True)[:100]
    )
