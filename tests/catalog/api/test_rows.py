"""/api/v1/resources/<uuid>/rows: conditions, search, order, pages, groups, periods."""

from urllib.parse import quote, urlsplit

import pytest

from tests.catalog.api.conftest import Api, MakeApi


def test_rows_are_objects_under_technical_names(schools: Api):
    body = schools.get().json()
    assert body["data"][0] == {
        "ma_xa": "00123",
        "ten_xa": "Đô Lương",
        "huyen": "Đô Lương",
        "so_truong": 12,
        "ti_le": 45.5,
        "ngay_bao_cao": "2026-09-30",
        "dat_chuan": True,
    }
    assert len(body["data"]) == body["meta"]["total"] == 6
    assert body["data"][3]["ti_le"] is None


def test_the_answer_says_what_the_data_are(schools: Api):
    meta = schools.get().json()["meta"]
    assert meta["columns"][3] == {"name": "so_truong", "label": "Số trường", "type": "integer"}
    assert meta["periods"] == [schools.release.period]
    assert meta["licence"]["code"] == "nghe-an-mo"
    assert meta["licence"]["url"].endswith("/giay-phep/")
    assert meta["attribution"].startswith("Nguồn: Sở Thử nghiệm, “Trường học theo xã”, Quý ")
    assert meta["dataset"]["slug"] == schools.release.resource.dataset.slug


CONDITIONS = [
    ("ten_xa=Vinh, phường", "7"),
    ("ten_xa__eq=Đô Lương", "3"),
    ("ten_xa__ne=Đô Lương", "45678"),
    ("ten_xa__contains=luong", "3"),
    ("ten_xa__starts=dien", "4"),
    ("so_truong__lt=8", "68"),
    ("so_truong__le=8", "468"),
    ("so_truong__gt=12", "57"),
    ("so_truong__ge=12", "357"),
    ("so_truong__between=8,12", "34"),
    ("so_truong__between=8&so_truong__between=12", "34"),
    ("ti_le__ge=45,5", "357"),
    ("ngay_bao_cao__ge=2026-10-01", "57"),
    ("ngay_bao_cao__lt=01/01/2026", "6"),
    ("huyen__in=Vinh,Diễn Châu", "478"),
    ("huyen__in=Vinh&huyen__in=Diễn Châu", "478"),
    ('ten_xa__in="Vinh, phường",Hưng Bình', "78"),
    ("dat_chuan=false", "46"),
    ("ti_le__empty=true", "6"),
    ("ti_le__empty=false", "34578"),
    ("ngay_bao_cao__not_empty=true", "34567"),
    ("ngay_bao_cao__not_empty=0", "8"),
    ("so_truong__ge=8&dat_chuan=true", "357"),
    ("any.1.huyen=Vinh&any.1.so_truong__ge=15", "578"),
    ("any.1.huyen=Vinh&any.1.so_truong__ge=15&dat_chuan__eq=true&so_truong__lt=20", "58"),
    ("any.1.huyen=Vinh&any.1.huyen=Yên Thành&any.2.so_truong=7&any.2.so_truong=15", "58"),
    ("q=vinh", "78"),
    ("q=huyện", ""),
    ("q=yen thanh", "5"),
]


def test_conditions(schools: Api, subtests: pytest.Subtests):
    for query, codes in CONDITIONS:
        with subtests.test(query):
            assert "".join(schools.codes(quote(query, safe="=&"))) == codes


def test_order(schools: Api):
    assert "".join(schools.codes("sort=so_truong")) == "684357"
    assert "".join(schools.codes("sort=-so_truong")) == "753486"
    assert "".join(schools.codes("sort=huyen,-so_truong")) == "436785"


def test_order_may_be_spread_over_parameters(schools: Api):
    assert schools.codes("sort=huyen&sort=-so_truong") == schools.codes("sort=huyen,-so_truong")


def test_fields_come_in_the_order_asked(schools: Api):
    first = schools.rows("fields=so_truong,ma_xa")[0]
    assert list(first.items()) == [("so_truong", 12), ("ma_xa", "00123")]


def test_rows_as_arrays(schools: Api):
    body = schools.get("shape=arrays&fields=ma_xa,so_truong&page[size]=2").json()
    assert body["data"] == [["00123", 12], ["00124", 8]]
    assert [column["name"] for column in body["meta"]["columns"]] == ["ma_xa", "so_truong"]


def test_without_a_count(schools: Api):
    assert schools.get("so_truong__ge=8&count=false&page[size]=1").json()["meta"]["total"] is None


def test_pages_by_number_and_offset(schools: Api):
    assert schools.codes("page[size]=2&page[number]=2") == ["5", "6"]
    assert schools.codes("page[size]=2&page[offset]=3") == ["6", "7"]
    assert schools.codes("page[size]=2&page[offset]=6") == []


def test_following_next_gives_every_row_once(schools: Api, subtests: pytest.Subtests):
    """By cursor where nobody asked for a page's number, by offset otherwise."""
    for more in ("", "sort=-ti_le", "so_truong__ge=7&sort=huyen", "q=vinh", "group_by=ma_xa"):
        for start in ("page[size]=2", "page[size]=2&page[number]=1"):
            with subtests.test(f"{start}&{more}"):
                assert followed(schools, f"{start}&{more}") == schools.codes(more)


