"""A DuckDB of its own for one job: what it sorts or gathers takes nothing from the pages.

The pool keeps its memory for many small questions and may not use the disk. A sort of a large
table needs both: here it has little memory, and the job's folder for the rest.
"""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from tables.patterns import literal
from tables.querying.pool import Lease, TableUnavailable, TooSlow, is_of_the_file
from tables.querying.watchdog import Watchdog

DEADLINE = 60.0  # seconds, with the waiting for a turn
_MEMORY = "120MB"  # the process grows by half as much again
_DISK = "20GB"
turns = threading.BoundedSemaphore(2)  # at one time in this process


@contextlib.contextmanager
def apart(paths: Sequence[Path], folder: Path) -> Iterator[Lease]:
    """A cursor on the tables at `paths`, with which nothing can be opened outside `folder`.

    Raises TooSlow past the deadline, TableUnavailable if a file cannot be opened.
    """
    due = time.monotonic() + DEADLINE
    if not turns.acquire(timeout=DEADLINE):
        raise TooSlow("too_slow", seconds=f"{DEADLINE:g}")
    try:
        with contextlib.closing(_connected(folder)) as con, _deadline(con, due):
            yield Lease(con, _attached(con, paths, folder), due)
    except duckdb.InterruptException:
        raise TooSlow("too_slow", seconds=f"{DEADLINE:g}") from None
    except duckdb.OutOfMemoryException:
        raise TooSlow("too_heavy") from None
    except duckdb.Error as error:
        if not is_of_the_file(error):
            raise
        raise TableUnavailable("no_table_file") from error
    finally:
        turns.release()


def _connected(folder: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": _MEMORY,
            "threads": 1,
            "temp_directory": str(folder / "spill"),
            "max_temp_directory_size": _DISK,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        },
    )
    con.execute("SET enable_progress_bar = false")
    return con


def _attached(con: duckdb.DuckDBPyConnection, paths: Sequence[Path], folder: Path) -> list[str]:
    """The names of the attached tables; from now on only `folder` can be written or read."""
    names = [f"t{at}" for at in range(len(paths))]
    for name, path in zip(names, paths, strict=True):
        con.execute(f"ATTACH {literal(str(path))} AS {name} (READ_ONLY)")
    con.execute(f"SET allowed_directories = [{literal(str(folder))}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return names


@contextlib.contextmanager
def _deadline(con: duckdb.DuckDBPyConnection, due: float) -> Iterator[None]:
    watchdog = Watchdog()
    try:
        with watchdog.watch(con, due - time.monotonic()):
            yield
    finally:
        watchdog.stop()
