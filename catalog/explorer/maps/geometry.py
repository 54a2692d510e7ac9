"""GeoJSON geometries as they come in a table's cells: checked, and made light enough to draw.

RFC 7946: positions are longitude, latitude and perhaps a height, in degrees of WGS 84.
"""

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from catalog.explorer.maps.places import Box

Geometry = dict[str, Any]
Position = list[float]

# How deep the positions of each type lie in its coordinates (RFC 7946, 3.1).
DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
EARTH = Box(-90, -180, 90, 180)
LEAST_OF_RING = 4  # positions; the last repeats the first
DECIMALS = 5  # of a degree: about a metre
# Distances in degrees within which neighbouring positions of a line become one.
TOLERANCES = (0.0001, 0.0003, 0.001, 0.003, 0.01)


def geometry_of(text: str, near: Box) -> Geometry | None:
    """The geometry written in a cell, without heights; None when it is none or lies elsewhere."""
    try:
        geometry = _checked(json.loads(text))
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return None
    around = box_of(geometry)
    return geometry if around and near.meets(around) else None


def positions_of(geometry: Geometry) -> Iterator[Position]:
    for part in geometry.get("geometries", [geometry]):
        yield from _flat(part["coordinates"], DEPTHS[part["type"]])


def box_of(geometry: Geometry) -> Box | None:
    """What it covers; None without positions or with one that is not on earth."""
    longitudes, latitudes = [], []
    for longitude, latitude in positions_of(geometry):
        longitudes.append(longitude)
        latitudes.append(latitude)
    if not latitudes:
        return None
    box = Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes))
    return box if EARTH.holds(box) else None


def lightened(geometries: Sequence[Geometry], most_positions: int) -> tuple[list[Geometry], bool]:
    """The same with at most so many positions where leaving out near ones is enough; were some left out?"""
    kept = list(geometries)
    used = 0.0
    for tolerance in TOLERANCES:
        if sum(1 for geometry in kept for _position in positions_of(geometry)) <= most_positions:
            break
        kept, used = [_thinned(geometry, tolerance) for geometry in kept], tolerance
    return [_mapped(geometry, _rounded) for geometry in kept], bool(used)


def _checked(value: Any) -> Geometry:
    """Raises ValueError, TypeError, LookupError or ArithmeticError for what is no geometry."""
    kind = value["type"]
    if kind == "GeometryCollection":
        parts = [_checked(part) for part in value["geometries"]]
        if any(part["type"] == kind for part in parts):
            raise ValueError(kind)
        return {"type": kind, "geometries": parts}
    if kind not in DEPTHS:
        raise ValueError(kind)
    coordinates = _nested(value["coordinates"], DEPTHS[kind])
    if "Polygon" in kind:
        for ring in _flat(coordinates, DEPTHS[kind] - 1):
            if len(ring) < LEAST_OF_RING:
                raise ValueError(kind)
    return {"type": kind, "coordinates": coordinates}


def _nested(value: Any, depth: int) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    if depth:
        return [_nested(part, depth - 1) for part in value]
    longitude, latitude = value[0] + 0.0, value[1] + 0.0  # text would be no number here
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError(value)
    return [longitude, latitude]


def _flat(coordinates: list[Any], depth: int) -> Iterator[Any]:
    if depth == 0:
        yield coordinates
    else:
        for part in coordinates:
            yield from _flat(part, depth - 1)


def _mapped(geometry: Geometry, change: Any) -> Geometry:
    """The geometry with every line, ring or single position changed."""
    if "geometries" in geometry:
        return {
            **geometry,
            "geometries": [_mapped(part, change) for part in geometry["geometries"]],
        }
    depth = DEPTHS[geometry["type"]]
    is_line = geometry["type"] not in ("Point", "MultiPoint")
    return {
        **geometry,
        "coordinates": _changed(geometry["coordinates"], depth - is_line, change, is_line),
    }


def _changed(value: list[Any], depth: int, change: Any, is_line: bool) -> list[Any]:
    if depth:
        return [_changed(part, depth - 1, change, is_line) for part in value]
    return change(value) if is_line else change([value])[0]


def _rounded(line: list[Position]) -> list[Position]:
    return [[round(longitude, DECIMALS), round(latitude, DECIMALS)] for longitude, latitude in line]


def _thinned(geometry: Geometry, tolerance: float) -> Geometry:
    return _mapped(geometry, lambda line: _without_near(line, tolerance))


def _without_near(line: list[Position], tolerance: float) -> list[Position]:
    """The ends, and what lies farther than the tolerance from what was kept; never too few for a ring."""
    if len(line) <= LEAST_OF_RING:
        return line
    kept = [line[0]]
    for position in line[1:-1]:
        if math.dist(position, kept[-1]) > tolerance:
            kept.append(position)
    kept.append(line[-1])
    if len(kept) < LEAST_OF_RING:
        third = len(line) // 3
        return [line[0], line[third], line[2 * third], line[-1]]
    return kept
