"""Results of queries as files, through the table engine of this process."""

import threading
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager

from accounts.origin import current_origin
from catalog import files
from catalog.tablepool import pool
from tables import Export, Query, Table, TooBusy, export
from tables.exporting import About, Tally

AT_ONE_TIME = 6  # in this process, each with its file on the way
FOR_ONE_CALLER = 2


class Sending:
    """Who is being sent something by this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callers: Counter[str] = Counter()

    @contextmanager
    def one(self, caller: str) -> Iterator[None]:
        """For the length of the block. Raises TooBusy."""
        with self._lock:
            if self._callers[caller] >= FOR_ONE_CALLER:
                raise TooBusy("too_many_exports")
            if self._callers.total() >= AT_ONE_TIME:
                raise TooBusy("too_busy")
            self._callers[caller] += 1
        try:
            yield
        finally:
            with self._lock:
                self._callers[caller] -= 1
                self._callers += Counter()  # drops those who have nothing left


sending = Sending()


def exported(
    tables: Table | Sequence[Table],
    query: Query,
    format: str,
    *,
    labels: Mapping[str, str] | None = None,
    bom: bool = True,
    point: tuple[str, str] | None = None,
    title: str = "",
    about: About | None = None,
    tally: Tally | None = None,
) -> Export:
    """All rows or groups that match, as tables.export gives and refuses them.

    Raises TooBusy where this process is sending as many as it may, or as this caller may. Close it,
    read or not.
    """
    caller = current_origin().network

    def content() -> Generator[bytes, None, None]:
        with sending.one(caller):
            made = export(
                pool(), tables, query, format,
                folder=files.work_root(), labels=labels, bom=bom, point=point, title=title,
                about=about, tally=tally,
            )  # fmt: skip
            try:
                yield from made
            finally:
                made.close()

    return Export(content())
