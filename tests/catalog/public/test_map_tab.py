"""?xem=ban-do: shapes, points and circles, the list beside them, what is left out, refusals."""

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.explorer.maps import rows
from catalog.explorer.maps.view import LISTED
from catalog.models import Dataset, Release
from tests import factories

pytestmark = pytest.mark.django_db

POINTS = (
    "Tên trường,Vĩ độ,Kinh độ,Số lớp\n"
    'Trường A,"18,675","105,66",12\n'
    'Trường B,"19,1","105,2",8\n'
    'Trường C,"105,7","18,7",8\n'  # the wrong way round
    'Trường D,"10,8","106,7",3\n'  # in another province
    "Trường E,,,5\n"
    'Trường F,"18,9",,5\n'
)
CODES = (
    "Mã xã,Loại,Số lớp\n"
    "16681,Tiểu học,12\n16681,THCS,8\n16690,Tiểu học,\n16732,THCS,4\n99999,THCS,1\n,THCS,2\n"
)
OLD_CODES = "Mã xã,Số lớp\n16663,12\n16666,8\n16669,5\n16672,3\n"  # all but one became one ward


def feature(name: str, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"Tên hồ": name}, "geometry": geometry}


def point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def square(longitude: float, latitude: float) -> dict[str, Any]:
    east, north = longitude + 0.1, latitude + 0.1
    ring = [[longitude, latitude], [east, latitude], [east, north], [longitude, latitude]]
    return {"type": "Polygon", "coordinates": [ring]}


SHAPES = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            feature("Hồ Vực Mấu", square(105.6, 19.2)),
            feature("Hồ Kẻ Gỗ", point(2.35, 48.85)),  # far from the province
            feature("Hồ Sông Sào", point(105.4, 19.3)),
            feature("Hồ chưa đo", None),
        ],
    }
)


def published(content: str, name: str = "du-lieu.csv", **how: Any) -> Release:
    return factories.published(content=content, name=name, **how)


def map_of(release: Release, client: Client, **query: Any) -> Any:
    return client.get(release.resource.dataset.get_absolute_url(), {"xem": "ban-do", **query})


def data_of(page: Any, client: Client) -> Any:
    return client.get(page.context["explorer"].shown.data_address)


def titles(page: Any) -> list[str]:
    return [feature.title for feature in page.context["explorer"].shown.found.features]


def words(page: Any) -> str:
    """What the page says about the map, without markup."""
    text = page.content.decode()
    start = text.index('id="ban-do"')
    plain = re.sub(r"<[^>]+>", " ", text[start : text.index("data-map", start)])
    return " ".join(plain.split())


# --- Points ---------------------------------------------------------------------------


def test_rows_with_coordinates_are_listed(client: Client) -> None:
    page = map_of(published(POINTS), client)
    assert page.status_code == 200
    assert titles(page) == ["Trường A", "Trường B"]
    assert "2 đối tượng trên bản đồ." in words(page)
    text = page.content.decode()
    assert 'href="#dt-1"' in text
    assert 'id="dt-1"' in text


def test_rows_without_or_with_wrong_coordinates_are_counted(client: Client) -> None:
    said = words(map_of(published(POINTS), client))
    assert "2 dòng không có toạ độ." in said
    assert "2 dòng có toạ độ sai hoặc ngoài khu vực tỉnh, không được vẽ." in said


def test_the_script_gets_the_same_features(client: Client) -> None:
    page = map_of(published(POINTS), client)
    answer = data_of(page, client)
    drawn = answer.json()
    assert [one["title"] for one in drawn["features"]] == titles(page)
    assert drawn["features"][0]["geometry"] == point(105.66, 18.675)
    assert drawn["labels"] == ["Số lớp"]
    assert drawn["features"][0]["facts"] == ["12"]
    assert len(drawn["places"]) == 130
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_the_map_follows_conditions_words_and_order(client: Client) -> None:
    release = published(POINTS)
    page = map_of(release, client, cot="so_lop", phep="ge", gia_tri="10")
    assert titles(page) == ["Trường A"]
    assert [one["title"] for one in data_of(page, client).json()["features"]] == ["Trường A"]
    (chip,) = page.context["explorer"].shown.chips
    assert chip.text == "Số lớp lớn hơn hoặc bằng 10"
    assert "xem=ban-do" in chip.without
    assert titles(map_of(release, client, q="truong b")) == ["Trường B"]
    assert titles(map_of(release, client, sort="so_lop")) == ["Trường B", "Trường A"]


