"""Any result of a query as a file: CSV, JSON, GeoJSON, XLSX, Parquet.

    >>> from tables.exporting import export
    >>> content = export(pool, table, Query(search="quỳnh"), "csv", folder=Path("/tmp"))
    >>> for piece in content:
    ...     out.write(piece)

`lines` says how rows become text and why in this way.
"""

import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path

from tables.exporting import formats
from tables.exporting.job import About, Job, Tally, Wishes
from tables.exporting.workbook import TooManyRows, write_xlsx, xlsx
from tables.querying.pool import TablePool
from tables.querying.searching import searched
from tables.querying.statement import compile_query
from tables.question import Query, Table

__all__ = ["FORMATS", "About", "Export", "Tally", "TooManyRows", "export", "write_xlsx"]

SEARCH_DEADLINE = 30.0  # seconds
Writer = Callable[[Job, Wishes], Iterator[bytes]]

FORMATS: dict[str, Writer] = {
    "csv": formats.csv,
    "ndjson": formats.ndjson,
    "json": formats.json_objects,
    "arrays": formats.json_arrays,
    "geojson": formats.geojson,
    "xlsx": xlsx,
    "parquet": formats.parquet,
}


class Export(Iterator[bytes]):
    """The content in pieces, the first of which is there already. `close` frees everything."""

    def __init__(self, content: Generator[bytes, None, None]) -> None:
        self._content = content
        self._pieces = filter(None, content)  # an empty piece would end a chunked answer
        self._first = next(self._pieces, b"")

    def __next__(self) -> bytes:
        first, self._first = self._first, b""
        return first or next(self._pieces)

    def close(self) -> None:
        """Stop here, as when the client has gone away."""
        self._first = b""
        self._content.close()


def export(
    pool: TablePool,
    given: Table | Sequence[Table],
    query: Query,
    format: str,
    *,
    folder: Path,
    labels: Mapping[str, str] | None = None,
    bom: bool = True,
    point: tuple[str, str] | None = None,
    title: str = "",
    about: About | None = None,
    tally: Tally | None = None,
) -> Export:
    """All rows or groups that match, as one of `FORMATS`; limit, offset, after are left aside.

    csv (UTF-8, with a byte order mark unless `bom` is False, formula-like texts guarded), ndjson,
    json (an array of objects), arrays ({"columns", "rows"}), geojson (of the first geometry
    column, or of the columns `point`, latitude and longitude), xlsx (a sheet called `title`,
    and behind it what is said `about` it), parquet (zstd). csv and xlsx have `labels` (by technical
    name) in their first row, arrays beside the names; everything else is named technically.

    `tally` counts the rows while they are written.

    `folder` takes what is written on the way; a pool confined to a folder needs one inside it.

    Raises BadQuery, TooManyRows (xlsx beyond 1,048,575 rows), TooSlow, TableUnavailable: here,
    before there is a first byte. Behind it, TooSlow and TableUnavailable may still break it off.
    """
    compiled = compile_query(given, query)
    statement = searched(compiled, time.monotonic() + SEARCH_DEADLINE)
    # What an index has found is one list for all tables together.
    in_parts = not (statement.keys or statement.groups) and statement is compiled
    wishes = Wishes(labels, bom, point, title, about)

    def content() -> Generator[bytes, None, None]:
        with tempfile.TemporaryDirectory(dir=folder, prefix="export-") as own:
            job = Job(pool, statement, Path(own), in_parts, tally or Tally())
            yield from FORMATS[format](job, wishes)

    return Export(content())
