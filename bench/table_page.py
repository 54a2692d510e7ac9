"""Milliseconds of pages, groups and searches through the pool, beside one connection per request.

python bench/table_page.py [--rows 1000000] [--file FILE] [--times 40]
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
from tables import (
    Aggregate,
    AnyOf,
    Filter,
    Group,
    Query,
    Table,
    TablePool,
    ingest,
    rows,
    write_search_index,
    write_sort_index,
)

_COUNT = Aggregate("count")
_DISTRICT = Filter("huyen", "eq", "Huyện Đô Lương")
_QUERIES = {
    "first page": Query(),
    "equality + count": Query([_DISTRICT]),
    "range + count": Query([Filter("so_lao_dong", "between", [1000, 2000])]),
    "either + count": Query([AnyOf([_DISTRICT, Filter("so_lao_dong", "gt", 4900)])]),
    "contains + count": Query([Filter("huyen", "contains", "do luong")]),
    "sort by number": Query(sort=[("doanh_thu_trieu_dong", True)]),
    "sort by two columns": Query(sort=[("huyen", False), ("so_lao_dong", True)]),
    "sort by text, 200 values": Query(sort=[("ten_xa", False)]),
    "sort by text, all different": Query(sort=[("ten_co_so", False)]),
    "group by text": Query(group_by=[Group("huyen")], aggregates=[_COUNT]),
    "group by month, two sums": Query(
        group_by=[Group("ngay_cap_phep", "month")],
        aggregates=[Aggregate("sum", "so_lao_dong"), Aggregate("avg", "doanh_thu_trieu_dong")],
    ),
    "bins of a number": Query(group_by=[Group("so_lao_dong", "100")], aggregates=[_COUNT]),
    "search, rare word": Query(search="12345"),
    "search, 45,000 hits": Query(search="do luong"),
    "search, every row": Query(search="duong"),
    "search + filter": Query([Filter("so_lao_dong", "gt", 4000)], search="do luong"),
    "search + sort": Query(search="do luong", sort=[("so_lao_dong", True)]),
    "search + group": Query(search="do luong", group_by=[Group("loai_hinh")], aggregates=[_COUNT]),
}
_DEEP = {
    "file order": Query(),
    "by number": Query(sort=[("doanh_thu_trieu_dong", True)]),
    "by text": Query(sort=[("ten_co_so", False)]),
}


def timed(job: Callable[[], object], times: int) -> str:
    """Least and median milliseconds, after one warm run."""
    job()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        spent.append((time.perf_counter() - start) * 1000)
    return f"min {min(spent):7.2f} ms  p50 {statistics.median(spent):7.2f} ms"


def made(folder: Path, source: Path) -> Table:
    """The table of the file with its indexes."""
    found = ingest(source, folder)
    table = Table(folder / "table.duckdb", found.columns, found.row_count)
    for name, write_index in (("search", write_search_index), ("sort", write_sort_index)):
        start, target = time.perf_counter(), folder / f"{name}.index"
        write_index(table.path, table.columns, target)
        megabytes = target.stat().st_size / 1e6
        print(f"{name + ' index':32} {time.perf_counter() - start:.1f} s, {megabytes:.1f} MB")
    return replace(table, search_path=folder / "search.index", sort_path=folder / "sort.index")


def measure(pool: TablePool, table: Table, times: int) -> None:
    """Print each kind of page."""
    for title, query in _QUERIES.items():
        print(f"{title:32} {timed(lambda q=query: rows(pool, table, q), times)}")
    plain = replace(table, sort_path=None)
    query = _QUERIES["sort by text, all different"]
    print(f"{'  the same without index':32} {timed(lambda: rows(pool, plain, query), 3)}")
    deep = (table.row_count or 0) * 9 // 10
    for title, query in _DEEP.items():
        at = replace(query, offset=deep)
        mark = rows(pool, table, replace(query, offset=deep - 50)).next_cursor
        behind = replace(query, after=mark)
        print(f"{'at 90 %, ' + title:32} {timed(lambda q=at: rows(pool, table, q), times)}")
        print(f"{'  behind a mark':32} {timed(lambda q=behind: rows(pool, table, q), times)}")
    for offset in (0, deep):
        job = per_request(table.path, offset)
        print(f"{f'connect, offset {offset}':32} {timed(job, times)}")


def per_request(path: Path, offset: int) -> Callable[[], object]:
    """The baseline: connect, ask with LIMIT and OFFSET, close."""

    def job() -> object:
        with duckdb.connect(str(path), read_only=True) as con:
            return con.execute(f"SELECT * FROM data LIMIT 50 OFFSET {offset:d}").fetchall()  # noqa: S608

    return job


def main() -> None:
    """Make a table, measure each kind of page, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--times", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = given.file or folder / "large.csv"
        if given.file is None:
            write(source, given.rows)
        pool = TablePool(root=folder)
        measure(pool, made(folder, source), given.times)
        pool.close()


if __name__ == "__main__":
    main()
