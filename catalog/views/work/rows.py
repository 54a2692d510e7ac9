"""Every row of a release's table, a page at a time, for whoever delivers it or decides about it."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from catalog.explorer.cells import Cell, TableColumn, cell_rows, table_columns
from catalog.explorer.tables import table_of
from catalog.models import Release
from catalog.tablepool import pool
from tables import Query, TableUnavailable, TooSlow, rows

SHOWN = 25


@dataclass(frozen=True)
class ReadRows:
    """`page` is None where there is no table; `complaint` says why it cannot be shown now."""

    columns: list[TableColumn]
    page: Page | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    complaint: str = ""


def read_rows(release: Release, asked: str | None) -> ReadRows:
    """The page `asked` (a number as the address says it; the nearest there is) in the order of the file."""
    columns = table_columns(release.resource, release)
    if not release.folder:
        return ReadRows(columns)
    page = Paginator(range(release.row_count or 0), SHOWN).get_page(asked)
    query = Query(limit=SHOWN, offset=(page.number - 1) * SHOWN)
    try:
        found = rows(pool(), table_of(release), query)
    except (TableUnavailable, TooSlow) as error:
        return ReadRows(columns, complaint=_(error.template).format_map(error.params))
    return ReadRows(columns, page, cell_rows(found.rows, columns))
