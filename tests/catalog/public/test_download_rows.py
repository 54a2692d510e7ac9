"""Chosen rows as files: every format holds what the table page shows, all pages of it."""

import csv
import hashlib
import io
import json
from contextlib import ExitStack
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from django.test import Client

from catalog import exports
from catalog.downloads import Format, download_path, downloads_of
from catalog.explorer.tables import table_of
from catalog.models import Release
from tables import Query
from tests import factories

pytestmark = pytest.mark.django_db

CHOSEN = {"cot": "so_truong", "phep": "ge", "gia_tri": "12", "sort": "-so_truong"}
NAMES = ["Yên Thành", "Đô Lương"]
PLACES = "Tên hồ,Vĩ độ,Kinh độ\nVực Mấu,19.25,105.71\nSông Sào,19.33,\n"
SHAPE = {
    "type": "Polygon",
    "coordinates": [[[105.6, 18.6], [105.7, 18.6], [105.7, 18.7], [105.6, 18.6]]],
}
SHAPES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"ten": name}, "geometry": SHAPE} for name in ("Vinh", "Cửa Lò")
    ],
}  # fmt: skip


@pytest.fixture
def release() -> Release:
    return factories.published()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def take(client: Client, release: Release, format: Format, **query: str) -> Any:
    return client.get(download_path(release, format), query)


def names_in(format: Format, content: bytes) -> list[str]:
    """The column "Tên xã", by a reader of the format."""
    match format:
        case Format.CSV:
            rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            return [row[1] for row in rows][1:]
        case Format.EXCEL:
            sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
            return [str(cell.value) for cell in sheet["B"]][1:]
        case Format.JSON:
            return [row["ten_xa"] for row in json.loads(content)]
        case Format.JSON_LINES:
            return [json.loads(line)["ten_xa"] for line in content.splitlines()]
    return pyarrow.parquet.read_table(io.BytesIO(content)).column("ten_xa").to_pylist()


FORMATS = [Format.CSV, Format.EXCEL, Format.JSON, Format.JSON_LINES, Format.PARQUET]


@pytest.mark.parametrize("format", FORMATS)
def test_chosen_and_sorted_rows(release: Release, client: Client, format: Format) -> None:
    response = take(client, release, format, **CHOSEN)
    assert response.status_code == 200
    assert names_in(format, body(response)) == NAMES
    name = f"{release.resource.dataset.slug}_{release.period}_loc.{format}"
    assert f'filename="{name}"' in response["Content-Disposition"]


@pytest.mark.parametrize("format", FORMATS)
def test_words_sought(release: Release, client: Client, format: Format) -> None:
    assert names_in(format, body(take(client, release, format, q="dien chau"))) == ["Diễn Châu"]


def test_the_whole_table_as_json_lines(release: Release, client: Client) -> None:
    response = take(client, release, Format.JSON_LINES)
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert "_loc" not in response["Content-Disposition"]
    assert len(names_in(Format.JSON_LINES, body(response))) == release.row_count


def test_geojson_of_coordinates(client: Client) -> None:
    release = factories.published(content=PLACES)
    response = take(client, release, Format.GEOJSON)
    assert response["Content-Type"] == "application/geo+json"
    features = json.loads(body(response))["features"]
    assert [feature["geometry"] for feature in features] == [
        {"type": "Point", "coordinates": [105.71, 19.25]}, None,
    ]  # fmt: skip
    assert features[0]["properties"]["ten_ho"] == "Vực Mấu"
    chosen = take(client, release, Format.GEOJSON, q="song sao")
    assert len(json.loads(body(chosen))["features"]) == 1


def test_geojson_of_shapes(client: Client) -> None:
    release = factories.published(content=json.dumps(SHAPES), name="phuong.geojson")
    features = json.loads(body(take(client, release, Format.GEOJSON, sort="ten")))["features"]
    assert [feature["properties"] for feature in features] == [{"ten": "Cửa Lò"}, {"ten": "Vinh"}]
    assert features[0]["geometry"] == SHAPE


def test_no_geojson_without_a_place(release: Release, client: Client) -> None:
    response = take(client, release, Format.GEOJSON)
    assert response.status_code == 404
    assert "không có cột hình học" in response.content.decode()


def test_geojson_is_offered_where_rows_have_a_place(release: Release) -> None:
    offered = {download.format for download in downloads_of(release)}
    assert (Format.GEOJSON in offered, Format.JSON_LINES in offered) == (False, True)
    placed = factories.published(content=PLACES)
    assert Format.GEOJSON in {download.format for download in downloads_of(placed)}


@pytest.mark.parametrize("format", FORMATS)
def test_head_computes_nothing_and_says_the_same(
    release: Release, client: Client, format: Format
) -> None:
    head = client.head(download_path(release, format), CHOSEN)
    full = take(client, release, format, **CHOSEN)
    assert (head.status_code, body(head)) == (200, b"")
    body(full)
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Disposition"):
        assert head[name] == full[name]


