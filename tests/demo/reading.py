"""Independent readers of the demonstration's files: a header and rows of values."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl

from demo.model import DemoResource

TITLE_ROWS = 3


def read(path: Path, resource: DemoResource) -> tuple[list[str], list[list[Any]]]:
    """The header as the file spells it and the rows below, without titles and totals."""
    rows = {"CSV": _csv, "XLSX": _xlsx, "JSON": _json, "GeoJSON": _geojson}[resource.format](
        path, resource
    )
    if resource.format in ("CSV", "XLSX"):
        layout = resource.layout
        rows = rows[TITLE_ROWS:] if layout.titled else rows
        rows = rows[:-1] if layout.totalled else rows
    return rows[0], rows[1:]


def _csv(path: Path, resource: DemoResource) -> list[list[Any]]:
    encoding = resource.layout.encoding.replace("windows-1258", "cp1258")
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.reader(lines, delimiter=resource.layout.delimiter))


def _xlsx(path: Path, resource: DemoResource) -> list[list[Any]]:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows


def _json(path: Path, resource: DemoResource) -> list[list[Any]]:
    records = json.loads(path.read_text(encoding="utf-8"))
    return [list(records[0]), *(list(record.values()) for record in records)]


def _geojson(path: Path, resource: DemoResource) -> list[list[Any]]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    header = [*features[0]["properties"], "geometry"]
    return [
        header,
        *(
            [*feature["properties"].values(), feature["geometry"]["coordinates"]]
            for feature in features
        ),
    ]
