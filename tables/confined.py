"""Reading a file in a process of its own (docs/adr/0014): what it cannot survive is one sentence.

The functions here that callers use start that process; `reading` and `extracting` run inside it.
"""

import errno
import os
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from core.confined import Died, Limits, run
from tables.ingesting import Ingest, Progress, ingest
from tables.limits import READING_FILE, READING_MEMORY
from tables.problems import Problem, Unreadable
from tables.reading.jsonrows import extract_rows
from tables.reading.schema import ColumnSchema
from tables.reading.sources import MACHINE_TROUBLE
from tables.storing.profile import ColumnProfile

_SENTENCES = {
    "memory": "too_much_memory",
    "time": "took_too_long",
    "size": "too_much_output",
    "crashed": "broken_file",
}


def limits_for(source: Path) -> Limits:
    """Time by size: five minutes and two seconds for each MB, at most 50 minutes on both cores.

    A CSV of 2 GB takes four minutes, a workbook of 100 MB two.
    """
    seconds = min(3_000, 300 + 2 * source.stat().st_size // 1_000_000) if source.is_file() else 300
    return Limits(
        memory_bytes=READING_MEMORY,
        cpu_seconds=2 * seconds,
        wall_seconds=seconds,
        file_bytes=READING_FILE,
    )


def ingest_confined(
    source: Path,
    into: Path,
    *,
    filename: str | None = None,
    schema: Sequence[ColumnSchema] | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Ingest:
    """As `ingest`, in a process with limits. Raises Unreadable also for what the process dies of.

    The technical cause stands in `__cause__`. Raises OSError for trouble of the machine, and Died where
    somebody else killed the process: the file may be tried again.
    """
    found = _asked(
        "ingesting_here",
        {
            "source": str(source.resolve()),
            "into": str(into.resolve()),
            "filename": filename,
            "schema": list(schema) if schema else None,
        },
        limits or limits_for(source),
        progress,
    )
    return _as_ingest(found)


def extract_rows_confined(source: Path, rows_path: str, target: Path) -> None:
    """As `extract_rows`, in a process with limits; raises as `ingest_confined`."""
    argument = {
        "source": str(source.resolve()),
        "rows_path": rows_path,
        "target": str(target.resolve()),
    }
    _asked("extracting_here", argument, limits_for(source), None)


def _asked(
    name: str, argument: dict[str, Any], limits: Limits, progress: Progress | None
) -> dict[str, Any]:
    try:
        answer = run(f"{__name__}:{name}", argument, limits=limits, progress=progress)
    except Died as died:
        if died.reason not in _SENTENCES:
            raise
        raise Unreadable(_SENTENCES[died.reason]) from died
    if "unreadable" in answer:
        cause = Died("refused", answer["cause"]) if answer["cause"] else None
        raise Unreadable(answer["unreadable"], **answer["params"]) from cause
    if "machine" in answer:
        raise OSError(answer["machine"], os.strerror(answer["machine"]))
    return dict(answer["done"])


def ingesting_here(argument: dict[str, Any], tell: Callable[..., None]) -> dict[str, Any]:
    """Inside the process: see `ingest`."""
    return _answered(
        lambda: ingest(
            Path(argument["source"]),
            Path(argument["into"]),
            filename=argument["filename"],
            schema=argument["schema"],
            progress=tell,
        ).as_dict()
    )


def extracting_here(argument: dict[str, Any], _tell: Callable[..., None]) -> dict[str, Any]:
    """Inside the process: see `extract_rows`."""

    def job() -> dict[str, Any]:
        extract_rows(Path(argument["source"]), argument["rows_path"], Path(argument["target"]))
        return {}

    return _answered(job)


def _answered(job: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the job gives, or why not, as JSON-able words. Raises what is no word about the file."""
    try:
        return {"done": job()}
    except Unreadable as refusal:
        cause = "".join(traceback.format_exception(refusal.__cause__)) if refusal.__cause__ else ""
        return {"unreadable": refusal.code, "params": refusal.params, "cause": cause[-4_000:]}
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException) or "bad_alloc" in str(error):
            raise MemoryError(str(error)) from error
        # It words what the system said and keeps no number.
        if os.strerror(errno.ENOSPC) in str(error):
            return {"machine": errno.ENOSPC}
        if os.strerror(errno.EFBIG) in str(error):
            raise OSError(errno.EFBIG, str(error)) from error
        raise
    except OSError as error:
        if error.errno in MACHINE_TROUBLE and error.errno != errno.EFBIG:
            return {"machine": error.errno}
        raise


def _as_ingest(found: dict[str, Any]) -> Ingest:
    columns = [
        ColumnProfile(**{**c, "top": [tuple(t) for t in c["top"]]}) for c in found["columns"]
    ]
    problems = [
        Problem(p["rule"], p["row"], p["column"], p["value"], p["params"], p["cell"])
        for p in found["problems"]
    ]
    counted = {name: value for name, value in found.items() if name != "error_count"}
    return Ingest(**{**counted, "columns": columns, "problems": problems})
