"""Every cell of a file is in the table as it was written, or a finding names its row and column."""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.tables.reading import Read, read

OFTEN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NOTHING = ["-", "…", "N/A", "nil", "None", "NaN", "không", "Không có", "chưa có", "#N/A", "null"]
WORDS = ["Có", "Đạt", "x", "Vinh", "Quỳnh Lưu, Nghệ An", 'ống 12"', '"Bà Bá" cũ', "a\nb", "TRUE"]
WHOLE = ["0", "7", "-12", "1234567890123456789", "99999999999999999999"]
VIETNAMESE = ["1,5", "1.234", "1.234.567", "12,50", "0,125", "1.234,5", "9007199254740993"]
ENGLISH = ["1.5", "1.10", "1,234", "1,234,567.25", "0.30000000000000004", "105.68132345678901234"]
CODES = ["001", "1E2", "12E5", "+5", "-0", "1.2.3", "1.23457E+17", "0912345678", "5%", "1/2"]
DAYS = ["05/03/2024", "31/12/2023", "2024-03-06", "13/04/24", "30/02/2024"]
FLAVOURS = (NOTHING, WORDS, WHOLE, VIETNAMESE, ENGLISH, CODES, DAYS, [""])
YES_NO = {True: ("có", "x", "true"), False: ("không", "không có", "sai")}
# A finding about these tells of the whole column.
OF_COLUMNS = {"restored_zeros", "percent", "shown_otherwise"}


def cells_of(flavours: Sequence[Sequence[str]]) -> st.SearchStrategy[str]:
    return st.sampled_from([cell for flavour in flavours for cell in flavour])


COLUMN = st.lists(st.sampled_from(FLAVOURS), min_size=1, max_size=2).flatmap(
    lambda flavours: st.lists(cells_of(flavours), min_size=5, max_size=5)
)
COLUMNS = st.lists(COLUMN, min_size=1, max_size=4)


@OFTEN
@given(COLUMNS, st.sampled_from(",;\t"))
@example([["1.1", "1.2", "1.9", "1.10", "1.20"]], ",")
@example([["5", "Không có", "7", "8", "9"]], ",")
@example([["Có", "Không", "Không có", "Có", ""]], ";")
def test_of_csv(tmp_path: Path, columns: list[list[str]], delimiter: str) -> None:
    labels = [f"Cột {letter}" for letter in "abcd"[: len(columns)]] + ["Ghi chú"]
    rows = [[*row, f"dòng {n}"] for n, row in enumerate(zip(*columns, strict=True))]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([labels, *rows])
    found = read(tmp_path, out.getvalue())
    assert lost(found, labels, rows) == []


NUMBERS = [0, 7, 12, 1.5, 1.234, 0.1, -3, 12345, 2.5e6, 1234567890123456]
FORMATS = ["General", "00000", "000-000", '"HS"0000', '0" xã"', "0.00", "0%", "#,##0"]
SHEET_CELL = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from([*NOTHING, *WORDS, *VIETNAMESE, *ENGLISH, *CODES]),
    st.sampled_from([dt.date(2024, 3, 5), True, None]),
)
NUMBER_CELL = st.sampled_from(NUMBERS)
SHEET_COLUMN = st.tuples(
    st.one_of(
        st.lists(NUMBER_CELL, min_size=5, max_size=5), st.lists(SHEET_CELL, min_size=5, max_size=5)
    ),
    st.lists(st.sampled_from(FORMATS), min_size=5, max_size=5)
    | st.sampled_from(FORMATS).map(lambda one: [one] * 5),
)


