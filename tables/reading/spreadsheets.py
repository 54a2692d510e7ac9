"""XLSX, XLS and ODS through calamine: the first visible sheet that holds data."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from core.vietnamese import fold
from tables.limits import ABOUT_LINES, ABOUT_SHEET
from tables.problems import ProblemLog, Unreadable
from tables.reading.biff import read_xls_facts
from tables.reading.charsets import mended
from tables.reading.headers import SAMPLE_ROWS, find_header
from tables.reading.odscells import read_ods_facts
from tables.reading.outside import Outside, named_beyond
from tables.reading.packages import SHOWN_MAX_CELLS
from tables.reading.sheetcells import Merged, Spread, cell_text, spread_merged
from tables.reading.sheetcolumns import SheetColumn, is_number, read_column
from tables.reading.sheetxml import read_xlsx_facts
from tables.reading.source import Loadable, Reading, check_width, write_tidy

_CODE_LABEL = re.compile(
    r"\bma\b(?! luc)|\bcode\b|\bcccd\b|\bcmnd\b|dinh danh|dien thoai|\bsdt\b|\bmst\b"
)

_FACTS = {"xlsx": read_xlsx_facts, "xls": read_xls_facts, "ods": read_ods_facts}

Cell = object
Rows = list[list[Cell]]


def read_workbook(path: Path, kind: str, scratch: Path, log: ProblemLog) -> Reading:
    """Read one sheet; numbers, dates and booleans keep their kind.

    `kind`: xlsx, xlsb, xls or ods, also the ending of `path`; the file has been looked into and may be
    opened (`sources`). Raises Unreadable, and whatever calamine raises.
    """
    sheet, rows, merged = _first_sheet(path, log)
    shown = [[cell_text(cell) for cell in row] for row in rows[:SAMPLE_ROWS]]
    header = find_header(shown, log)
    named = len(header.labels)
    if not named:
        raise Unreadable("no_table")
    data, first = rows[header.data :], header.data + 1
    labels = _labels(data, header.labels, first, log)
    check_width(len(labels))
    _report_merged(spread_merged(data, merged, header.data, len(labels)), labels, first, log)
    facts = _FACTS[kind](path, sheet)
    for row, at in facts.unanswered:
        if row >= header.data and at < len(labels):
            log.add("formula_without_result", row=row + 1, column=labels[at])
    columns = []
    for at, label in enumerate(labels):
        format_at = facts.column(header.data, at)
        columns.append(read_column(label, [row[at] for row in data], format_at, first, log))
    _report_codes(labels, columns, log)
    target = scratch / "tidy.csv"
    write_tidy(_texts(data, columns, labels, first, log), target)
    return Reading(
        format=kind,
        labels=labels,
        load=Loadable(target),
        first_row=first,
        header_row=header.row,
        sheet=sheet,
        number_styles={at: one.style for at, one in enumerate(columns) if one.style},
        texts=frozenset(at for at, one in enumerate(columns) if one.codes),
    )


def _labels(data: Rows, labels: list[str], first: int, log: ProblemLog) -> list[str]:
    """The labels and those of cells that stand right of the last heading."""
    outside = Outside(len(labels))
    if data and len(data[0]) > len(labels):
        for number, row in enumerate(data, start=first):
            if any(cell != "" for cell in row[len(labels) :]):
                outside.see(number, [cell_text(cell) for cell in row])
    wide = named_beyond(labels, outside.wide)
    outside.report(wide, log)
    return wide


def _report_merged(spread: list[Spread], labels: list[str], first: int, log: ProblemLog) -> None:
    for at in sorted({one.column for one in spread}):
        log.add("merged_cells", column=labels[at])
    for one in spread:
        if is_number(one.value):
            log.add("merged_number", row=first + one.row, column=labels[one.column],
                    value=cell_text(one.value), count=one.count)  # fmt: skip


def _first_sheet(path: Path, log: ProblemLog) -> tuple[str, Rows, list[Merged]]:
    """Name, rows from row 1 and merged ranges of the first visible sheet that is a table."""
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise Unreadable("encrypted") from None
    except calamine.CalamineError as error:
        if "Cell limit" in str(error):  # its own for ODS, whose rows and cells may say "repeated"
            raise Unreadable("workbook_too_big", limit=SHOWN_MAX_CELLS) from error
        raise
    visible = [
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == calamine.SheetVisibleEnum.Visible
        and meta.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    return _with_data(book, visible, log)


def _with_data(
    book: calamine.CalamineWorkbook, names: list[str], log: ProblemLog
) -> tuple[str, Rows, list[Merged]]:
    """The first sheet that is a table; failing that, the first that holds anything."""
    chosen: tuple[str, Rows, list[Merged]] | None = None
    filled = 0
    for at, name in enumerate(names):
        sheet = book.get_sheet_by_name(name)
        if chosen is not None and not _holds_data(sheet):
            continue
        rows: list[list[Any]] = [*sheet.to_python(skip_empty_area=False)]
        if not any(cell != "" for row in rows for cell in row):
            continue
        filled += 1
        table = _is_table(rows)
        if chosen is None or table:
            chosen = (name, rows, list(sheet.merged_cell_ranges or []))
        if table:
            filled += sum(_holds_data(book.get_sheet_by_name(n)) for n in names[at + 1 :])
            break
    if chosen is None:
        raise Unreadable("empty")
    if filled > 1:
        log.add("other_sheets", value=chosen[0], count=filled - 1)
    return chosen


def _holds_data(sheet: Any) -> bool:
    """Of a sheet behind the table; what the portal itself says of the rows there is no data."""
    is_ours = sheet.name == ABOUT_SHEET and sheet.width <= 2 and sheet.height <= ABOUT_LINES
    return bool(sheet.height) and not is_ours


def _is_table(rows: Rows) -> bool:
    """Covers and instructions have one cell a row."""
    return sum(sum(cell != "" for cell in row) > 1 for row in rows[:SAMPLE_ROWS]) > 1


def _report_codes(labels: list[str], columns: list[SheetColumn], log: ProblemLog) -> None:
    for label, column in zip(labels, columns, strict=True):
        if column.style and _CODE_LABEL.search(fold(label)):
            log.add("lost_zeros", column=label)


def _texts(
    data: Rows, columns: list[SheetColumn], labels: list[str], first: int, log: ProblemLog
) -> Iterator[list[str]]:
    for at, row in enumerate(data):
        number = first + at
        cells = [column.text(at, cell) for column, cell in zip(columns, row, strict=False)]
        for at, cell in enumerate(cells):
            if cell.startswith("#") and cell in _ERRORS:
                log.add(_ERRORS[cell], row=number, column=labels[at], value=cell)
                cells[at] = ""
            elif not cell.isascii() and (right := mended(cell)) != cell:
                log.add("encoded_twice", row=number, column=labels[at], value=cell, repaired=right)
                cells[at] = right
        yield cells


_ERRORS = {
    **dict.fromkeys(
        ("#DIV/0!", "#NAME?", "#REF!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!"), "sheet_error"
    ),
    "#N/A": "null_word",
}
