"""The Excel copy of a published table, made after publishing because it is slow to write."""

from uuid import UUID

import tables
from catalog import files
from catalog.actions.made_later import offer
from catalog.models import Release
from catalog.provenance import provenance
from catalog.states import ReleaseState
from tables.limits import XLSX_ROWS


def prepare(release_id: UUID) -> None:
    """Write the copy once; a release that has one, or is too long for a worksheet, is left alone."""
    release = Release.objects.select_related(
        "resource__dataset__agency", "resource__dataset__licence"
    ).get(pk=release_id)
    if not wants_excel(release):
        return
    key = f"{release.folder}/{files.EXCEL}"
    with files.work_folder() as folder:
        target = folder / files.EXCEL
        tables.write_xlsx(
            files.cached(f"{release.folder}/{files.TABLE}"),
            [tables.ColumnProfile(**column) for column in release.columns],
            target,
            title=release.resource.title_vi,
            labels=[column["label"] for column in release.columns],
            about=provenance([release]),
        )
        size = target.stat().st_size
        files.replace(target, key)
    offer(release, "excel_size", size, action="release.workbook_made")


def wants_excel(release: Release) -> bool:
    return (
        release.state == ReleaseState.PUBLISHED
        and release.excel_size is None
        and release.row_count is not None
        and release.row_count <= XLSX_ROWS
    )


def without_excel() -> list[UUID]:
    """Published releases whose copy was never finished."""
    return list(
        Release.objects.filter(
            state=ReleaseState.PUBLISHED, excel_size__isnull=True, row_count__lte=XLSX_ROWS
        ).values_list("pk", flat=True)[:100]
    )