def test_the_list_has_pages(client: Client) -> None:
    many = "Tên,Lat,Lon\n" + "".join(f"Điểm {n:02},18.{n:02},105.5\n" for n in range(10, 60))
    release = published(many)
    first, second = map_of(release, client), map_of(release, client, page="2")
    assert len(titles(first)) == len(titles(second)) == LISTED
    assert titles(second)[0] == "Điểm 35"
    assert 'id="dt-26"' in second.content.decode()
    assert len(data_of(second, client).json()["features"]) == 50


def test_more_than_can_be_drawn_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_FEATURES", 1)
    page = map_of(published(POINTS), client)
    assert "Bản đồ vẽ 1 đối tượng đầu trong 2 dòng có vị trí." in words(page)
    assert len(data_of(page, client).json()["features"]) == 1


def test_a_name_comes_before_other_texts(client: Client) -> None:
    content = "Mã,Loại,Tên chợ,Lat,Lon\nC1,Hạng I,Chợ Vinh,18.67,105.68\n"
    page = map_of(published(content), client)
    assert titles(page) == ["Chợ Vinh"]
    assert page.context["explorer"].shown.found.entries[0][1] == [("Mã", "C1"), ("Loại", "Hạng I")]


def test_a_name_that_many_rows_share_names_none(client: Client) -> None:
    content = "Tên xã,Mã trạm,Lat,Lon\n" + "".join(
        f"Xã Nghi Lộc,T{number},18.8,105.{number}\n" for number in range(1, 6)
    )
    assert titles(map_of(published(content), client)) == ["T1", "T2", "T3", "T4", "T5"]


def test_a_row_without_its_name_says_so(client: Client) -> None:
    page = map_of(published("Tên chợ,Lat,Lon\n,18.67,105.68\nB,18.7,105.6\n"), client)
    assert titles(page) == ["Không tên", "B"]


def test_data_are_no_markup(client: Client) -> None:
    page = map_of(published("Tên,Lat,Lon\n<b>A</b>,18.67,105.68\n"), client)
    assert "<b>A</b>" not in page.content.decode()
    assert data_of(page, client).headers["Content-Type"] == "application/json"


# --- Shapes ---------------------------------------------------------------------------


def test_shapes_are_drawn_and_wrong_ones_counted(client: Client) -> None:
    page = map_of(published(SHAPES, "ho.geojson"), client)
    assert titles(page) == ["Hồ Vực Mấu", "Hồ Sông Sào"]
    said = words(page)
    assert "1 dòng không có toạ độ." in said
    assert "1 dòng có toạ độ sai" in said
    kinds = [one["geometry"]["type"] for one in data_of(page, client).json()["features"]]
    assert kinds == ["Polygon", "Point"]


def test_shapes_beyond_what_is_read_are_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_FEATURES", 2)
    page = map_of(published(SHAPES, "ho.geojson"), client)
    assert titles(page) == ["Hồ Vực Mấu"]
    assert "1 đối tượng đầu trong 2 dòng có vị trí" in words(page)


