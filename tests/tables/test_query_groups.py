"""Groups and what is calculated of them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tables import Aggregate, BadQuery, Column, Filter, Group, Page, Query, TablePool, rows
from tests.tables.made import write_table

COLUMNS = [Column("xa", "text"), Column("so", "integer"), Column("gia", "number"),
           Column("ngay", "date"), Column("co", "boolean"), Column("ve", "geometry")]  # fmt: skip
MOST = 2**63 - 1
RECORDS = [
    ("Đô Lương", 7, 0.3, dt.date(2026, 9, 1), True, None),
    ("Ăn", -1, 0.29, dt.date(2026, 7, 31), None, None),
    ("Do", MOST, 1e308, dt.date(2025, 12, 31), False, "{}"),
    ("Do", MOST, 1e308, None, False, None),
]
COUNT = Aggregate("count")
Ask = Callable[..., Page]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    table = write_table(tmp_path_factory.mktemp("bang") / "t.duckdb", COLUMNS, RECORDS)
    pool = TablePool()
    yield lambda *group_by, **more: rows(pool, table, Query(group_by=group_by, **more))
    pool.close()


def test_groups_stand_in_the_order_of_their_keys(ask: Ask) -> None:
    page = ask(Group("xa"), aggregates=[COUNT])
    assert page.rows == [("Ăn", 1), ("Do", 2), ("Đô Lương", 1)]
    assert page.columns == [Column("xa", "text"), Column("count", "integer")]
    assert page.total == 3


@pytest.mark.parametrize(
    ("by", "expected"),
    [("year", ["2025", "2026", None]), ("quarter", ["2025Q4", "2026Q3", None]),
     ("month", ["2025-12", "2026-07", "2026-09", None])],
)  # fmt: skip
def test_dates_by_calendar(ask: Ask, by: str, expected: list[str | None]) -> None:
    page = ask(Group("ngay", by))
    assert [row[0] for row in page.rows] == expected
    assert page.columns == [Column("ngay", "text")]


def test_bins_are_named_by_their_lower_end(ask: Ask) -> None:
    assert ask(Group("so", "5")).rows == [(-5,), (5,), (MOST // 5 * 5,)]
    small = ask(Group("gia", "0.1"), filters=[Filter("gia", "lt", 1)], aggregates=[COUNT])
    assert small.rows == [(0.2, 1), (0.3, 1)]
    assert small.columns[0] == Column("gia", "number")


def test_a_sum_beyond_the_machine_is_exact_or_nothing(ask: Ask) -> None:
    aggregates = [Aggregate("sum", "so"), Aggregate("sum", "gia"), Aggregate("avg", "gia")]
    page = ask(Group("xa"), aggregates=aggregates, filters=[Filter("xa", "eq", "Do")])
    assert page.rows == [("Do", 2 * MOST, None, None)]


def test_least_and_greatest_text_as_in_a_dictionary(ask: Ask) -> None:
    page = ask(aggregates=[Aggregate("min", "xa"), Aggregate("max", "xa")])
    assert (page.rows, page.total) == ([("Ăn", "Đô Lương")], 1)


def test_nothing_matches(ask: Ask) -> None:
    nothing = [Filter("xa", "eq", "không có")]
    assert ask(Group("xa"), aggregates=[COUNT], filters=nothing).rows == []
    assert ask(aggregates=[COUNT, Aggregate("sum", "so")], filters=nothing).rows == [(0, None)]


def test_sorted_by_a_result_and_paged(ask: Ask) -> None:
    query: dict[str, Any] = {"aggregates": [COUNT], "sort": [("count", True)], "limit": 2}
    first = ask(Group("xa"), **query)
    assert (first.rows, first.total) == ([("Do", 2), ("Ăn", 1)], 3)
    second = ask(Group("xa"), **query, after=first.next_cursor)
    assert (second.rows, second.total, second.next_cursor) == ([("Đô Lương", 1)], 3, "")


def test_some_columns_of_the_result(ask: Ask) -> None:
    page = ask(Group("xa"), aggregates=[COUNT], columns=["count"], sort=[("count", True)])
    assert (page.rows, page.columns) == ([(2,), (1,), (1,)], [Column("count", "integer")])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (Query(group_by=[Group("la")]), "unknown_column"),
        (Query(group_by=[Group("xa", "year")]), "bad_grouping"),
        (Query(group_by=[Group("ngay", "week")]), "bad_grouping"),
        (Query(group_by=[Group("so", "0")]), "bad_grouping"),
        (Query(group_by=[Group("so", "-5")]), "bad_grouping"),
        (Query(group_by=[Group("so", "nan")]), "bad_grouping"),
        (Query(group_by=[Group("so", "1e-12")]), "bad_grouping"),
        (Query(group_by=[Group("so", "1) --")]), "bad_grouping"),
        (Query(group_by=[Group("ve")]), "bad_grouping"),
        (Query(group_by=[Group("xa"), Group("xa")]), "repeated_column"),
        (Query(group_by=[Group("xa")] * 11), "too_many_groups"),
        (Query(aggregates=[Aggregate("sum", "xa")]), "aggregate_not_for_type"),
        (Query(aggregates=[Aggregate("avg", "ngay")]), "aggregate_not_for_type"),
        (Query(aggregates=[Aggregate("min", "ve")]), "aggregate_not_for_type"),
        (Query(aggregates=[Aggregate("sum")]), "aggregate_without_column"),
        (Query(aggregates=[Aggregate("stddev", "so")]), "unknown_aggregate"),
        (Query(aggregates=[Aggregate("sum", "la")]), "unknown_column"),
        (Query(group_by=[Group("xa")], sort=[("so", False)]), "unknown_result_column"),
        (Query(group_by=[Group("xa")], columns=["so"]), "unknown_result_column"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(ask: Ask, query: Query, code: str) -> None:
    with pytest.raises(BadQuery) as refused:
        ask(*query.group_by, aggregates=query.aggregates, sort=query.sort, columns=query.columns)
    assert refused.value.code == code
    assert "{" not in str(refused.value)
