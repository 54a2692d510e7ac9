"""Rows as features of a map: points of two columns of degrees, shapes of a column of geometries."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, cell_rows
from catalog.explorer.look import Look
from catalog.explorer.maps.features import (
    MOST_FEATURES,
    Feature,
    Features,
    ask,
    count,
    telling_columns,
)
from catalog.explorer.maps.geometry import Geometry, geometry_of
from catalog.explorer.maps.locating import Coordinates, Shapes
from catalog.explorer.maps.places import surroundings
from tables import Filter

MOST_TEXT = 6_000_000  # characters of geometries read for one map: a third of a second
Row = tuple[Any, ...]


def points(look: Look, location: Coordinates, wanted: slice) -> Features:
    """A point for each row whose degrees lie in the province or near it; of the list those wanted."""
    (latitude, longitude), box = location.names, surroundings()
    near = [
        Filter(latitude, "between", [box.south, box.north]),
        Filter(longitude, "between", [box.west, box.east]),
    ]
    told = telling_columns(look.columns, location)
    names = [column.name for column in told] + [latitude, longitude]
    first, end = wanted.start, min(wanted.stop, MOST_FEATURES)
    page = ask(look, *near, columns=names, offset=first, limit=max(end - first, 1))
    placed, rows = page.total or 0, count(look)
    filled = count(look, Filter(latitude, "not_empty"), Filter(longitude, "not_empty"))
    # Without "ky", which stands before the asked columns where several periods are asked together.
    found = [row[-len(names) :] for row in page.rows[: max(end - first, 0)]]
    where: list[Geometry] = [
        {"type": "Point", "coordinates": [float(row[-1]), float(row[-2])]} for row in found
    ]
    return Features(
        features=_features([row[:-2] for row in found], where, told, first),
        labels=[column.label for column in told[1:]],
        drawn=min(placed, MOST_FEATURES),
        placed=placed,
        rows=rows,
        unplaced=rows - filled,
        wrong=filled - placed,
    )


def shapes(look: Look, location: Shapes, wanted: slice) -> Features:
    """A shape for each row that has one in the province or near it; of the list those wanted."""
    told = telling_columns(look.columns, location)
    name, near = location.column.name, surroundings()
    has_shape = Filter(name, "not_empty")
    filled, rows, read = count(look, has_shape), count(look), 0
    found: list[Row] = []
    where: list[Geometry] = []
    for row in _with_shapes(look, location.column, [*[column.name for column in told], name]):
        read += 1
        geometry = geometry_of(row[-1], near)
        if geometry:
            found.append(row[:-1])
            where.append(geometry)
    return Features(
        features=_features(found[wanted], where[wanted], told, wanted.start),
        labels=[column.label for column in told[1:]],
        drawn=len(found),
        placed=len(found) + filled - read,
        rows=rows,
        unplaced=rows - filled,
        wrong=read - len(found),
        unread=filled - read,
    )


def _with_shapes(look: Look, column: TableColumn, names: Sequence[str]) -> Iterator[Row]:
    """Rows that have a geometry, until there are enough of them or of their text."""
    at_once = max(1, min(MOST_FEATURES, MOST_TEXT // max(column.longest, 1)))
    has_shape = Filter(column.name, "not_empty")
    read = length = 0
    while read < MOST_FEATURES and length < MOST_TEXT:
        limit = min(at_once, MOST_FEATURES - read)
        page = ask(look, has_shape, columns=names, offset=read, limit=limit, count=False)
        for row in page.rows:
            length += len(row[-1])
            yield row[-len(names) :]
        read += len(page.rows)
        if len(page.rows) < limit:
            return


def _features(
    rows: Sequence[Row], where: Sequence[Geometry], told: Sequence[TableColumn], first: int
) -> list[Feature]:
    written = cell_rows(rows, told) if told else [[] for _row in rows]
    features = []
    for number, (cells, geometry) in enumerate(zip(written, where, strict=True), start=first + 1):
        title = cells[0].text if cells else None
        texts = [cell.text for cell in cells[1:]]
        features.append(Feature(number, title or _("Không tên"), texts, geometry))
    return features
