"""Time and memory of reading a large CSV, beside DuckDB's own sniff → Parquet.

Read here and as the portal does it, in a process with limits of memory, time and size.

    python bench/ingest.py [--rows 1000000] [--file FILE]

Each runs in a child process; the peak is that of the child, or of its child.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import duckdb

from bench.generate import write
from tables import ingest, ingest_confined


def read(source: Path, into: Path) -> None:
    """Without limits."""
    ingest(source, into)


def read_confined(source: Path, into: Path) -> None:
    """What the portal does."""
    ingest_confined(source, into)


def sniff(source: Path, into: Path) -> None:
    """The floor: DuckDB guesses everything and writes Parquet only."""
    config = {"threads": 2, "memory_limit": "500MB"}
    with duckdb.connect(config=config) as con:
        con.execute("SET enable_progress_bar = false")
        con.execute(f"COPY (FROM read_csv('{source}')) TO '{into}/floor.parquet'")


def _measured(
    job: Callable[[Path, Path], None], source: Path, into: Path, answer: "multiprocessing.Queue"
) -> None:
    start = time.perf_counter()
    job(source, into)
    seconds = time.perf_counter() - start
    peaks = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    answer.put((seconds, max(peaks) / 1024))


def measure(job: Callable[[Path, Path], None], source: Path, into: Path) -> tuple[float, float]:
    """Seconds and peak MB of a job in its own process."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    child = context.Process(target=_measured, args=(job, source, into, answer))
    child.start()
    found = answer.get()
    child.join()
    return found


def main() -> None:
    """Make the file if none is given, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = given.file or Path(folder) / "large.csv"
        if given.file is None:
            write(source, given.rows)
        size = source.stat().st_size / 1e6
        jobs = {"DuckDB sniff → Parquet": sniff, "ingest": read, "ingest_confined": read_confined}
        for name, job in jobs.items():
            seconds, peak = measure(job, source, Path(folder))
            rate = size / seconds
            speed = f"{size:6.1f} MB  {seconds:6.2f} s  {rate:6.1f} MB/s"
            print(f"{name:24} {speed}  peak {peak:5.0f} MB")


if __name__ == "__main__":
    main()
