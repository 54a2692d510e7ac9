"""Are the positions of a GeoJSON geometry longitude and latitude in degrees?"""

from collections.abc import Iterator

from tables.reading.jsonstream import NumberText

_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
           "MultiPolygon": 3}  # fmt: skip


def misplaced(geometry: object) -> str | None:
    """The rule that a geometry breaks: "not_a_position" or "swapped_position"; None if none."""
    try:
        found = list(_positions(geometry))
    except (TypeError, ValueError, KeyError, IndexError, RecursionError):
        return "not_a_position"
    if not all(abs(east) <= 180 and abs(north) <= 90 for east, north in found):
        swapped = all(abs(north) <= 180 and abs(east) <= 90 for east, north in found)
        return "swapped_position" if swapped else "not_a_position"
    return None


def _positions(geometry: object) -> Iterator[tuple[float, float]]:
    if not isinstance(geometry, dict):
        raise TypeError
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _positions(part)
    else:
        depth = _DEPTHS[geometry["type"]]
        yield from _flat(geometry["coordinates"], depth)


def _flat(coordinates: object, depth: int) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list):
        raise TypeError
    if depth:
        for part in coordinates:
            yield from _flat(part, depth - 1)
    elif coordinates:
        east, north = coordinates[:2]
        if not isinstance(east, NumberText) or not isinstance(north, NumberText):
            raise TypeError
        yield float(east), float(north)
