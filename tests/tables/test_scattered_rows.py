"""Rows from all over a table are fetched by their index, or without one in tables made before it."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tables import AnyOf, Column, Condition, Filter, Query, Table, TablePool, ingest, rows
from tables.querying.rowpages import MOST_BY_INDEX

COUNT = 3_000
SORTED = Query(sort=[("so", True)], limit=7)


@pytest.fixture
def indexed(tmp_path: Path) -> Table:
    """The numbers 0 … 2999, each a thousand and one rows from the next."""
    source = tmp_path / "source.csv"
    lines = (f"dòng {n},{n * 1001 % COUNT}\n" for n in range(COUNT))
    source.write_text("Tên,Số\n" + "".join(lines), encoding="utf-8")
    made = ingest(source, tmp_path / "made")
    return Table(tmp_path / "made" / "table.duckdb", made.columns, made.row_count)


@pytest.fixture
def earlier(indexed: Table, tmp_path: Path) -> Table:
    """The same table as it was made before rows had an index."""
    path = tmp_path / "earlier.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(f"ATTACH '{indexed.path}' AS made (READ_ONLY)")
        con.execute('CREATE TABLE data AS SELECT * EXCLUDE ("@id") FROM made.data')
    return Table(path, [Column(c.name, c.type) for c in indexed.columns], COUNT)


def test_rows_come_in_the_order_asked_for(indexed: Table) -> None:
    found = rows(TablePool(), indexed, SORTED).rows
    assert [row[1] for row in found] == list(range(COUNT - 1, COUNT - 8, -1))
    assert all(int(name.removeprefix("dòng ")) * 1001 % COUNT == number for name, number in found)


@pytest.mark.parametrize("limit", [1, 7, MOST_BY_INDEX, MOST_BY_INDEX + 1, COUNT])
def test_an_earlier_table_gives_the_same(indexed: Table, earlier: Table, limit: int) -> None:
    pool, query = TablePool(), Query(sort=[("so", False)], limit=limit)
    assert rows(pool, indexed, query).rows == rows(pool, earlier, query).rows


def test_earlier_and_later_tables_are_asked_together(indexed: Table, earlier: Table) -> None:
    both = rows(TablePool(), [indexed, earlier], SORTED)
    assert both.total == 2 * COUNT
    assert [row[2] for row in both.rows] == [2999, 2999, 2998, 2998, 2997, 2997, 2996]


def test_a_lost_sort_index_costs_time_not_the_answer(indexed: Table, tmp_path: Path) -> None:
    lost = replace(indexed, sort_path=tmp_path / "lost.duckdb")
    query = Query(sort=[("ten", True)], limit=3)
    assert rows(TablePool(), lost, query).rows == rows(TablePool(), indexed, query).rows


@pytest.mark.parametrize(
    "condition",
    [
        Filter("so", "lt", 900),
        Filter("ten", "contains", "9"),
        Filter("so", "in", list(range(0, 900, 3))),
        AnyOf([Filter("so", "eq", 7), Filter("so", "ge", 2_000), Filter("ten", "eq", "dòng 5")]),
    ],
)
def test_matching_rows_come_in_the_order_of_the_file(indexed: Table, condition: Condition) -> None:
    pool, found, after = TablePool(), [], ""
    while after or not found:
        page = rows(pool, indexed, Query(filters=[condition], limit=100, after=after))
        found += [int(row[0].removeprefix("dòng ")) for row in page.rows]
        after = page.next_cursor
    assert found == sorted(found)
    later = rows(pool, indexed, Query(filters=[condition], limit=100, offset=150)).rows
    assert [int(row[0].removeprefix("dòng ")) for row in later] == found[150:250]
