"""XLSX files, written row by row in constant memory."""

from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from demo.files.delimited import totals
from demo.model import DemoResource
from demo.sheet import Value

# When the workbooks say they were made, so that they are the same each time.
MADE = datetime(2024, 1, 1, tzinfo=UTC)


def write(
    path: Path, resource: DemoResource, titles: list[str], table: dict[str, list[Value]]
) -> None:
    """Write one sheet; dates are real dates shown as dd/mm/yyyy, codes are text."""
    options = {
        "constant_memory": True,
        "default_date_format": "dd/mm/yyyy",
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with Workbook(path, options) as book:
        book.set_properties({"created": MADE, "author": ""})
        sheet = book.add_worksheet("Dữ liệu")
        for number, row in enumerate(_rows(resource, titles, table)):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)


def _rows(
    resource: DemoResource, titles: list[str], table: dict[str, list[Value]]
) -> list[list[Value]]:
    layout = resource.layout
    rows: list[list[Value]] = [[title] for title in titles] if layout.titled else []
    rows.append([column.label_vi for column in resource.columns])
    columns = [[_cell(value) for value in table[column.name]] for column in resource.columns]
    rows.extend(map(list, zip(*columns, strict=True)))
    if layout.totalled:
        rows.append(totals(resource, table))
    return rows


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return value
