"""Results of queries as files, through the table engine of this process."""

import threading
from collections.abc import Generator, Mapping, Sequence

from catalog import files
from catalog.tablepool import pool
from catalog.tables import Export, Query, Table, TooSlow, export
from catalog.tables.exporting import Tally

# A client that reads slowly keeps a thread of the web server: half of them stay for pages.
AT_ONE_TIME = 2
places = threading.BoundedSemaphore(AT_ONE_TIME)


def exported(
    tables: Table | Sequence[Table],
    query: Query,
    format: str,
    *,
    labels: Mapping[str, str] | None = None,
    bom: bool = True,
    point: tuple[str, str] | None = None,
    title: str = "",
    tally: Tally | None = None,
) -> Export:
    """All rows or groups that match, as catalog.tables.export gives and refuses them.

    Raises TooSlow also where this process is sending as many as it may. Close it, read or not.
    """

    def content() -> Generator[bytes, None, None]:
        if not places.acquire(blocking=False):
            raise TooSlow("too_busy")
        try:
            made = export(
                pool(), tables, query, format,
                folder=files.work_root(), labels=labels, bom=bom, point=point, title=title,
                tally=tally,
            )  # fmt: skip
            try:
                yield from made
            finally:
                made.close()
        finally:
            places.release()

    return Export(content())
