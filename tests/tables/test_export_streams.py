"""Long results: in order, complete, and nobody waits for a slow reader."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tables import Column, Filter, Query, Table, TablePool, export, ingest, rows
from tables.exporting.lines import FIRST_WINDOW
from tables.querying.search_index import write_search_index

ROWS = 17 * FIRST_WINDOW + 99  # windows double: five of them


class Long:
    """A table of several windows: `n` counts up, `du` is its remainder by 7."""

    def __init__(self, folder: Path) -> None:
        lines = "".join(f"quê hương {n},{n},{n % 7}\n" for n in range(ROWS))
        (folder / "a.csv").write_text("ten,n,du\n" + lines)
        found = ingest(folder / "a.csv", folder)
        columns = [Column(column.name, column.type) for column in found.columns]
        self.table = Table(folder / "table.duckdb", columns, found.row_count)
        self.work = folder / "work"
        self.work.mkdir()
        self.pool = TablePool(root=folder)

    def numbers(self, query: Query, format: str = "ndjson") -> list[int]:
        content = b"".join(export(self.pool, self.table, query, format, folder=self.work))
        found = json.loads(content) if format == "json" else map(json.loads, content.splitlines())
        return [row["n"] for row in found]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Long]:
    made = Long(tmp_path_factory.mktemp("dai"))
    yield made
    made.pool.close()


@pytest.mark.parametrize("format", ["ndjson", "json"])
def test_windows_keep_the_order_and_lose_nothing(long: Long, format: str) -> None:
    assert long.numbers(Query(), format) == list(range(ROWS))


def test_a_filter_over_all_windows(long: Long) -> None:
    found = long.numbers(Query([Filter("du", "in", [3, 1])]))
    assert found == [n for n in range(ROWS) if n % 7 in (1, 3)]


def test_sorted_by_something_and_then_by_place(long: Long) -> None:
    found = long.numbers(Query(sort=[("du", True)]), "json")
    assert found == sorted(range(ROWS), key=lambda n: -(n % 7))


def test_a_reader_who_stops_frees_everything(long: Long) -> None:
    for query in (Query(), Query(sort=[("n", True)])):
        content = export(long.pool, long.table, query, "csv", folder=long.work)
        assert next(content).startswith(b"\xef\xbb\xbf")
        content.close()
        assert not list(long.work.iterdir())
        assert list(content) == []


def test_a_reader_who_waits_holds_no_table(long: Long) -> None:
    content = export(long.pool, long.table, Query(), "ndjson", folder=long.work)
    next(content)
    long.pool.forget(long.table.path)  # what is being read would stay
    assert long.pool.attached == 0
    assert rows(long.pool, long.table, Query()).total == ROWS
    assert json.loads(b"".join(content).splitlines()[-1])["n"] == ROWS - 1


def test_pieces_are_small(long: Long) -> None:
    for format in ("csv", "json", "xlsx", "parquet"):
        pieces = list(export(long.pool, long.table, Query(), format, folder=long.work))
        assert max(map(len, pieces)) < 1_000_000
        assert min(map(len, pieces)) > 0


def test_an_index_gives_what_looking_through_every_row_gives(long: Long) -> None:
    """Of one table, and of several of which one has no index."""
    index = long.work.parent / "a.search"
    write_search_index(long.table.path, long.table.columns, index)
    indexed = replace(long.table, search_path=index, period="2026Q2")
    query = Query(search="que huong 70", columns=["n"])
    expected = long.numbers(query)
    assert expected[:3] == [70, 700, 701]
    alone = b"".join(export(long.pool, indexed, query, "ndjson", folder=long.work))
    assert [json.loads(line)["n"] for line in alone.splitlines()] == expected
    periods = [replace(long.table, period="2026Q1"), indexed]
    both = b"".join(export(long.pool, periods, query, "ndjson", folder=long.work))
    assert [json.loads(line)["n"] for line in both.splitlines()] == expected * 2
