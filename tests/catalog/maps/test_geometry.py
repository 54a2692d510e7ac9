"""GeoJSON of a cell: what can be drawn, what cannot, and how it is made lighter."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.explorer.maps.geometry import geometry_of, lightened, positions_of
from catalog.explorer.maps.places import surroundings

NEAR = surroundings()
SQUARE = [[105.0, 19.0], [105.1, 19.0], [105.1, 19.1], [105.0, 19.0]]


def written(kind: str, coordinates: Any) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates})


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [105.0, 19.0]),
        ("MultiPoint", [[105.0, 19.0], [105.1, 19.1]]),
        ("LineString", [[105.0, 19.0], [105.1, 19.1]]),
        ("MultiLineString", [[[105.0, 19.0], [105.1, 19.1]]]),
        ("Polygon", [SQUARE]),
        ("MultiPolygon", [[SQUARE], [SQUARE]]),
    ],
)
def test_every_type_is_read(kind: str, coordinates: Any):
    assert geometry_of(written(kind, coordinates), NEAR) == {
        "type": kind,
        "coordinates": coordinates,
    }


def test_a_collection_is_read():
    text = f'{{"type": "GeometryCollection", "geometries": [{written("Polygon", [SQUARE])}]}}'
    found = geometry_of(text, NEAR)
    assert found is not None
    assert list(positions_of(found)) == SQUARE


def test_heights_are_left_out():
    assert geometry_of(written("Point", [105.0, 19.0, 12.5]), NEAR) == {
        "type": "Point",
        "coordinates": [105.0, 19.0],
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "7",
        '"Point"',
        "[105, 19]",
        "{}",
        '{"type": "Point"}',
        '{"type": ["Point"], "coordinates": [105, 19]}',
        '{"type": "Circle", "coordinates": [105, 19]}',
        '{"type": "Point", "coordinates": []}',
        '{"type": "Point", "coordinates": [105]}',
        '{"type": "Point", "coordinates": ["105", "19"]}',
        '{"type": "Point", "coordinates": [null, null]}',
        '{"type": "Point", "coordinates": {"0": 105}}',
        '{"type": "Point", "coordinates": [1e999, 19]}',
        '{"type": "Point", "coordinates": [1' + "0" * 400 + ", 19]}",
        '{"type": "Polygon", "coordinates": [[[105, 19], [105.1, 19], [105, 19]]]}',
        '{"type": "MultiPolygon", "coordinates": []}',
        '{"type": "GeometryCollection", "geometries": []}',
        '{"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection"}]}',
        "[" * 100_000,
        "không phải JSON",
    ],
)
def test_what_is_no_geometry_is_none(text: str):
    assert geometry_of(text, NEAR) is None


@pytest.mark.parametrize(
    "position", [[19.0, 105.0], [105.0, 91.0], [181.0, 19.0], [0.0, 0.0], [106.7, 10.8]]
)
def test_swapped_or_far_positions_are_not_drawn(position: list[float]):
    assert geometry_of(written("Point", position), NEAR) is None


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(
                        st.sampled_from(["type", "coordinates", "geometries"]), inner)))  # fmt: skip
def test_no_json_is_an_error(value: Any):
    found = geometry_of(json.dumps(value), NEAR)
    assert found is None or list(positions_of(found))


def circle(positions: int) -> dict[str, Any]:
    ring = [
        [105 + 0.1 * math.cos(2 * math.pi * at / positions),
         19 + 0.1 * math.sin(2 * math.pi * at / positions)]
        for at in range(positions)
    ]  # fmt: skip
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_light_shapes_stay_as_they_are_to_the_metre():
    (drawn,), is_simplified = lightened([circle(20)], 100)
    assert not is_simplified
    assert len(list(positions_of(drawn))) == 21
    assert all(value == round(value, 5) for position in positions_of(drawn) for value in position)


def test_heavy_shapes_lose_near_positions_and_stay_closed():
    drawn, is_simplified = lightened([circle(20_000), circle(10)], 2_000)
    assert is_simplified
    assert sum(len(list(positions_of(one))) for one in drawn) <= 2_000
    for one in drawn:
        ring = one["coordinates"][0]
        assert len(ring) >= 4
        assert ring[0] == ring[-1]


def test_points_are_never_left_out():
    points = [{"type": "Point", "coordinates": [105.123456, 19.0]}] * 50
    drawn, _simplified = lightened(points, 10)
    assert len(drawn) == 50
    assert drawn[0]["coordinates"] == [105.12346, 19.0]
