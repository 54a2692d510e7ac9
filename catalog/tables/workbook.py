"""Writing a query as XLSX, row by row in constant memory."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalog.tables.limits import XLSX_ROWS
from catalog.tables.patterns import quoted
from catalog.tables.problems import CodedError
from catalog.tables.query import ColumnLike
from catalog.tables.raw import open_table

_BLOCK = 5_000
_LONGEST_CELL = 32_767
_SAFE_INTEGER = 10**15  # Excel keeps 15 digits
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)
_FORBIDDEN_IN_TITLE = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")


class TooManyRows(CodedError):
    """More rows than a sheet holds."""


def write_xlsx(
    path: Path,
    columns: Sequence[ColumnLike],
    destination: Path,
    *,
    title: str,
    labels: Sequence[str],
) -> None:
    """Write the table at `path` as a workbook of one sheet called `title`.

    Dates are real dates, codes and formula-like texts are strings, the header is bold and
    stays in view. Written beside and renamed. Raises TooManyRows beyond 1,048,575 rows.
    """
    beside = destination.with_name(f".{destination.name}.making")
    try:
        _write(path, columns, beside, title, labels)
        beside.replace(destination)
    finally:
        beside.unlink(missing_ok=True)


def _write(
    path: Path, columns: Sequence[ColumnLike], target: Path, title: str, labels: Sequence[str]
) -> None:
    with open_table(path) as con:
        (count,) = con.execute("SELECT count(*) FROM data").fetchone() or (0,)
        if count > XLSX_ROWS:
            raise TooManyRows("too_many_rows", count=count, limit=XLSX_ROWS)
        options = {"constant_memory": True, "strings_to_formulas": False,
                   "strings_to_urls": False, "strings_to_numbers": False,
                   "nan_inf_to_errors": True}  # fmt: skip
        with xlsxwriter.Workbook(str(target), options) as book:
            sheet = book.add_worksheet(_sheet_name(title))
            formats = {
                "date": book.add_format({"num_format": "dd/mm/yyyy"}),
                "datetime": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            }
            _write_header(sheet, columns, labels, book.add_format({"bold": True}))
            names = ", ".join(quoted(column.name) for column in columns)
            cursor = con.execute(f"SELECT {names} FROM data ORDER BY rowid")
            rows = iter(lambda: cursor.fetchmany(_BLOCK), [])
            _write_rows(sheet, (row for block in rows for row in block), columns, formats)


def _sheet_name(title: str) -> str:
    """At most 31 characters, without those Excel forbids."""
    name = " ".join(title.translate(_FORBIDDEN_IN_TITLE).split())[:31].strip()
    return name if name and name.lower() != "history" else "Dữ liệu"


def _write_header(
    sheet: Worksheet, columns: Sequence[ColumnLike], labels: Sequence[str], bold: Format
) -> None:
    for at, (column, label) in enumerate(zip(columns, labels, strict=True)):
        sheet.write_string(0, at, label, bold)
        wide = {"date": 12, "datetime": 20}.get(column.type, 10)
        sheet.set_column(at, at, min(40, max(wide, len(label) + 2)))
    sheet.freeze_panes(1, 0)


def _write_rows(
    sheet: Worksheet,
    rows: Iterator[tuple[Any, ...]],
    columns: Sequence[ColumnLike],
    formats: dict[str, Format],
) -> None:
    kinds = [(column.type, formats.get(column.type)) for column in columns]
    for number, row in enumerate(rows, start=1):
        for at, (cell, (kind, shape)) in enumerate(zip(row, kinds, strict=True)):
            if cell is not None:
                _write_cell(sheet, number, at, cell, kind, shape)


def _write_cell(
    sheet: Worksheet, row: int, at: int, cell: Any, kind: str, shape: Format | None
) -> None:
    if kind in ("date", "datetime"):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        # Excel counts days from 1900 and believes that year was a leap year.
        if day >= _FIRST_EXCEL_DAY:
            sheet.write_datetime(row, at, cell, shape)
        else:
            sheet.write_string(row, at, cell.isoformat())
    elif kind == "boolean":
        sheet.write_boolean(row, at, cell)
    elif kind == "number" or (kind == "integer" and abs(cell) < _SAFE_INTEGER):
        sheet.write_number(row, at, cell)
    else:
        sheet.write_string(row, at, str(cell)[:_LONGEST_CELL])
