"""Where communes and districts lie, now and by their codes of before."""

from datetime import date

from catalog.explorer.maps.places import communes, surroundings, unit_lists

AFTER, BEFORE = date(2026, 9, 30), date(2024, 12, 31)


def test_the_communes_of_today_lie_at_their_own_centres():
    present, *_former = unit_lists(AFTER)
    assert len(present.units) == 130
    unit = present.units["16681"]
    assert (unit.name, unit.place.name) == ("Phường Thành Vinh", "Phường Thành Vinh")
    assert (unit.place.latitude, unit.place.longitude) == (18.675, 105.66)


def test_a_former_commune_lies_where_its_successor_is():
    former, _districts = unit_lists(BEFORE)
    assert len(former.units) == 460
    unit = former.units["16663"]
    assert unit.name == "Phường Đông Vĩnh"
    assert unit.place == communes()["16681"]


def test_the_same_code_may_name_another_commune_before():
    former, _districts = unit_lists(BEFORE)
    assert former.units["16681"].name != communes()["16681"].name


def test_a_commune_divided_among_two_lies_between_them():
    former, _districts = unit_lists(BEFORE)
    one, other, place = communes()["17357"], communes()["17677"], former.units["17647"].place
    assert place.name == f"{one.name}, {other.name}"
    assert place.latitude == round((one.latitude + other.latitude) / 2, 5)


def test_a_commune_merged_earlier_lies_in_its_district():
    former, districts = unit_lists(BEFORE)
    merged = [unit for unit in former.units.values() if unit.place.name.startswith("Huyện ")]
    assert merged
    assert {unit.place for unit in merged} <= {unit.place for unit in districts.units.values()}


def test_every_unit_lies_in_the_province():
    box = surroundings()
    for units in unit_lists(AFTER):
        for unit in units.units.values():
            assert box.south < unit.place.latitude < box.north
            assert box.west < unit.place.longitude < box.east


def test_all_21_districts_have_a_middle():
    *_communes, districts = unit_lists(AFTER)
    assert len({unit.place for unit in districts.units.values()}) == 21


def test_codes_of_today_are_not_offered_for_data_from_before():
    assert len(unit_lists(AFTER)) == 3
    assert len(unit_lists(BEFORE)) == 2
