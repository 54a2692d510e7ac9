"""Which columns say where a row lies: by name and by what they hold."""

from datetime import date

import pytest

from catalog.explorer.maps.locating import Codes, Coordinates, Shapes, locations, why_nowhere
from tests.catalog.maps.columns import column

AFTER, BEFORE = date(2026, 9, 30), date(2024, 12, 31)
NORTH = ("number", (18.6, 19.2))
EAST = ("number", (104.1, 105.7))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("vi_do", "kinh_do"),
        ("lat", "lon"),
        ("lat", "lng"),
        ("lat", "long"),
        ("latitude", "longitude"),
        ("toa_do_vi_do", "toa_do_kinh_do"),
        ("vi_do_wgs84", "kinh_do_wgs84"),
        ("y", "x"),
    ],
)
def test_coordinates_are_known_by_their_names(latitude: str, longitude: str):
    columns = [column("ten"), column(longitude, *EAST), column(latitude, *NORTH)]
    (found,) = locations(columns, AFTER)
    assert isinstance(found, Coordinates)
    assert found.names == (latitude, longitude)


def test_one_wrong_cell_does_not_hide_the_others():
    columns = [column("vi_do", "number", (18.6, 105.7)), column("kinh_do", "number", (18.6, 105.7))]
    assert len(locations(columns, AFTER)) == 1


@pytest.mark.parametrize(
    ("latitudes", "longitudes"),
    [
        ((105.1, 105.7), (18.6, 19.2)),  # the wrong way round
        ((2079000.5, 2090000.1), (540000.2, 550000.9)),  # metres of VN-2000
        ((10.7, 10.9), (106.6, 106.8)),  # another province
        ((None, None), (105.1, 105.7)),  # nothing there
    ],
)
def test_columns_that_only_have_the_names_are_refused_in_words(
    latitudes: tuple[float, ...], longitudes: tuple[float, ...]
):
    columns = [column("vi_do", "number", latitudes), column("kinh_do", "number", longitudes)]
    assert locations(columns, AFTER) == []
    assert "WGS 84" in why_nowhere(columns)


def test_text_is_no_coordinate():
    columns = [column("vi_do", "text", ("18°40'", "19")), column("kinh_do", *EAST)]
    assert locations(columns, AFTER) == []


def test_a_unit_of_measure_is_no_latitude():
    columns = [column("don_vi_do", "text", ("kg", "tấn")), column("kinh_do", *EAST)]
    assert locations(columns, AFTER) == []
    assert "hình học" in why_nowhere(columns)


def test_a_geometry_column_comes_first():
    columns = [
        column("ma_xa", "text", ("16681", "16690")),
        column("vi_do", *NORTH),
        column("kinh_do", *EAST),
        column("geometry", "geometry", longest=200),
    ]
    assert [type(found) for found in locations(columns, AFTER)] == [Shapes, Coordinates, Codes]


def test_a_geometry_column_without_any_geometry_is_none():
    assert locations([column("geometry", "geometry", longest=0)], AFTER) == []


def test_codes_are_known_by_their_values():
    (found,) = locations([column("dia_ban", "text", ("16681", "16690"))], AFTER)
    assert isinstance(found, Codes)
    assert found.list.units["16681"].name == "Phường Thành Vinh"


def test_codes_of_districts_are_known():
    (found,) = locations([column("ma_huyen", "text", ("412", "415"))], AFTER)
    assert isinstance(found, Codes)
    assert found.list.units["415"].name == "Huyện Quế Phong"


def test_former_codes_are_known_in_later_data():
    (found,) = locations([column("ma_xa", "text", ("16663", "16666"))], AFTER)
    assert isinstance(found, Codes)
    assert found.list.units["16663"].name == "Phường Đông Vĩnh"


def test_codes_mean_what_they_meant_at_the_time():
    codes = column("ma_xa", "text", ("16681", "16690"))
    (after,), (before,) = locations([codes], AFTER), locations([codes], BEFORE)
    assert isinstance(after, Codes)
    assert isinstance(before, Codes)
    assert after.list.units["16681"].name != before.list.units["16681"].name


def test_a_column_called_a_code_may_hold_some_unknown_ones():
    assert locations([column("ma_xa", "text", ("16681", "16690", "99999"))], AFTER)
    assert not locations([column("dia_ban", "text", ("16681", "16690", "99999"))], AFTER)
    assert not locations([column("ma_xa", "text", ("16681", "00123", "99999"))], AFTER)


def test_numbers_that_happen_to_be_codes_are_none_unless_called_so():
    assert not locations([column("so_hoc_sinh", "integer", (412, 415, 420))], AFTER)
    assert locations([column("ma_huyen", "integer", (412, 415, 420))], AFTER)


def test_a_single_text_is_no_column_of_codes():
    assert not locations([column("ghi_chu", "text", ("412",))], AFTER)
    assert locations([column("ma_huyen", "text", ("412",))], AFTER)


def test_a_column_without_values_is_none():
    assert not locations([column("ma_xa", "text", (None, None))], AFTER)
