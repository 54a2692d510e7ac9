"""The query engine against a recount in Python."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tables import (
    BadQuery,
    ColumnProfile,
    Filter,
    Page,
    Query,
    Table,
    TablePool,
    ingest,
    rows,
)  # fmt: skip

XA = ("Đô Lương", "Do Luong", "Vinh", "Quỳnh Lưu", "Quỳ Hợp", "nghi lộc", "Ăn", "mã", "má")
RECORDS: list[tuple[Any, ...]] = [
    (
        XA[n % 9] if n % 5 else None,
        n % 17 if n % 7 else None,
        n % 13 / 4,
        dt.date(2024, 1, 1) + dt.timedelta(n % 40),
        bool(n % 2),
    )
    for n in range(400)
]
NAMES = ("xa", "so", "gia", "ngay", "co")
KINDS = ("text", "integer", "number", "date", "boolean")


class Asked:
    """A table on disk with its columns, ready to ask."""

    def __init__(self, folder: Path) -> None:
        lines = ["xa,so,gia,ngay,co"]
        lines += [",".join("" if cell is None else str(cell) for cell in row) for row in RECORDS]
        (folder / "tep.csv").write_text("\n".join(lines) + "\n")
        self.columns: list[ColumnProfile] = ingest(folder / "tep.csv", folder).columns
        self.table = Table(folder / "table.duckdb", self.columns)
        self.pool = TablePool()

    def __call__(self, *filters: Filter, **more: Any) -> Page:
        return rows(self.pool, self.table, Query(filters=filters, **more))


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    asked = Asked(tmp_path_factory.mktemp("bang"))
    yield asked
    asked.pool.close()


def test_the_columns_are_what_the_tests_think(ask: Asked) -> None:
    assert [(c.name, c.type) for c in ask.columns] == list(zip(NAMES, KINDS, strict=True))


def test_a_page_in_file_order(ask: Asked) -> None:
    page = ask(limit=3, offset=390)
    assert (page.rows, page.total) == (RECORDS[390:393], 400)


def test_a_stored_count_is_believed(ask: Asked) -> None:
    assert rows(ask.pool, replace(ask.table, row_count=9), Query()).total == 9


def test_a_page_past_the_end_is_empty(ask: Asked) -> None:
    assert ask(offset=400).rows == []


def test_some_columns_in_another_order(ask: Asked) -> None:
    page = ask(columns=["so", "xa"], limit=1, offset=1)
    assert [(column.name, column.type) for column in page.columns] == [
        ("so", "integer"),
        ("xa", "text"),
    ]
    assert page.rows == [(1, "Do Luong")]


def test_contains_looks_past_accents_and_case(ask: Asked) -> None:
    found = {row[0] for row in ask(Filter("xa", "contains", "DO LUONG"), limit=400).rows}
    assert found == {"Đô Lương", "Do Luong"}


def test_text_sorts_like_a_dictionary_with_nothing_last(ask: Asked) -> None:
    shown = ask(sort=[("xa", False)], limit=400).rows
    order = list(dict.fromkeys(row[0] for row in shown))
    assert order == [
        "Ăn", "Do Luong", "Đô Lương", "mã", "má", "nghi lộc", "Quỳ Hợp", "Quỳnh Lưu", "Vinh", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("filter_", "value"),
    [(Filter("so", "eq", "1.0"), 1), (Filter("gia", "eq", "2,5"), 2.5),
     (Filter("ngay", "eq", "05/01/2024"), dt.date(2024, 1, 5)), (Filter("co", "eq", "có"), True)],
)  # fmt: skip
def test_values_may_be_written_as_people_write(ask: Asked, filter_: Filter, value: object) -> None:
    at = NAMES.index(filter_.column)
    assert ask(filter_).total == sum(row[at] == value for row in RECORDS)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (Query([Filter("la", "eq", 1)]), "unknown_column"),
        (Query([Filter('xa" OR 1=1 --', "eq", 1)]), "unknown_column"),
        (Query(sort=[("rowid", False)]), "unknown_column"),
        (Query(columns=["xa; DROP TABLE data"]), "unknown_column"),
        (Query(columns=["xa", "xa"]), "repeated_column"),
        (Query([Filter("so", "like", 1)]), "unknown_op"),
        (Query([Filter("so", "contains", "1")]), "op_not_for_type"),
        (Query([Filter("co", "lt", True)]), "op_not_for_type"),
        (Query([Filter("so", "eq", "một")]), "bad_value"),
        (Query([Filter("so", "eq", 10**30)]), "bad_value"),
        (Query([Filter("gia", "eq", "nan")]), "bad_value"),
        (Query([Filter("ngay", "eq", "31/02/2024")]), "bad_value"),
        (Query([Filter("so", "between", [1])]), "value_missing"),
        (Query([Filter("so", "in", [])]), "value_missing"),
        (Query([Filter("so", "in", [1] * 501)]), "too_many_values"),
        (Query([Filter("so", "eq", None)]), "value_missing"),
        (Query([Filter("so", "empty")] * 51), "too_many_filters"),
        (Query(limit=0), "bad_limit"),
        (Query(limit=10**6), "bad_limit"),
        (Query(offset=-1), "bad_offset"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(ask: Asked, query: Query, code: str) -> None:
    with pytest.raises(BadQuery) as refused:
        rows(ask.pool, ask.table, query)
    assert refused.value.code == code
    assert "{" not in str(refused.value)


@pytest.mark.parametrize("text", ["'; DROP TABLE data; --", "%", "_", "\\", '"', "?", "$1"])
def test_text_of_a_user_is_only_ever_a_value(ask: Asked, text: str) -> None:
    assert ask(Filter("xa", "contains", text)).total == 0
    assert ask(Filter("xa", "ne", text)).total == 400
    assert ask().total == 400


def test_a_zero_byte_is_refused(ask: Asked) -> None:
    with pytest.raises(BadQuery):
        ask(Filter("xa", "eq", "\x00"))