@OFTEN
@given(st.lists(SHEET_COLUMN, min_size=1, max_size=3))
@example([([1.234, "1.234.567", 2500000, 950, None], ["General"] * 5)])
@example([([1.5, 12, 7.25, 3, 4], ["General", "00000", "General", "General", "General"])])
def test_of_a_sheet(tmp_path: Path, columns: list[tuple[list[Any], list[str]]]) -> None:
    labels = [f"Cột {letter}" for letter in "abc"[: len(columns)]] + ["Ghi chú"]
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        sheet = book.add_worksheet("S")
        styles = {code: book.add_format({"num_format": code}) for code in FORMATS}
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, labels)
        for at, (cells, formats) in enumerate(columns):
            for row, (cell, code) in enumerate(zip(cells, formats, strict=True), start=1):
                write(sheet, row, at, cell, day if isinstance(cell, dt.date) else styles[code])
        for row in range(1, 6):
            sheet.write_string(row, len(columns), f"dòng {row - 1}")
    found = read(tmp_path, (tmp_path / "made.xlsx").read_bytes(), "tep.xlsx")
    rows = [[cells[n] for cells, _ in columns] + [f"dòng {n}"] for n in range(5)]
    shown = [[formats[n] for _, formats in columns] + ["General"] for n in range(5)]
    assert lost(found, labels, rows, shown) == []


def write(sheet: Any, row: int, at: int, cell: object, style: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, cell)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, at, dt.datetime.combine(cell, dt.time()), style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif cell is not None:
        sheet.write_number(row, at, cell, style)


def lost(
    found: Read,
    labels: list[str],
    rows: Sequence[Sequence[Any]],
    formats: Sequence[Sequence[str]] | None = None,
) -> list[tuple[str, object, object]]:
    """Cells (written, in the table) that were neither kept nor reported."""
    assert [column["label"] for column in found.found["columns"]] == labels
    assert found.found["rows"] == len(rows)
    problems = found.found["problems"]
    missed = []
    for at, label in enumerate(labels):
        told = {p["row"] for p in problems if p["column"] == label}
        if any(p["column"] == label and p["rule"] in OF_COLUMNS for p in problems):
            continue
        for number, row in enumerate(rows):
            value = found.rows[number][at]
            plain = formats is None or not is_code(formats[number][at], row[at])
            if number + 2 not in told and not (plain and is_kept(row[at], value)):
                missed.append((label, row[at], value))
    return missed + collapsed(found, labels, rows)


def is_code(format_: str, cell: object) -> bool:
    """Does the cell show something else than its number?"""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != int(cell):
        return False
    return {
        "00000": abs(cell) < 10_000,
        "000-000": True,
        '"HS"0000': True,
    }.get(format_, False)


def is_kept(cell: object, value: object) -> bool:
    written = "" if cell is None else str(cell).strip()
    if value is None:
        return not written
    if isinstance(value, bool):
        return written.lower() in YES_NO[value]
    if isinstance(cell, dt.date):
        return str(value) == cell.isoformat()
    if isinstance(value, int | float):
        return Decimal(repr(value)) in readings(written)
    if isinstance(cell, bool):
        return value == str(cell).lower()
    if isinstance(cell, float | int):
        return Decimal(str(cell)) in readings(str(value))
    return value == written or str(value) == iso(written)


def readings(written: str) -> list[Decimal]:
    """The numbers that a text may stand for, written the Vietnamese and the English way."""
    ways = (written.replace(".", "").replace(",", "."), written.replace(",", ""))
    found = []
    for way in ways:
        try:
            found.append(Decimal(way))
        except InvalidOperation:
            continue
    return found


def iso(written: str) -> str:
    day = written.split("/")
    return "-".join(reversed(day)) if len(day) == 3 else written


def collapsed(
    found: Read, labels: list[str], rows: Sequence[Sequence[Any]]
) -> list[tuple[str, object, object]]:
    """Section numbers that became one: 1.1 and 1.10."""
    missed: list[tuple[str, object, object]] = []
    for at, label in enumerate(labels):
        seen: dict[Any, str] = {}
        for row, values in zip(rows, found.rows, strict=True):
            cell, value = row[at], values[at]
            if isinstance(cell, str) and isinstance(value, float):
                before: Mapping[Any, str] = seen
                if before.get(value, cell) != cell and cell.endswith("0") and cell[-2:] != ".0":
                    missed.append((label, cell, value))
                seen[value] = cell
    return missed
