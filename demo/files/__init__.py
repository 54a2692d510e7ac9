"""Files of the demonstration datasets, laid out as real offices lay them out."""

from pathlib import Path

from deadlines.periods import Kind, Period
from demo.files import delimited, geojson, json_records, workbook
from demo.model import DemoDataset, DemoResource, file_name, periods
from demo.sheet import Value

__all__ = ["broken_file", "periods", "write_file"]

WRITERS = {
    "CSV": delimited.write,
    "XLSX": workbook.write,
    "JSON": json_records.write,
    "GeoJSON": geojson.write,
}
# What careless typing leaves in a column of numbers.
SLIPS = ("đang cập nhật", "12,5x", "chưa đo")


def write_file(dataset: DemoDataset, resource: DemoResource, period: str, folder: Path) -> Path:
    """Write the file of one period into `folder` and return its path.

    Raises ValueError for a period that is none.
    """
    return _written(dataset, resource, period, folder, _table(dataset, resource, period))


def broken_file(dataset: DemoDataset, resource: DemoResource, period: str, folder: Path) -> Path:
    """The same file with letters in three cells of its first column of numbers."""
    table = _table(dataset, resource, period)
    name = next(c.name for c in resource.columns if c.type in ("number", "integer"))
    values = table[name]
    for place, slip in enumerate(SLIPS, start=1):
        values[place * len(values) // (len(SLIPS) + 1)] = slip
    return _written(dataset, resource, period, folder, table)


def _table(dataset: DemoDataset, resource: DemoResource, period: str) -> dict[str, list[Value]]:
    return resource.make(dataset.slug, Period.parse(period))


def _written(
    dataset: DemoDataset,
    resource: DemoResource,
    period: str,
    folder: Path,
    table: dict[str, list[Value]],
) -> Path:
    path = folder / file_name(dataset, resource, period)
    WRITERS[resource.format](path, resource, titles(resource, period), table)
    return path


def titles(resource: DemoResource, period: str) -> list[str]:
    """The rows above the header of a titled file."""
    at = Period.parse(period)
    spelled = {
        Kind.QUARTER: f"Quý {at.quarter} năm {at.first_day.year}",
        Kind.MONTH: f"Tháng {at.first_day.month} năm {at.first_day.year}",
    }
    return [
        resource.title_vi.upper(),
        spelled.get(at.kind, f"Năm {at.first_day.year}"),
        "Số liệu minh hoạ",
    ]
