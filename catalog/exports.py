"""Results of queries as files, through the table engine of this process."""

from collections.abc import Mapping, Sequence

from catalog import files
from catalog.tablepool import pool
from catalog.tables import Export, Query, Table, export


def exported(
    tables: Table | Sequence[Table],
    query: Query,
    format: str,
    *,
    labels: Mapping[str, str] | None = None,
    bom: bool = True,
    point: tuple[str, str] | None = None,
    title: str = "",
) -> Export:
    """All rows or groups that match, as catalog.tables.export gives and refuses them."""
    return export(
        pool(), tables, query, format,
        folder=files.work_root(), labels=labels, bom=bom, point=point, title=title,
    )  # fmt: skip
