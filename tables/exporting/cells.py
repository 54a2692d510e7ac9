"""Cells of a result as text: SQL over its columns, for each format."""

from collections.abc import Sequence

from tables.patterns import literal, quoted
from tables.question import ColumnLike
from tables.storing.building import csv_cell

_ISO_MOMENT = "%Y-%m-%dT%H:%M:%S"


def csv_cells(columns: Sequence[ColumnLike]) -> str:
    """As in data.csv: formula-like texts guarded."""
    return ", ".join(csv_cell(column.name, column.type) for column in columns)


def json_cells(columns: Sequence[ColumnLike]) -> str:
    """One member for each column, named as the column."""
    return ", ".join(f"{json_value(column)} AS {quoted(column.name)}" for column in columns)


def json_array(columns: Sequence[ColumnLike]) -> str:
    """One text: the row as an array."""
    return f"json_array({', '.join(map(json_value, columns))})::VARCHAR"


def feature(columns: Sequence[ColumnLike], geometry: str) -> str:
    """The members of a GeoJSON feature (RFC 7946, 3.2); `geometry` is SQL."""
    if not columns:
        return f"'Feature' AS type, {geometry} AS geometry, '{{}}'::JSON AS properties"
    pairs = ", ".join(f"{quoted(column.name)} := {json_value(column)}" for column in columns)
    return f"'Feature' AS type, {geometry} AS geometry, struct_pack({pairs}) AS properties"


def geometry_object(name: str) -> str:
    """A column of GeoJSON texts as objects; what is no JSON is null."""
    return f"TRY_CAST({quoted(name)} AS JSON)"


def point_object(latitude: str, longitude: str) -> str:
    """A GeoJSON point (longitude first, RFC 7946, 3.1.1) of two columns; null where one is empty."""
    north, east = (f"TRY_CAST({quoted(name)} AS DOUBLE)" for name in (latitude, longitude))
    point = f"{{'type': 'Point', 'coordinates': [{east}, {north}]}}"
    return f"CASE WHEN isfinite({north}) AND isfinite({east}) THEN {point} END"


def json_value(column: ColumnLike) -> str:
    """Numbers are numbers, dates ISO texts, geometries objects."""
    name = quoted(column.name)
    match column.type:
        case "geometry":
            return f"coalesce(TRY_CAST({name} AS JSON), to_json({name}))"
        case "datetime":
            return f"strftime({name}, {literal(_ISO_MOMENT)})"
        case "number":
            # JSON has no word for infinity.
            return f"CASE WHEN isfinite({name}) THEN {name} END"
    return name
