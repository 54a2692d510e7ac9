"""Milliseconds of a table page through the pool, beside one connection per request.

python bench/table_page.py [--rows 1000000] [--file FILE]
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import duckdb

from bench.generate import write
from catalog.tables import Filter, Query, Table, TablePool, ingest, rows

_TIMES = 40
_QUERIES = {
    "first page": Query(),
    "page at 90 %": Query(offset=1),
    "equality + count": Query([Filter("huyen", "eq", "Huyện Đô Lương")]),
    "range + count": Query([Filter("so_lao_dong", "between", [1000, 2000])]),
    "contains + count": Query([Filter("huyen", "contains", "do luong")]),
    "sort by number": Query(sort=[("doanh_thu_trieu_dong", True)]),
    "sort by text": Query(sort=[("ten_xa", False)]),
}


def timed(job: Callable[[], object]) -> tuple[float, float]:
    """p50 and p95 in milliseconds, after one warm run."""
    job()
    spent = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        job()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def per_request(path: Path, offset: int) -> list[tuple[object, ...]]:
    """The baseline: connect, ask with LIMIT and OFFSET, close."""
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(f"SELECT * FROM data LIMIT 50 OFFSET {offset:d}").fetchall()  # noqa: S608


def main() -> None:
    """Make a table, measure each kind of page, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = given.file or folder / "large.csv"
        if given.file is None:
            write(source, given.rows)
        found = ingest(source, folder)
        deep = found.row_count * 9 // 10
        path, pool = folder / "table.duckdb", TablePool(root=folder)
        table = Table(path, found.columns, found.row_count)
        for title, query in _QUERIES.items():
            asked = replace(query, offset=deep if query.offset else 0)
            p50, p95 = timed(lambda q=asked: rows(pool, table, q))
            print(f"{title:24} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms")
        for offset in (0, deep):
            p50, p95 = timed(lambda o=offset: per_request(path, o))
            print(f"connect, offset {offset:<8} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms")
        pool.close()


if __name__ == "__main__":
    main()