def test_the_same_question_is_not_answered_again(release: Release, client: Client) -> None:
    path = download_path(release, Format.EXCEL)
    first = client.get(path, CHOSEN)
    body(first)
    again = client.get(path, CHOSEN, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    other = client.get(path, {"q": "vinh"}, headers={"if-none-match": first["ETag"]})
    assert (other.status_code, len(body(other)) > 0) == (200, True)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "wrong", [{"sort": "khong_co"}, {"cot": "so_truong", "phep": "ge", "gia_tri": "x"}]
)
def test_a_wrong_question_is_refused_in_words(
    release: Release, client: Client, format: Format, method: str, wrong: dict[str, str]
) -> None:
    response = getattr(client, method)(download_path(release, format), wrong)
    assert response.status_code == 400
    assert "Content-Disposition" not in response
    if method == "get":
        assert "Không lọc được bảng" in response.content.decode()


def test_beyond_so_many_at_once_an_export_waits_for_its_turn(
    release: Release, client: Client
) -> None:
    with ExitStack() as others:
        for number in range(exports.AT_ONE_TIME):
            others.enter_context(exports.sending.one(f"192.0.2.{number}"))
        response = take(client, release, Format.CSV, **CHOSEN)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "đang gửi nhiều tệp cùng lúc" in response.content.decode()
    assert names_in(Format.CSV, body(take(client, release, Format.CSV, **CHOSEN))) == NAMES


def test_one_caller_leaves_places_for_others(release: Release, client: Client) -> None:
    mine = [take(client, release, Format.CSV, **CHOSEN) for _n in range(exports.FOR_ONE_CALLER)]
    refused = take(client, release, Format.CSV, **CHOSEN)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Từ địa chỉ của bạn đang có nhiều tệp" in refused.content.decode()
    other = client.get(download_path(release, Format.CSV), CHOSEN, REMOTE_ADDR="192.0.2.7")
    assert names_in(Format.CSV, body(other)) == NAMES
    assert [names_in(Format.CSV, body(one)) for one in mine] == [NAMES] * exports.FOR_ONE_CALLER
    # Taken to their end, they have given their places back.
    assert names_in(Format.CSV, body(take(client, release, Format.CSV, **CHOSEN))) == NAMES


def test_whoever_goes_away_gives_the_place_back(release: Release) -> None:
    for _time in range(exports.AT_ONE_TIME + 1):
        rows = exports.exported(table_of(release), Query(), "csv")
        assert next(rows)
        rows.close()


def test_the_dictionary_says_what_the_columns_mean(release: Release, client: Client) -> None:
    table = release.resource
    table.columns[2].update(
        {"unit": "trường", "description_vi": '=SUM("a")', "description_en": "Schools, all"}
    )
    table.save()
    response = take(client, release, Format.DICTIONARY)
    content = body(response)
    assert content.startswith(b"\xef\xbb\xbf")
    header, *lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert header == [
        "Cột", "Nhãn", "Kiểu", "Đơn vị", "Ý nghĩa", "Ý nghĩa (tiếng Anh)", "Ô trống (%)",
        "Nhỏ nhất", "Lớn nhất",
    ]  # fmt: skip
    assert [line[0] for line in lines] == ["ma_xa", "ten_xa", "so_truong", "ti_le", "ngay_bao_cao"]
    assert lines[2] == [
        "so_truong", "Số trường", "số nguyên", "trường", "'=SUM(\"a\")", "Schools, all", "0", "8", "15",
    ]  # fmt: skip
    assert lines[4][-2:] == ["2026-09-30", "2026-10-01"]
    name = f"{table.dataset.slug}_{release.period}_tu-dien.csv"
    assert f'filename="{name}"' in response["Content-Disposition"]
    tag = response["ETag"]
    assert tag == f'"{hashlib.sha256(content).hexdigest()}"'
    again = client.get(download_path(release, Format.DICTIONARY), headers={"if-none-match": tag})
    assert again.status_code == 304


def test_the_dictionary_is_vietnamese_for_everybody(release: Release, client: Client) -> None:
    path = download_path(release, Format.DICTIONARY)
    english = client.get(path, headers={"accept-language": "en"})
    assert body(english) == body(client.get(path))
    assert client.get(path.replace(".csv", ".json")).status_code == 404


def test_the_share_of_empty_cells(client: Client) -> None:
    release = factories.published(content="Tên,Số\na,1\nb,\nc,-3\n")
    lines = body(take(client, release, Format.DICTIONARY)).decode().splitlines()
    assert lines[2].split(",")[-3:] == ["33.33", "-3", "1"]
