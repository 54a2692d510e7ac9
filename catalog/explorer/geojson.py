"""Whether the rows of a table can be taken as GeoJSON, and by which of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.explorer.cells import TableColumn, table_columns
from catalog.explorer.maps.locating import Coordinates, Shapes, coordinate_pairs, locations
from catalog.models import Release


@dataclass(frozen=True)
class Placed:
    """By a column of geometries, or by the columns of latitude and longitude in `point`."""

    point: tuple[str, str] | None = None


def placed(columns: Sequence[TableColumn], at: date) -> Placed | None:
    """What gives the rows of a table about that day their place; None: nothing exact does."""
    for location in locations(columns, at):
        if isinstance(location, Shapes):
            return Placed()
        if isinstance(location, Coordinates):
            return Placed(location.names)
    return None


def placed_release(release: Release) -> Placed | None:
    """The same of a release; most are ruled out by the types and names of their columns."""
    columns = table_columns(release.resource, release)
    has_shapes = any(column.type == "geometry" for column in columns)
    return placed(columns, release.period_end) if has_shapes or coordinate_pairs(columns) else None
