"""MB per second and peak memory of every export, beside the same rows by Python's csv.writer.

    python bench/export.py [--rows 1000000] [--table FILE.duckdb] [--only csv xlsx]

Each export runs in a process of its own, whose peak includes Python itself. The filter keeps 98 of
100 rows; "first" is the time to the first piece.
"""

import argparse
import csv
import io
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import duckdb

from bench.generate import write
from tables import Aggregate, Column, Filter, Group, Query, Table, TablePool, export, ingest

_MOST = Filter("so_lao_dong", "ge", 100)
_FILTERED = Query([_MOST])
_SORTED = Query([_MOST], sort=[("ten_xa", False)])
_GROUPED = Query(
    group_by=[Group("ten_co_so")], aggregates=[Aggregate("sum", "so_lao_dong")]
)  # as many groups as rows
_CASES = {
    "csv": ("csv", _FILTERED),
    "csv, sorted": ("csv", _SORTED),
    "csv, grouped": ("csv", _GROUPED),
    "ndjson": ("ndjson", _FILTERED),
    "json": ("json", _FILTERED),
    "arrays": ("arrays", _FILTERED),
    "geojson": ("geojson", _FILTERED),
    "parquet": ("parquet", _FILTERED),
    "xlsx": ("xlsx", _FILTERED),
}
_TYPES = {"BIGINT": "integer", "DOUBLE": "number", "DATE": "date", "TIMESTAMP": "datetime",
          "BOOLEAN": "boolean"}  # fmt: skip
_BASELINE = "baseline: csv.writer"


@dataclass(frozen=True)
class Measured:
    """Bytes and seconds; the peak in MB."""

    size: int
    first: float
    wall: float
    processor: float
    peak: float

    def __str__(self) -> str:
        size = self.size / 1e6
        return (
            f"{size:6.1f} MB {self.wall:6.2f} s {size / self.wall:6.1f} MB/s  processor"
            f" {self.processor:6.2f} s {size / self.processor:6.1f} MB/s"
            f"  first {self.first * 1000:6.0f} ms  peak {self.peak:4.0f} MB"
        )


def exported(path: Path, case: str) -> Iterator[bytes]:
    """What the portal sends."""
    format, query = _CASES[case]
    point = ("vi_do", "kinh_do") if format == "geojson" else None
    table = Table(path, _columns(path))
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        pool = TablePool(root=path.parent)
        yield from export(pool, table, query, format, folder=Path(folder), point=point)
        pool.close()


def by_python(path: Path, _case: str) -> Iterator[bytes]:
    """The baseline: rows fetched in blocks and written by csv.writer."""
    with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as con:
        con.execute("SET enable_progress_bar = false")
        found = con.execute("SELECT * FROM data WHERE so_lao_dong >= 100")
        while block := found.fetchmany(5_000):
            text = io.StringIO()
            csv.writer(text).writerows(block)
            yield text.getvalue().encode()


def measured(job: Callable[[Path, str], Iterator[bytes]], path: Path, case: str) -> Measured:
    """The figures of one run in its own process."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    child = context.Process(target=_measure, args=(job, path, case, answer))
    child.start()
    found = answer.get()
    child.join()
    return found


def _measure(
    job: Callable[[Path, str], Iterator[bytes]],
    path: Path,
    case: str,
    answer: "multiprocessing.Queue[Measured]",
) -> None:
    size, first = 0, 0.0
    start, processor = time.perf_counter(), time.process_time()
    for piece in job(path, case):
        first = first or time.perf_counter() - start
        size += len(piece)
    wall, processor = time.perf_counter() - start, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put(Measured(size, first, wall, processor, peak))


def _columns(path: Path) -> list[Column]:
    with duckdb.connect(str(path), read_only=True) as con:
        found = con.execute("DESCRIBE data").fetchall()
    return [Column(name, _TYPES.get(sql_type, "text")) for name, sql_type, *_rest in found]


def _made(folder: Path, rows: int) -> Path:
    write(folder / "large.csv", rows)
    ingest(folder / "large.csv", folder)
    return folder / "table.duckdb"


def main() -> None:
    """Make a table if none is given, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--only", nargs="*", choices=list(_CASES), default=list(_CASES))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = given.table or _made(Path(name), given.rows)
        print(f"{_BASELINE:22}{measured(by_python, path, '')}", flush=True)
        for case in given.only:
            print(f"{case:22}{measured(exported, path, case)}", flush=True)


if __name__ == "__main__":
    main()
