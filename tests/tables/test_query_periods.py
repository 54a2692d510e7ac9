"""The tables of several periods asked as one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tables import (
    Aggregate,
    BadQuery,
    Column,
    Filter,
    Group,
    Query,
    Table,
    TablePool,
    TableUnavailable,
    rows,
)
from tests.tables.made import write_table

NEW = [Column("xa", "text"), Column("so", "number"), Column("ngay", "date")]
OLD = [Column("so", "integer"), Column("xa", "text"), Column("ngay", "text"),
       Column("cu", "boolean"), Column("ky", "text")]  # fmt: skip
NEW_ROWS: list[tuple[Any, ...]] = [("Đô Lương", 1.5, dt.date(2026, 5, 1)), ("Vinh", None, None)]
OLD_ROWS: list[tuple[Any, ...]] = [(2, "Vinh", "tháng 3", True, "kỳ ghi trong tệp")]
TOGETHER = [
    ("2026Q2", "Đô Lương", 1.5, "2026-05-01", None, None),
    ("2026Q2", "Vinh", None, None, None, None),
    ("2026Q1", "Vinh", 2.0, "tháng 3", True, "kỳ ghi trong tệp"),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[Table]:
    folder = tmp_path_factory.mktemp("bang")
    return [
        write_table(folder / "moi.duckdb", NEW, NEW_ROWS, "2026Q2"),
        write_table(folder / "cu.duckdb", OLD, OLD_ROWS, "2026Q1"),
    ]


@pytest.fixture(scope="module")
def pool() -> Iterator[TablePool]:
    opened = TablePool()
    yield opened
    opened.close()


def test_columns_by_name_types_reconciled_the_newest_first(
    pool: TablePool, tables: list[Table]
) -> None:
    page = rows(pool, tables, Query())
    assert [(column.name, column.type) for column in page.columns] == [
        ("ky", "text"), ("xa", "text"), ("so", "number"), ("ngay", "text"), ("cu", "boolean"),
        ("ky_2", "text"),
    ]  # fmt: skip
    assert (page.rows, page.total, page.next_cursor) == (TOGETHER, 3, "")


def test_stored_counts_are_believed(pool: TablePool, tables: list[Table]) -> None:
    believed = [replace(tables[0], row_count=10), tables[1]]
    assert rows(pool, believed, Query()).total == 11
    unknown = [replace(table, row_count=None) for table in tables]
    assert rows(pool, unknown, Query()).total == 3


@pytest.mark.parametrize("offset", range(4))
def test_pages_go_over_the_seams(pool: TablePool, tables: list[Table], offset: int) -> None:
    assert rows(pool, tables, Query(offset=offset, limit=2)).rows == TOGETHER[offset : offset + 2]


def test_a_mark_leads_over_the_seams(pool: TablePool, tables: list[Table]) -> None:
    for query in (Query(limit=1), Query(limit=1, sort=[("xa", True), ("ky", False)])):
        page, found = rows(pool, tables, query), []
        found += page.rows
        while page.next_cursor:
            page = rows(pool, tables, replace(query, after=page.next_cursor))
            found += page.rows
        assert sorted(found, key=str) == sorted(TOGETHER, key=str)


def test_the_period_is_a_column_like_any(pool: TablePool, tables: list[Table]) -> None:
    found = rows(pool, tables, Query([Filter("ky", "eq", "2026Q1")])).rows
    assert found == TOGETHER[2:]
    groups = Query(group_by=[Group("ky")], aggregates=[Aggregate("count"), Aggregate("sum", "so")])
    assert rows(pool, tables, groups).rows == [("2026Q1", 1, 2.0), ("2026Q2", 2, 1.5)]
    searched = rows(pool, tables, Query(search="vinh 2026q2", columns=["ky", "xa"]))
    assert searched.rows == [("2026Q2", "Vinh")]


def test_one_table_alone_has_its_period_too(pool: TablePool, tables: list[Table]) -> None:
    page = rows(pool, tables[:1], Query(columns=["ky", "xa"], limit=1))
    assert page.rows == [("2026Q2", "Đô Lương")]


def test_a_mark_of_other_tables_is_refused(pool: TablePool, tables: list[Table]) -> None:
    mark = rows(pool, tables, Query(limit=1)).next_cursor
    with pytest.raises(BadQuery):
        rows(pool, tables[:1], Query(limit=1, after=mark))


def test_one_missing_file_is_said(pool: TablePool, tables: list[Table], tmp_path: Path) -> None:
    gone = replace(tables[1], path=tmp_path / "none.duckdb")
    with pytest.raises(TableUnavailable):
        rows(pool, [tables[0], gone], Query())
    assert rows(pool, tables, Query()).total == 3
