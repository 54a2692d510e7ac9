"""Whole results as files: by `format` or by the Accept header."""

import csv
import io
import json
from urllib.parse import quote

import openpyxl
import pyarrow.parquet

from tests.catalog.api.conftest import Api, MakeApi


def taken(api: Api, query: str, **headers: str) -> bytes:
    """The content of the file the query gives."""
    response = api.get(query, **headers)
    assert response.status_code == 200, response.content
    return b"".join(response)


def test_csv_has_technical_names_and_no_mark_before_them(schools: Api):
    response = schools.get("format=csv&huyen=Vinh")
    lines = b"".join(response).decode().splitlines()
    assert lines[0] == "ma_xa,ten_xa,huyen,so_truong,ti_le,ngay_bao_cao,dat_chuan"
    rows = list(csv.DictReader(lines))
    assert [row["ten_xa"] for row in rows] == ["Vinh, phường", "Hưng Bình"]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    release = schools.release
    name = f"{release.resource.dataset.slug}_{release.period}_loc.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_every_format_holds_the_same_rows(schools: Api):
    codes = ["00127", "00125", "00123"]
    query = "so_truong__ge=12&sort=-so_truong&fields=ma_xa,so_truong"
    lines = taken(schools, f"format=ndjson&{query}").decode().splitlines()
    assert [json.loads(line)["ma_xa"] for line in lines] == codes
    table = pyarrow.parquet.read_table(io.BytesIO(taken(schools, f"format=parquet&{query}")))
    assert table.to_pydict() == {"ma_xa": codes, "so_truong": [20, 15, 12]}
    book = openpyxl.load_workbook(io.BytesIO(taken(schools, f"format=xlsx&{query}")))
    cells = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert cells == [["Mã xã", "Số trường"], ["00127", 20], ["00125", 15], ["00123", 12]]


def test_accept_chooses_as_format_does(schools: Api):
    for accept in ("text/csv", "text/*", "application/json;q=0.2, text/csv;q=0.9"):
        assert taken(schools, "agg=count", accept=accept) == b"count\n6\n"
    assert taken(schools, "agg=count", accept="application/jsonl") == b'{"count":6}\n'
    assert schools.get("format=json", accept="text/csv").json()["meta"]["total"] == 6


def test_groups_and_all_periods(two_periods: Api):
    response = two_periods.get("format=csv&period=all&group_by=ky")
    assert b"".join(response) == b"ky,count\n2026Q2,3\n2026Q3,6\n"
    assert "_all_loc.csv" in response.headers["Content-Disposition"]


def test_the_whole_parquet_is_the_file_that_lies_ready(schools: Api):
    content = taken(schools, "format=parquet")
    assert len(content) == schools.release.parquet_size
    assert pyarrow.parquet.read_table(io.BytesIO(content)).num_rows == 6


def test_geojson_of_shapes(api_of: MakeApi):
    api = api_of(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"ten": "A"},'
        ' "geometry": {"type": "Point", "coordinates": [105.6, 18.7]}}]}'
    )
    feature = json.loads(taken(api, "format=geojson"))["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [105.6, 18.7]}
    assert feature["properties"] == {"ten": "A"}


def test_geojson_of_coordinates(api_of: MakeApi):
    api = api_of("Tên,Vĩ độ,Kinh độ\nA,18.67,105.69\nB,18.80,105.50\n")
    features = json.loads(taken(api, "format=geojson&ten=B&fields=ten"))["features"]
    assert [one["geometry"]["coordinates"] for one in features] == [[105.5, 18.8]]
    grouped = api.problem("format=geojson&group_by=ten")
    assert grouped["parameter"] == "format"


def test_no_place_no_geojson(schools: Api):
    assert schools.problem("format=geojson")["parameter"] == "format"
    assert schools.problem("", accept="application/geo+json")["parameter"] == "format"


def test_a_file_has_no_pages(schools: Api):
    for format in ("csv", "xlsx", "parquet"):
        assert schools.problem(f"format={format}&page[size]=2")["parameter"] == "page[size]"


def test_what_is_wrong_is_said_before_the_file_begins(schools: Api):
    for format in ("csv", "ndjson", "xlsx", "parquet"):
        body = schools.problem(f"format={format}&so_truong__ge=" + quote("nhiều"))
        assert body["parameter"] == "so_truong__ge"


def test_head_makes_no_file(schools: Api):
    path = f"{schools.rows_path}?format=xlsx&so_truong__ge=8"
    asked = schools.client.head(path)
    assert asked.status_code == 200
    assert "Content-Disposition" in asked.headers
    made = schools.client.get(path)
    assert asked.headers["ETag"] == made.headers["ETag"]
    assert b"".join(made)[:2] == b"PK"
    assert schools.client.head(f"{path}&sort=x").status_code == 400


def test_a_file_costs_more_of_the_minute(schools: Api, settings):
    settings.API_REQUESTS_PER_MINUTE = 15
    first = schools.get("format=csv")
    assert b"".join(first)
    assert first.headers["RateLimit"].startswith('"minute";r=5;')
    assert schools.get("").status_code == 200
    assert schools.get("format=csv").status_code == 429