def followed(api: Api, query: str) -> list[str]:
    """The codes of a page and of all that come after it."""
    found: list[str] = []
    address: str | None = f"{api.rows_path}?{query}"
    while address:
        parts = urlsplit(address)
        body = api.client.get(f"{parts.path}?{parts.query}").json()
        found += [row["ma_xa"][-1] for row in body["data"]]
        address = body["links"]["next"]
    return found


def test_previous_page(schools: Api):
    links = schools.get("page[size]=2&page[number]=3").json()["links"]
    assert links["next"] is None
    previous = urlsplit(links["prev"])
    assert schools.codes(previous.query) == ["5", "6"]
    assert schools.get("page[size]=2").json()["links"]["prev"] is None


def test_links_are_absolute_and_lead_on(schools: Api, settings):
    response = schools.get("so_truong__ge=8&page[size]=1")
    links = response.json()["links"]
    assert all(link is None or link.startswith(settings.SITE_URL) for link in links.values())
    assert links["csv"].endswith("rows?so_truong__ge=8&format=csv")
    assert f'<{links["next"]}>; rel="next"' in response.headers["Link"]
    assert 'rel="describedby"' in response.headers["Link"]
    for name in ("profile", "schema", "openapi"):
        assert schools.client.get(urlsplit(links[name]).path).status_code == 200


def test_groups(schools: Api):
    body = schools.get("group_by=dat_chuan&agg=count,sum:so_truong,max:ti_le&sort=-count").json()
    assert body["data"] == [
        {"dat_chuan": True, "count": 4, "so_truong_sum": 54, "ti_le_max": 60.75},
        {"dat_chuan": False, "count": 2, "so_truong_sum": 11, "ti_le_max": 39.25},
    ]
    labels = [column["label"] for column in body["meta"]["columns"]]
    assert labels == ["Đạt chuẩn", "Số dòng", "Tổng: Số trường", "Lớn nhất: Tỉ lệ"]
    assert body["meta"]["total"] == 2


def test_groups_count_when_nothing_is_asked(schools: Api):
    assert schools.rows("group_by=huyen&sort=-count&page[size]=1") == [
        {"huyen": "Vinh", "count": 2}
    ]


def test_groups_of_dates_and_bins(schools: Api):
    assert schools.rows("group_by=ngay_bao_cao:year&ngay_bao_cao__empty=false") == [
        {"ngay_bao_cao": "2025", "count": 1},
        {"ngay_bao_cao": "2026", "count": 4},
    ]
    assert schools.rows("group_by=so_truong:10") == [
        {"so_truong": 0, "count": 3},
        {"so_truong": 10, "count": 2},
        {"so_truong": 20, "count": 1},
    ]


def test_one_figure_of_the_whole_table(schools: Api):
    assert schools.rows("agg=avg:so_truong,distinct:huyen&so_truong__lt=20") == [
        {"so_truong_avg": 9, "huyen_distinct": 5}
    ]


def test_whole_numbers_beyond_64_bits(api_of: MakeApi):
    api = api_of("Tên,Số\nA,9000000000000000000\nB,9000000000000000000\n")
    response = api.get("agg=sum:so")
    assert b"18000000000000000000" in response.content


def test_periods(two_periods: Api):
    assert len(two_periods.rows()) == 6
    assert two_periods.get().json()["meta"]["periods"] == ["2026Q3"]
    assert len(two_periods.rows("period=2026Q2")) == 3


def test_all_periods_together(two_periods: Api):
    body = two_periods.get("period=all&group_by=ky&agg=sum:so_truong").json()
    assert body["data"] == [
        {"ky": "2026Q2", "so_truong_sum": 35},
        {"ky": "2026Q3", "so_truong_sum": 65},
    ]
    assert body["meta"]["periods"] == ["2026Q3", "2026Q2"]
    assert body["meta"]["columns"][0] == {"name": "ky", "label": "Kỳ dữ liệu", "type": "text"}
    assert "Quý II/2026 – Quý III/2026" in body["meta"]["attribution"]
    assert list(two_periods.rows("period=all&ky=2026Q2")[0])[:2] == ["ky", "ma_xa"]


def test_one_period_may_be_all_there_are(schools: Api):
    assert schools.rows("period=all&page[size]=1")[0]["ky"] == schools.release.period


def test_geometries_are_objects(api_of: MakeApi):
    api = api_of(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"ten": "A"},'
        ' "geometry": {"type": "Point", "coordinates": [105.6, 18.7]}},'
        ' {"type": "Feature", "properties": {"ten": "B"}, "geometry": null}]}'
    )
    cells = [value for row in api.rows() for value in row.values()]
    assert {"type": "Point", "coordinates": [105.6, 18.7]} in cells
    assert None in cells


def test_english_says_the_same_in_english(schools: Api):
    assert schools.get("lang=en").json()["meta"]["dataset"]["title"] == "Trường học theo xã (en)"
    answer = schools.get("", accept_language="en-GB,en;q=0.8")
    assert answer.json()["meta"]["dataset"]["url"].split("/en/")[1].startswith("dataset/")
    assert answer.headers["Content-Language"] == "en"


def test_a_warm_request_asks_the_database_once(schools: Api, django_assert_num_queries):
    schools.get("sort=huyen")
    with django_assert_num_queries(1):
        assert len(schools.rows("so_truong__ge=8&sort=-so_truong")) == 4


def test_head_says_what_get_would(schools: Api):
    asked, said = schools.client.head(schools.rows_path), schools.get()
    assert asked.status_code == 200
    assert asked.content == b""
    for name in ("ETag", "Link", "Content-Type"):
        assert asked.headers[name] == said.headers[name]
