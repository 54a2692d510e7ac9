"""Taking a result away: each format is read back by a reader that is not ours."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet
import pytest

from tables import (
    Aggregate,
    BadQuery,
    Filter,
    Group,
    Query,
    TableUnavailable,
    TooSlow,
)
from tables.exporting import FORMATS, apart
from tests.tables.exporting import GEO, PROPERTIES, Made

NAMES = ["ma", "ten", "so", "gia", "ngay", "luc", "co", "geometry"]
FILLED = Query([Filter("so", "not_empty")], sort=[("so", False)], columns=["ten", "so"])
SORTS = [[], [("ma", False)]]  # in the order of the file, and sorted


def parsed(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_types_of_the_table(made: Made) -> None:
    assert [column.type for column in made.table.columns] == [
        "text", "text", "integer", "number", "date", "datetime", "boolean", "geometry",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
def test_csv_reads_like_the_ready_made_one(made: Made, sort: list[tuple[str, bool]]) -> None:
    streamed = made.taken(Query(sort=sort), "csv", labels=made.labels)
    assert parsed(streamed) == parsed(made.csv)
    assert streamed.startswith(b"\xef\xbb\xbf")


def test_csv_with_technical_names_and_without_a_byte_order_mark(made: Made) -> None:
    streamed = made.taken(FILLED, "csv", bom=False)
    assert streamed.startswith(b"ten,so\n")
    assert parsed(streamed)[1:] == [["'=1+1", "-6"], ['gọi "A", B\nC', "5"]]


def test_json_has_numbers_dates_and_geometries(made: Made) -> None:
    found = json.loads(made.taken(Query(), "json"))
    assert found == [{**record, "geometry": GEO} for record in PROPERTIES]


@pytest.mark.parametrize("sort", SORTS)
def test_ndjson_has_an_object_on_each_line(made: Made, sort: list[tuple[str, bool]]) -> None:
    lines = made.taken(Query(sort=sort), "ndjson").decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {**record, "geometry": GEO} for record in PROPERTIES
    ]


def test_arrays_say_what_stands_in_them(made: Made) -> None:
    found = json.loads(made.taken(FILLED, "arrays", labels={"ten": "Tên", "so": "Số"}))
    assert found == {
        "columns": [
            {"name": "ten", "type": "text", "label": "Tên"},
            {"name": "so", "type": "integer", "label": "Số"},
        ],
        "rows": [["=1+1", -6], ['gọi "A", B\nC', 5]],
    }


def test_geojson_has_features_with_the_other_columns(made: Made) -> None:
    found = json.loads(made.taken(Query(), "geojson"))
    assert found["type"] == "FeatureCollection"
    assert found["features"] == [
        {"type": "Feature", "geometry": GEO, "properties": record} for record in PROPERTIES
    ]


def test_geojson_places_what_was_asked_for_without_its_geometry(made: Made) -> None:
    found = json.loads(made.taken(FILLED, "geojson"))
    assert found["features"][0] == {
        "type": "Feature", "geometry": GEO, "properties": {"ten": "=1+1", "so": -6},
    }  # fmt: skip


def test_geojson_of_latitudes_and_longitudes(made: Made) -> None:
    found = json.loads(made.taken(Query(columns=["ma"]), "geojson", point=("gia", "so")))
    places = [feature["geometry"] for feature in found["features"]]
    assert places == [
        {"type": "Point", "coordinates": [5.0, 1.5]},
        {"type": "Point", "coordinates": [-6.0, 0.25]},
        None,
    ]
    assert [feature["properties"] for feature in found["features"]] == [
        {"ma": "001"}, {"ma": "002"}, {"ma": "003"},
    ]  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
def test_parquet_keeps_the_types(made: Made, sort: list[tuple[str, bool]]) -> None:
    content = made.taken(Query(sort=sort), "parquet")
    table = pyarrow.parquet.read_table(io.BytesIO(content))
    assert table.column_names == NAMES
    rows = table.to_pylist()
    assert [row["ma"] for row in rows] == ["001", "002", "003"]
    assert (rows[0]["so"], rows[0]["gia"], rows[0]["ngay"].isoformat()) == (5, 1.5, "2024-03-05")
    assert (rows[1]["ten"], rows[2]["ten"]) == ("=1+1", None)
    metadata = pyarrow.parquet.ParquetFile(io.BytesIO(content)).metadata
    assert metadata.row_group(0).column(0).compression == "ZSTD"


def test_groups_are_taken_like_rows(made: Made) -> None:
    query = Query(
        group_by=[Group("ngay", "year")], aggregates=[Aggregate("sum", "so")],
        sort=[("so_sum", True)],
    )  # fmt: skip
    assert json.loads(made.taken(query, "json")) == [
        {"ngay": "2024", "so_sum": 5}, {"ngay": "2023", "so_sum": -6}, {"ngay": None, "so_sum": None},
    ]  # fmt: skip
    labels = {"ngay": "Năm", "so_sum": "Tổng"}
    assert parsed(made.taken(query, "csv", labels=labels))[0] == ["Năm", "Tổng"]


@pytest.mark.parametrize("sort", SORTS)
def test_several_periods_stand_under_each_other(made: Made, sort: list[tuple[str, bool]]) -> None:
    query = Query([Filter("so", "gt", 0)], columns=["ky", "ma"], sort=sort)
    assert json.loads(made.taken(query, "json", of=made.both)) == [
        {"ky": "2026Q2", "ma": "001"}, {"ky": "2026Q1", "ma": "001"},
    ]  # fmt: skip


def test_a_search_finds_what_a_page_finds(made: Made) -> None:
    assert json.loads(made.taken(Query(search="GOI a", columns=["ma"]), "json")) == [{"ma": "001"}]


def test_of_many_values_the_order_of_the_file_stays(made: Made) -> None:
    query = Query([Filter("ma", "in", ["003", "001", "002"])], columns=["ma"])
    assert parsed(made.taken(query, "csv"))[1:] == [["001"], ["002"], ["003"]]


def test_limit_and_offset_are_left_aside(made: Made) -> None:
    assert len(json.loads(made.taken(Query(limit=1, offset=1), "json"))) == 3


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("csv", b"\xef\xbb\xbfma\n"),
        ("ndjson", b""),
        ("json", []),
        ("arrays", {"columns": [{"name": "ma", "type": "text", "label": "ma"}], "rows": []}),
        ("geojson", {"type": "FeatureCollection", "features": []}),
    ],
)
@pytest.mark.parametrize("sort", SORTS)
def test_nothing_found_is_an_empty_file_of_its_kind(
    made: Made, format: str, expected: object, sort: list[tuple[str, bool]]
) -> None:
    found = made.taken(Query([Filter("so", "gt", 100)], columns=["ma"], sort=sort), format)
    assert (found if isinstance(expected, bytes) else json.loads(found)) == expected


@pytest.mark.parametrize("format", FORMATS)
def test_a_bad_query_is_refused_at_once(made: Made, format: str) -> None:
    with pytest.raises(BadQuery):
        made.begun(Query(sort=[("la", True)]), format)


def test_geojson_without_a_place_is_refused_at_once(made: Made) -> None:
    grouped = Query(group_by=[Group("ten")], aggregates=[Aggregate("count")])
    with pytest.raises(BadQuery, match="không có cột hình học"):
        made.begun(grouped, "geojson")
    with pytest.raises(BadQuery, match="không có cột “la”"):
        made.begun(Query(), "geojson", point=("la", "so"))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("sort", SORTS)
def test_a_table_without_a_file_is_said_at_once(
    made: Made, format: str, sort: list[tuple[str, bool]]
) -> None:
    with pytest.raises(TableUnavailable):
        made.begun(Query(sort=sort), format, of=made.missing)
    assert not list(made.work.iterdir())


def test_a_result_that_takes_too_long_is_said(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "DEADLINE", 0.3)
    with pytest.raises(TooSlow, match=r"0\.3 giây"), apart.apart([], tmp_path) as lease:
        lease.cursor.execute("SELECT max(a.range * b.range) FROM range(1000000) a, range(100000) b")


def test_whoever_finds_no_turn_in_time_is_told_so(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "DEADLINE", 0.05)
    with apart.turns, apart.turns, pytest.raises(TooSlow):
        made.begun(Query(sort=[("ma", True)]), "csv")
    assert not list(made.work.iterdir())


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("SELECT * FROM '{elsewhere}'", "disabled"),
        ("COPY (SELECT 1) TO '{elsewhere}'", "disabled"),
        ("ATTACH '{elsewhere}' AS other", "disabled"),
        ("SET enable_external_access = true", "locked"),
        ("DELETE FROM {table}", "read-only"),
    ],
)
def test_a_table_apart_reads_and_writes_nothing_else(
    made: Made, tmp_path: Path, statement: str, refusal: str
) -> None:
    own, elsewhere = tmp_path / "own", tmp_path / "elsewhere.csv"
    own.mkdir()
    elsewhere.write_text("a\n1\n")
    with pytest.raises(Exception, match=refusal), apart.apart([made.table.path], own) as lease:
        lease.cursor.execute(statement.format(elsewhere=elsewhere, table=lease.source))
    assert elsewhere.read_text() == "a\n1\n"
