"""Reference tables of agencies, topics and administrative units that ship with the portal."""

from datetime import date

from core.vietnamese import slugify
from demo.agencies import agencies
from demo.places import districts, districts_on, former_communes, rows_of, units_on


def test_units_are_complete() -> None:
    assert len(rows_of("communes_2025")) == 130
    assert len(rows_of("communes_2023")) == 460
    assert len(rows_of("districts_2023")) == len(districts()) == 21
    assert len(former_communes()) == 412
    assert all(
        len(row["code"]) == 5
        for table in ("communes_2023", "communes_2025")
        for row in rows_of(table)
    )


def test_units_in_force_change_with_the_reform() -> None:
    assert len(units_on(date(2025, 6, 30))) == 412
    assert len(units_on(date(2025, 7, 1))) == 130
    assert len(districts_on(date(2024, 11, 30))) == 21
    assert len(districts_on(date(2024, 12, 1))) == 20


def test_every_former_commune_leads_to_a_commune_of_today() -> None:
    today = {row["code"] for row in rows_of("communes_2025")}
    assert {row["new_code"] for row in rows_of("commune_map_2025")} == today


def test_topics_are_ordered_and_bilingual() -> None:
    topics = rows_of("topics")
    assert [int(row["position"]) for row in topics] == list(range(1, len(topics) + 1))
    assert len({row["slug"] for row in topics}) == len(topics)
    assert all(all(row.values()) for row in topics)


def test_agencies_have_functions_slugs_and_illustrative_contacts() -> None:
    rows = agencies().values()
    assert len({row["slug"] for row in rows}) == len(rows)
    for row in rows:
        assert row["slug"].startswith(slugify(row["name_vi"]))
        assert row["name_en"]
        assert row["function_vi"].endswith(".")
        assert row["function_en"].endswith(".")
        assert row["contact_email"].endswith(".example")
        assert row["symbol_certainty"] in ("verified", "unverified")


def test_an_agency_that_ended_names_its_successor() -> None:
    for row in agencies().values():
        if row["valid_to"]:
            assert agencies()[row["successor_key"]]["valid_from"] == "2025-03-01"
