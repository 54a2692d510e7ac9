"""XLSX, read back by calamine and openpyxl."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tables import (
    Aggregate,
    Column,
    ColumnProfile,
    Filter,
    Group,
    Query,
    Table,
    TablePool,
    TooManyRows,
    export,
    write_xlsx,
)
from tests.tables.exporting import GEO, Made

moment = dt.datetime.fromisoformat


def sheet_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("sort", [[], [("ma", False)]])
def test_codes_dates_and_formulas_stay_apart(made: Made, sort: list[tuple[str, bool]]) -> None:
    content = made.taken(Query(sort=sort), "xlsx", labels=made.labels, title="Số liệu: [1]")
    sheet = sheet_of(content)
    assert sheet.title == "Số liệu 1"
    assert [cell.value for cell in sheet[1]] == list(made.labels.values())
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")
    assert [cell.value for cell in sheet[2]][:7] == [
        "001", 'gọi "A", B\nC', 5, 1.5, moment("2024-03-05"), moment("2024-03-05T07:08"), True,
    ]  # fmt: skip
    assert json.loads(sheet["H2"].value) == GEO
    assert (sheet["E2"].number_format, sheet["F2"].number_format) == (
        "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss",
    )  # fmt: skip
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")
    assert [cell.value for cell in sheet[4]][:7] == ["003", *[None] * 6]


def test_another_reader_finds_the_same(made: Made) -> None:
    content = made.taken(Query([Filter("so", "eq", 5)]), "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    header, row = book.get_sheet_by_index(0).to_python()
    assert header[:2] == ["ma", "ten"]
    assert row[:7] == [
        "001", 'gọi "A", B\nC', 5.0, 1.5, dt.date(2024, 3, 5), moment("2024-03-05T07:08"), True,
    ]  # fmt: skip


def test_groups(made: Made) -> None:
    query = Query(group_by=[Group("co")], aggregates=[Aggregate("count")])
    sheet = sheet_of(made.taken(query, "xlsx"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["co", "count"], [False, 1], [True, 1], [None, 1]]


TEXTS = [
    "<b>&amp;</b>", "a\rb\r\nc", " đầu và cuối ", "_x0041_ và _x", "\x01\x1f\ufffeđ", "x" * 40_000,
    "]]>", "😀 𝑥", "'=1", "&",
]  # fmt: skip


def odd_table(folder: Path, values: str, type_: str) -> Table:
    with duckdb.connect(str(folder / "t.duckdb")) as con:
        con.execute(f"CREATE TABLE data AS SELECT {values} AS v")
    return Table(folder / "t.duckdb", [Column("v", type_)])


def values_of(table: Table, folder: Path) -> list[Any]:
    pool = TablePool()
    content = b"".join(export(pool, table, Query(), "xlsx", folder=folder))
    pool.close()
    return [cell.value for cell in sheet_of(content)["A"]][1:]


def test_texts_that_xml_and_excel_take_amiss(tmp_path: Path) -> None:
    table = odd_table(tmp_path, "''", "text")
    with duckdb.connect(str(table.path)) as con:
        con.execute("DELETE FROM data")
        con.executemany("INSERT INTO data VALUES (?)", [[text] for text in TEXTS])
    found = values_of(table, tmp_path)
    assert found[:4] == [
        "<b>&amp;</b>",
        "a_x000D_b_x000D_\nc",
        " đầu và cuối ",
        "_x005F_x0041_ và _x",
    ]
    assert found[4:] == ["đ", "x" * 32_767, *TEXTS[6:]]


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("9007199254740993", "integer", "9007199254740993"),
        ("-999999999999999", "integer", -999_999_999_999_999),
        ("(2::HUGEINT ** 64)::HUGEINT", "integer", "18446744073709551616"),
        ("'inf'::DOUBLE", "number", "#NUM!"),
        ("1e-7::DOUBLE", "number", 1e-7),
        ("DATE '1850-01-02'", "date", "1850-01-02"),
        ("DATE '1900-03-01'", "date", moment("1900-03-01")),
        ("TIMESTAMP '1850-01-02 03:04:05'", "datetime", "1850-01-02T03:04:05"),
        ("TIMESTAMP '2026-12-31 23:59:59'", "datetime", moment("2026-12-31T23:59:59")),
    ],
)
def test_numbers_and_days_excel_cannot_show(
    tmp_path: Path, value: str, type_: str, expected: object
) -> None:
    assert values_of(odd_table(tmp_path, value, type_), tmp_path) == [expected]


def test_a_whole_table_as_a_file(made: Made, tmp_path: Path) -> None:
    labels = list(made.labels.values())
    target = tmp_path / "a.xlsx"
    write_xlsx(made.table.path, made.table.columns, target, title="", labels=labels)
    sheet = sheet_of(target.read_bytes())
    assert (sheet.title, sheet.max_row) == ("Dữ liệu", 4)
    assert [cell.value for cell in sheet[1]] == labels
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    table = odd_table(tmp_path, "1", "integer")
    with duckdb.connect(str(table.path)) as con:
        con.execute("CREATE OR REPLACE TABLE data AS SELECT range AS v FROM range(1048576)")
    column = ColumnProfile("v", "v", "integer")
    with pytest.raises(TooManyRows, match="1048576"):
        write_xlsx(table.path, [column], tmp_path / "a.xlsx", title="a", labels=["n"])
    assert [path.name for path in tmp_path.iterdir()] == ["t.duckdb"]
    pool = TablePool()
    with pytest.raises(TooManyRows, match="hãy lọc bớt"):
        export(pool, table, Query(), "xlsx", folder=tmp_path)
    few = Query([Filter("v", "lt", 3)])
    assert b"".join(export(pool, table, few, "xlsx", folder=tmp_path)).startswith(b"PK")
    pool.close()