def test_heavy_shapes_end_the_reading(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_TEXT", 150)
    assert titles(map_of(published(SHAPES, "ho.geojson"), client)) == ["Hồ Vực Mấu"]


# --- Circles --------------------------------------------------------------------------


def test_codes_are_counted_by_place(client: Client) -> None:
    page = map_of(published(CODES), client)
    assert titles(page) == ["Phường Thành Vinh", "Phường Cửa Lò", "Phường Trường Vinh"]
    said = words(page)
    assert "4 dòng tại 3 nơi. Diện tích vòng tròn tỉ lệ với: Số dòng." in said
    assert "1 dòng không có mã." in said
    assert "1 dòng có mã không thuộc danh mục xã, huyện của tỉnh." in said
    assert "đặt tại điểm trung tâm" in said
    shares = [one["share"] for one in data_of(page, client).json()["features"]]
    assert shares == [1, 0.5, 0.5]


def test_a_measure_can_be_chosen(client: Client) -> None:
    page = map_of(published(CODES), client, do="avg:so_lop")
    shown = page.context["explorer"].shown
    assert [feature.facts for feature in shown.found.features] == [["10"], ["4"]]
    said = words(page)
    assert "3 dòng tại 2 nơi" in said
    assert "Trung bình: Số lớp" in said
    assert "1 dòng không có số liệu này." in said


@pytest.mark.parametrize(
    ("measure", "value"), [("sum:so_lop", "20"), ("min:so_lop", "8"), ("max:so_lop", "12")]
)
def test_every_measure_is_that_of_its_rows(client: Client, measure: str, value: str) -> None:
    page = map_of(published(CODES), client, do=measure)
    by_title = {f.title: f.facts for f in page.context["explorer"].shown.found.features}
    assert by_title["Phường Thành Vinh"] == [value]


def test_a_place_leads_to_its_rows(client: Client) -> None:
    page = map_of(published(CODES), client, cot="loai", phep="eq", gia_tri="THCS")
    part = page.context["explorer"].shown.found.features[0].parts[0]
    table = client.get(part.address)
    assert table.context["explorer"].shown.total == 1
    assert part.words == "1 dòng"


def test_the_first_measure_is_shown_where_every_place_has_as_many_rows(client: Client) -> None:
    release = published("Mã xã,Dân số\n16681,72000\n16690,65000\n16732,41000\n")
    page = map_of(release, client)
    assert "Tổng: Dân số" in words(page)
    assert "Số dòng" in words(map_of(release, client, do="count"))


def test_former_codes_stand_at_the_new_communes(client: Client) -> None:
    page = map_of(published(OLD_CODES), client, do="sum:so_lop")
    shown = page.context["explorer"].shown
    first = shown.found.features[0]
    assert first.title == "Phường Thành Vinh"
    assert first.facts == ["20"]
    assert {part.name for part in first.parts} > {"Phường Đông Vĩnh", "Phường Lê Lợi"}
    assert "trung tâm xã, phường sau sắp xếp" in words(page)
    drawn = data_of(page, client).json()["features"][0]
    assert ["Phường Đông Vĩnh", "12"] in drawn["parts"]


def test_large_sums_keep_every_figure(client: Client) -> None:
    content = "Mã xã,Kinh phí\n16681,9007199254740993\n16681,2\n16690,1\n"
    page = map_of(published(content), client, do="sum:kinh_phi")
    assert page.context["explorer"].shown.found.features[0].facts == ["9.007.199.254.740.995"]


# --- Choices and refusals -------------------------------------------------------------


def test_the_column_of_the_place_can_be_chosen(client: Client) -> None:
    release = published('Mã xã,Tên,Lat,Lon\n16681,A,"18,6","105,6"\n16690,B,"18,7","105,7"\n')
    assert titles(map_of(release, client)) == ["A", "B"]
    by_code = map_of(release, client, noi="ma_xa")
    assert titles(by_code) == ["Phường Thành Vinh", "Phường Trường Vinh"]
    assert "noi=ma_xa" in by_code.context["explorer"].shown.data_address


def test_a_table_without_places_says_why(client: Client) -> None:
    page = map_of(factories.published(), client)
    text = page.content.decode()
    assert page.status_code == 404
    assert "Không vẽ được bản đồ: bảng này không có cột hình học" in text
    assert "data-map" not in text


def test_coordinates_of_elsewhere_say_why(client: Client) -> None:
    page = map_of(published("Tên,Lat,Lon\nA,10.7,106.6\nB,10.8,106.7\n"), client)
    assert page.status_code == 404
    assert "trong khu vực tỉnh Nghệ An" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"noi": "khong-co"}, "Cột đã yêu cầu không cho biết vị trí."),
        ({"do": "sum:loai"}, "Bản đồ không vẽ được số đo đã yêu cầu"),
        ({"do": "median:so_lop"}, "Bản đồ không vẽ được số đo đã yêu cầu"),
        ({"page": "99"}, "Danh sách không có trang đó."),
    ],
)
def test_what_cannot_be_is_replaced_and_said(
    client: Client, query: dict[str, str], sentence: str
) -> None:
    page = map_of(published(CODES), client, **query)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert len(titles(page)) == 3


