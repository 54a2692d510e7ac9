"""XLSX, XLS and ODS through calamine: the first visible sheet that holds data."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from catalog.tables.headers import SAMPLE_ROWS, find_header
from catalog.tables.problems import ProblemLog, Unreadable
from catalog.tables.reading import Loadable, Reading, check_width, write_tidy
from catalog.tables.sheetcells import Merged, cell_text, spread_merged
from catalog.tables.sheetformats import zero_widths
from portal.vietnamese import fold

_CODE_LABEL = re.compile(
    r"\bma\b(?! luc)|\bcode\b|\bcccd\b|\bcmnd\b|dinh danh|dien thoai|\bsdt\b|\bmst\b"
)

Cell = object
Rows = list[list[Cell]]


def read_workbook(path: Path, kind: str, scratch: Path, log: ProblemLog) -> Reading:
    """Read one sheet; numbers, dates and booleans keep their kind.

    `kind`: xlsx, xls or ods; the file has been looked into and may be opened (`sources`). Raises
    Unreadable, and whatever calamine raises.
    """
    sheet, rows, merged = _first_sheet(path, log)
    shown = [[cell_text(cell) for cell in row] for row in rows[:SAMPLE_ROWS]]
    header = find_header(shown, log)
    width = len(header.labels)
    if not width:
        raise Unreadable("no_table")
    check_width(width)
    data = rows[header.data :]
    for at in sorted(spread_merged(data, merged, header.data, width)):
        log.add("merged_cells", column=header.labels[at])
    zeros = zero_widths(path, sheet, kind)
    native = _native_columns(data, width)
    _report_codes(header.labels, native, zeros, log)
    target = scratch / "tidy.csv"
    write_tidy(_texts(data, header.labels, header.data + 1, zeros, log), target)
    return Reading(
        format=kind,
        labels=header.labels,
        load=Loadable(target),
        first_row=header.data + 1,
        header_row=header.row,
        sheet=sheet,
        native_numbers=frozenset(native - zeros.keys()),
    )


def _first_sheet(path: Path, log: ProblemLog) -> tuple[str, Rows, list[Merged]]:
    """Name, rows from row 1 and merged ranges of the first visible sheet with data."""
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise Unreadable("encrypted") from None
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
    for at, name in enumerate(names):
        sheet = book.get_sheet_by_name(name)
        rows: list[list[Any]] = [*sheet.to_python(skip_empty_area=False)]
        if any(cell != "" for row in rows for cell in row):
            others = [n for n in names[at + 1 :] if book.get_sheet_by_name(n).height]
            if others:
                log.add("other_sheets", value=name, count=len(others))
            return name, rows, list(sheet.merged_cell_ranges or [])
    raise Unreadable("empty")


def _native_columns(data: Rows, width: int) -> set[int]:
    """Columns in which at least one cell is a number rather than a text."""
    native: set[int] = set()
    for row in data:
        for at in range(min(width, len(row))):
            if at not in native and type(row[at]) in (float, int):
                native.add(at)
        if len(native) == width:
            break
    return native


def _report_codes(
    labels: list[str], native: set[int], zeros: dict[int, int], log: ProblemLog
) -> None:
    for at in sorted(native):
        if at in zeros:
            log.add("restored_zeros", column=labels[at])
        elif _CODE_LABEL.search(fold(labels[at])):
            log.add("lost_zeros", column=labels[at])


def _texts(
    data: Rows, labels: list[str], first: int, zeros: dict[int, int], log: ProblemLog
) -> Iterator[list[str]]:
    width = len(labels)
    for number, row in enumerate(data, start=first):
        cells = [cell_text(cell) for cell in itertools.islice(row, width)]
        for at, digits in zeros.items():
            if at < len(row) and type(row[at]) in (float, int):
                cells[at] = cells[at].zfill(digits)
        for at, cell in enumerate(cells):
            if cell.startswith("#") and cell in _ERRORS:
                log.add("sheet_error", row=number, column=labels[at], value=cell)
                cells[at] = ""
        yield cells + [""] * (width - len(cells))


_ERRORS = frozenset({"#DIV/0!", "#NAME?", "#REF!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!"})
