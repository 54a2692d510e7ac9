"""The first rows of a release's table, for the person who decides about it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.explorer.cells import Cell, TableColumn, cell_rows, table_columns
from catalog.explorer.tables import table_of
from catalog.models import Release
from catalog.tablepool import pool
from catalog.tables import Query, TableUnavailable, TooSlow, rows

SHOWN = 20


@dataclass(frozen=True)
class Sample:
    """`complaint` says why there are no rows where there should be some."""

    columns: list[TableColumn]
    rows: list[list[Cell]] = field(default_factory=list)
    complaint: str = ""


def first_rows(release: Release) -> Sample:
    """The first 20 rows in the order of the file; nothing for a release without a table."""
    columns = table_columns(release.resource, release)
    if not release.folder:
        return Sample(columns)
    try:
        page = rows(pool(), table_of(release), Query(limit=SHOWN))
    except (TableUnavailable, TooSlow) as error:
        return Sample(columns, complaint=_(error.template).format_map(error.params))
    return Sample(columns, cell_rows(page.rows, columns))