def test_a_wrong_condition_draws_nothing_and_says_why(client: Client) -> None:
    release = published(POINTS)
    page = map_of(release, client, cot="so_lop", phep="gt", gia_tri="nhiều")
    assert page.status_code == 400
    assert "“nhiều” không hợp lệ" in page.content.decode()
    assert "data-map" not in page.content.decode()
    answer = client.get(page.context["explorer"].shown.data_address)
    assert answer.status_code == 400
    assert "“nhiều” không hợp lệ" in answer.json()["error"]


def test_nothing_to_draw_is_said(client: Client) -> None:
    page = map_of(published(POINTS), client, cot="ten_truong", phep="eq", gia_tri="Trường E")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Không có dòng nào vẽ được trên bản đồ." in text
    assert "data-map" not in text


def test_data_of_a_table_without_places_are_refused_in_words(client: Client) -> None:
    release = factories.published()
    slug, table = release.resource.dataset.slug, release.resource_id
    answer = client.get(f"/dataset/{slug}/resource/{table}/ban-do.json")
    assert answer.status_code == 404
    assert "Không vẽ được bản đồ" in answer.json()["error"]


def test_data_of_another_period_or_table_do_not_exist(client: Client) -> None:
    release = published(POINTS)
    slug, table = release.resource.dataset.slug, release.resource_id
    assert client.get(f"/dataset/{slug}/resource/{table}/ban-do.json?ky=1999").status_code == 404
    other = factories.published().resource_id
    assert client.get(f"/dataset/{slug}/resource/{other}/ban-do.json").status_code == 404


def test_data_that_are_not_open_are_not_drawn(client: Client) -> None:
    release = published(POINTS)
    dataset = release.resource.dataset
    Dataset.objects.filter(pk=dataset.pk).update(access=Dataset.Access.SHARED)
    address = f"/dataset/{dataset.slug}/resource/{release.resource_id}/ban-do.json"
    assert client.get(address).status_code == 404


def test_the_rows_of_the_map_are_taken_as_geojson(client: Client) -> None:
    page = map_of(published(POINTS), client, cot="so_lop", phep="ge", gia_tri="10")
    links = re.findall(r'href="([^"]+\.geojson\?[^"]+)"', page.content.decode())
    assert links
    answer = client.get(html.unescape(links[0]))
    found = json.loads(b"".join(answer.streaming_content))
    assert [one["properties"]["ten_truong"] for one in found["features"]] == ["Trường A"]
    assert found["features"][0]["geometry"] == point(105.66, 18.675)


def test_all_periods_together(client: Client) -> None:
    release = published(POINTS, period="2026Q2")
    published(POINTS, of=release.resource, period="2026Q3")
    page = map_of(release, client, ky="tat-ca")
    assert titles(page) == ["Trường A", "Trường B"] * 2
    assert len(data_of(page, client).json()["features"]) == 4


def test_a_frame_shows_the_map_and_its_source(client: Client) -> None:
    release = published(POINTS)
    frame = client.get(f"/nhung/{release.resource_id}/ban-do")
    text = frame.content.decode()
    assert frame.status_code == 200
    assert "<data-map" in text
    assert "Trường A" in text
    assert "Nguồn:" in text


def test_no_tiles_unless_they_are_configured(client: Client, settings: Any) -> None:
    release = published(POINTS)
    assert "danh mục đơn vị hành chính" in map_of(release, client).content.decode()
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MAP_TILES_ATTRIBUTION = "© Bản đồ mẫu"
    text = map_of(release, client).content.decode()
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in text
    assert "Bản đồ nền: © Bản đồ mẫu" in text


def test_the_tab_is_offered_only_where_it_works(client: Client) -> None:
    with_places, without = published(POINTS), factories.published()
    link = "xem=ban-do"
    assert link in client.get(with_places.resource.dataset.get_absolute_url()).content.decode()
    assert link not in client.get(without.resource.dataset.get_absolute_url()).content.decode()


def test_the_map_asks_the_database_nothing_more_than_the_table(client: Client) -> None:
    release = published(CODES)
    address = release.resource.dataset.get_absolute_url()
    client.get(address)  # what is kept under the number of the last change
    with CaptureQueriesContext(connection) as table:
        client.get(address)
    with CaptureQueriesContext(connection) as drawn:
        client.get(address, {"xem": "ban-do"})
    assert len(drawn) == len(table)
