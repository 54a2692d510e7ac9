"""Random tables and random queries, answered as a recount in plain Python does."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables import (
    Column,
    Page,
    Query,
    Table,
    TablePool,
    rows,
    write_search_index,
    write_sort_index,
)
from tests.tables import recount
from tests.tables.made import write_table
from tests.tables.recount import COLUMNS, Counted

OLDER = (  # another order, other types, a column more and one less
    Column("so", "number"),
    Column("xa", "text"),
    Column("co", "text"),
    Column("ngay", "date"),
    Column("them", "integer"),
)
some = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(repr=False)
class Asked:
    """One table with its index and without, and two periods together likewise."""

    pool: TablePool
    table: Table
    indexed: Table
    counted: Counted
    periods: list[Table]
    indexed_periods: list[Table]
    counted_periods: Counted

    def __repr__(self) -> str:
        return "asked"

    def ways(self) -> list[Table]:
        return [self.table, self.indexed]


def examples(columns: tuple[Column, ...], count: int, seed: int) -> list[tuple[Any, ...]]:
    """The same records each time; a quarter of the cells is empty."""
    pick = random.Random(seed)
    values: dict[str, list[Any]] = {
        "text": list(recount.TEXTS),
        "integer": [*range(-3, 13), 1234, -(2**63), 2**63 - 1],
        "number": [n / 4 for n in range(-5, 14)],
        "date": [recount.dt.date(2023, 11, 20) + recount.dt.timedelta(n) for n in range(90)],
        "boolean": [True, False],
    }
    return [
        tuple(None if pick.random() < 0.25 else pick.choice(values[c.type]) for c in columns)
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("bang")
    records, older = examples(COLUMNS, 300, 1), examples(OLDER, 90, 2)
    tables = [
        write_table(folder / "moi.duckdb", COLUMNS, records, "2026Q2"),
        write_table(folder / "cu.duckdb", OLDER, older, "2026Q1"),
    ]
    indexed = []
    for table in tables:
        index = table.path.with_suffix(".db")
        write_search_index(table.path, table.columns, index)
        numbers = table.path.with_suffix(".sort")
        write_sort_index(table.path, table.columns, numbers)
        indexed.append(replace(table, search_path=index, sort_path=numbers))
    pool = TablePool()
    yield Asked(
        pool,
        tables[0],
        indexed[0],
        Counted(COLUMNS, records),
        tables,
        # One of them has no index yet.
        [indexed[0], tables[1]],
        recount.together(tables, [records, older]),
    )
    pool.close()


def agrees(pool: TablePool, given_: Table | list[Table], counted: Counted, query: Query) -> None:
    found = recount.ordered(counted.columns, recount.matching(counted, query), query.sort)
    page = rows(pool, given_, query)
    assert page.total == len(found)
    assert page.rows == found[query.offset : query.offset + query.limit]
    assert page.columns == list(counted.columns)
    assert bool(page.next_cursor) == (query.offset + query.limit < len(found))


@some
@given(query=recount.row_queries())
def test_rows(asked: Asked, query: Query) -> None:
    agrees(asked.pool, asked.table, asked.counted, query)
    agrees(asked.pool, asked.indexed, asked.counted, query)


TOGETHER = (Column("ky", "text"), Column("xa", "text"), Column("so", "number"),
            Column("ngay", "date"))  # fmt: skip


@some
@given(query=recount.row_queries(TOGETHER))
def test_rows_of_all_periods(asked: Asked, query: Query) -> None:
    agrees(asked.pool, asked.periods, asked.counted_periods, query)
    agrees(asked.pool, asked.indexed_periods, asked.counted_periods, query)


def walked(pool: TablePool, given_: Table | list[Table], query: Query) -> list[Page]:
    pages = [rows(pool, given_, replace(query, offset=0))]
    while pages[-1].next_cursor:
        pages.append(rows(pool, given_, replace(query, after=pages[-1].next_cursor)))
    return pages


@settings(some, max_examples=25)
@given(query=recount.row_queries(), size=st.integers(40, 150))
def test_walking_by_marks_sees_every_row_once(asked: Asked, query: Query, size: int) -> None:
    found = recount.ordered(COLUMNS, recount.matching(asked.counted, query), query.sort)
    for table in asked.ways():
        pages = walked(asked.pool, table, replace(query, limit=size))
        assert [row for page in pages for row in page.rows] == found
        assert {page.total for page in pages} == {len(found)}


@settings(some, max_examples=12)
@given(query=recount.row_queries(TOGETHER), size=st.integers(60, 200))
def test_walking_through_all_periods(asked: Asked, query: Query, size: int) -> None:
    counted = asked.counted_periods
    found = recount.ordered(counted.columns, recount.matching(counted, query), query.sort)
    pages = walked(asked.pool, asked.indexed_periods, replace(query, limit=size))
    assert [row for page in pages for row in page.rows] == found


def groups_agree(
    pool: TablePool, given_: Table | list[Table], counted: Counted, query: Query
) -> None:
    found = recount.grouped(counted, query)
    page = rows(pool, given_, query)
    assert page.total == len(found.rows)
    expected = found.rows[query.offset : query.offset + query.limit]
    assert [column.name for column in page.columns] == [column.name for column in found.columns]
    assert len(page.rows) == len(expected)
    for got, wanted in zip(page.rows, expected, strict=True):
        assert list(got) == [pytest.approx(v) if isinstance(v, float) else v for v in wanted]


@some
@given(query=recount.group_queries())
def test_groups(asked: Asked, query: Query) -> None:
    groups_agree(asked.pool, asked.table, asked.counted, query)
    groups_agree(asked.pool, asked.indexed, asked.counted, query)


@settings(some, max_examples=25)
@given(query=recount.group_queries(TOGETHER))
def test_groups_of_all_periods(asked: Asked, query: Query) -> None:
    groups_agree(asked.pool, asked.indexed_periods, asked.counted_periods, query)


@settings(some, max_examples=10)
@given(records=st.lists(recount.records, max_size=30), query=recount.row_queries())
def test_random_tables(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[Any, ...]], query: Query
) -> None:
    folder = tmp_path_factory.mktemp("mot")
    table = write_table(folder / "table.duckdb", COLUMNS, records)
    write_search_index(table.path, COLUMNS, folder / "search.db")
    pool = TablePool()
    agrees(pool, table, Counted(COLUMNS, records), query)
    write_sort_index(table.path, COLUMNS, folder / "sort.duckdb")
    indexed = replace(table, search_path=folder / "search.db", sort_path=folder / "sort.duckdb")
    agrees(pool, indexed, Counted(COLUMNS, records), query)
    pool.close()
