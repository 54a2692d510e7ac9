"""Words are found anywhere in a row, past accents and case, with an index and without."""

import datetime as dt
import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tables import (
    Aggregate,
    Column,
    Filter,
    Group,
    Query,
    Table,
    TablePool,
    TooSlow,
    rows,
    write_search_index,
)
from tables.querying.search_index import find
from tests.tables.made import write_table

COLUMNS = [Column("ten", "text"), Column("xa", "text"), Column("so", "integer"),
           Column("ngay", "date"), Column("luc", "datetime"), Column("gia", "number"),
           Column("ve", "geometry")]  # fmt: skip
RECORDS = [
    ("Trường Tiểu học Đông Hiếu", "Xã Đô Lương", 1234, dt.date(2026, 9, 5), None, 7.5, None),
    ("TRƯỜNG THCS", "Nghĩa Đàn", 12, dt.date(2025, 5, 9), None, None, '{"type":"Point"}'),
    (
        "Trạm y tế (cũ), số 15/QĐ",
        None,
        None,
        None,
        dt.datetime.fromisoformat("2024-02-03T08:00"),
        None,
        None,
    ),
    (None, None, -5, None, None, None, None),
] + [("Lớp", f"Xã {n}", None, None, None, None, None) for n in range(2_000)]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    folder = tmp_path_factory.mktemp("bang")
    made = write_table(folder / "t.duckdb", COLUMNS, RECORDS)
    write_search_index(made.path, COLUMNS, folder / "search.db")
    return replace(made, search_path=folder / "search.db")


@pytest.fixture(scope="module")
def pool() -> Iterator[TablePool]:
    opened = TablePool()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("search", "places"),
    [("dong hieu", [0]), ("ĐÔNG HIẾU", [0]), ("hieu truong", [0]), ("do luong", [0]),
     ("truong", [0, 1]), ("truo", [0, 1]), ("truo hieu", []), ("hoc", [0]), ("oc", []),
     ("1234", [0]), ("1.234", [0]), ("-5", [3]), ("05/09/2026", [0]), ("2025", [1]),
     ("2024", [2]), ("15/qd", [2]), ("cu", [2]), ("point", []), ("  ", range(len(RECORDS)))],
)  # fmt: skip
def test_words(pool: TablePool, table: Table, search: str, places: list[int]) -> None:
    expected = [RECORDS[place] for place in places if place < 4]
    not_classes = Query([Filter("ten", "ne", "Lớp")], search=search)
    for asked in (table, replace(table, search_path=None)):
        assert rows(pool, asked, not_classes).rows == expected
        assert rows(pool, asked, Query(search=search)).total >= len(expected)


def test_with_a_filter_an_order_and_groups(pool: TablePool, table: Table) -> None:
    query = Query([Filter("so", "empty")], search="xa 19", sort=[("xa", True)], limit=3)
    page = rows(pool, table, query)
    assert [row[1] for row in page.rows] == ["Xã 1999", "Xã 1998", "Xã 1997"]
    assert page.total == 111
    groups = Query(search="xa", group_by=[Group("ten")], aggregates=[Aggregate("count")])
    assert rows(pool, table, groups).rows == [("Lớp", 2_000), (RECORDS[0][0], 1)]


def test_no_total_is_counted_where_none_is_wanted(pool: TablePool, table: Table) -> None:
    query = Query([Filter("so", "empty")], search="xa", count=False)
    assert rows(pool, table, query).total is None


def test_several_threads_at_once(pool: TablePool, table: Table) -> None:
    found: list[int | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(rows(pool, table, Query(search="lop")).total))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2_000] * 8


def _in_child(
    pool: TablePool, table: Table, answer: "multiprocessing.SimpleQueue[int | None]"
) -> None:
    answer.put(rows(pool, table, Query(search="lop")).total)


def test_after_a_fork(pool: TablePool, table: Table) -> None:
    assert rows(pool, table, Query(search="lop")).total == 2_000
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.SimpleQueue[int | None] = context.SimpleQueue()
    child = context.Process(target=_in_child, args=(pool, table, answer))
    child.start()
    assert answer.get() == 2_000
    child.join()


def test_the_deadline_holds_for_the_index_too(table: Table) -> None:
    assert table.search_path is not None
    with pytest.raises(TooSlow):
        find(table.search_path, ["lop"], time.monotonic() - 1)


def test_an_index_of_another_format_is_not_read(
    pool: TablePool, table: Table, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.execute("PRAGMA user_version = 99")
    old.close()
    other = replace(table, search_path=tmp_path / "old.db")
    assert rows(pool, other, Query(search="lop")).total == 2_000


def test_an_index_appears_whole_and_again_the_same(table: Table, tmp_path: Path) -> None:
    (tmp_path / ".search.db.making").write_bytes(b"of a run that died")
    for _ in range(2):
        write_search_index(table.path, COLUMNS, tmp_path / "search.db")
        assert find(tmp_path / "search.db", ["lop"], time.monotonic() + 5).count == 2_000
    assert [path.name for path in tmp_path.iterdir()] == ["search.db"]


@pytest.mark.parametrize("endings", [0, 1, 16, 17, 40])
def test_the_last_word_begins_few_words_or_many(
    pool: TablePool, tmp_path: Path, endings: int
) -> None:
    texts = ["thôn xã", "xã", "xạ thủ", "x", "thôn", *(f"thôn xã{n}" for n in range(endings))]
    columns = [Column("ten", "text")]
    made = write_table(tmp_path / "t.duckdb", columns, [(text,) for text in texts])
    write_search_index(made.path, columns, tmp_path / "search.db")
    indexed = replace(made, search_path=tmp_path / "search.db")
    for search, count in [("xa", 3 + endings), ("thon xa", 1 + endings), ("x", 4 + endings)]:
        found = rows(pool, indexed, Query(search=search, limit=100))
        assert found.rows == rows(pool, made, Query(search=search, limit=100)).rows
        assert found.total == len(found.rows) == count
