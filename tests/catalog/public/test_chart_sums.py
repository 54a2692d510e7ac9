"""?xem=bieu-do: what does not add up is never added up, nor are several units or several times."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from catalog.models import Release, Resource
from tests import factories
from tests.catalog.public.test_chart_tab import drawn, numbers_of, page_of, shown

pytestmark = pytest.mark.django_db

MASTS = "Mã trạm,Công nghệ,Chiều cao (m)\n" + "".join(
    f"T{n:03},{'4G' if n % 3 else '5G'},{20 + n % 17}\n" for n in range(60)
)
PRICES = "Vật liệu,Đơn vị tính,Khu vực,Giá công bố\n" + "".join(
    f"{name},{unit},{area},{price + 10 * at}\n"
    for name, unit, price in (("Thép", "kg", 16_000), ("Xi măng", "tấn", 1_500_000), ("Nhựa", "kg", 17_000))
    for at, area in enumerate(("Vinh", "Ven biển"))
)  # fmt: skip
FOLK = "Năm,Tên xã,Dân số,Số ca sinh\n" + "".join(
    f"{year},Xã {place},{1000 * place + year - 2000},{10 * place}\n"
    for year in range(2020, 2025)
    for place in range(1, 9)
)
FIRST = [
    ("heights are averaged", MASTS, ("cot", "cong_nghe", "avg:chieu_cao_m")),
    ("marks have a spread of their own",
     "Toán,Văn\n" + "".join(f"{n % 9},{(n * 7) % 10}\n" for n in range(40)), ("phan-bo", "toan", "count")),
    ("what adds up comes before what does not",
     "Tuyến,Cự ly,Số lượt khách\n" + "".join(f"Tuyến {n},{n + 3},{n * 100}\n" for n in range(9)),
     ("cot", "tuyen", "sum:so_luot_khach")),
    ("men are no years",
     "Tên xã,Số nam\n" + "".join(f"Xã {n},{1950 + n}\n" for n in range(9)), ("cot", "ten_xa", "sum:so_nam")),
    ("a unit in brackets counts",
     "Loại,Bụi (µg/m³)\n" + "".join(f"Loại {n % 4},{n}\n" for n in range(20)),
     ("cot", "loai", "avg:bui_g_m")),
    ("what nobody described is not added up",
     "Loại,Thực hiện\n" + "".join(f"Loại {n % 4 if n else 1},{n}\n" for n in range(21)),
     ("cot", "loai", "count")),
    ("people of several years are a line", FOLK, ("duong", "nam", "sum:dan_so")),
    ("of dates of long ago things are counted after their kinds",
     "Loại,Ngày cấp,Số cột bơm\n"
     + "".join(f"Loại {n % 3},{n % 28 + 1:02}/0{n % 9 + 1}/{2015 + n % 9},{n % 7}\n" for n in range(60)),
     ("cot", "loai", "sum:so_cot_bom")),
    ("communes come before shops that stand in one row each",
     "Mã cửa hàng,Tên cửa hàng,Tên xã,Số cột bơm\n"
     + "".join(f"X{n:03},Cửa hàng {n},Xã {n % 40},{n % 7}\n" for n in range(120)),
     ("cot", "ten_xa", "sum:so_cot_bom")),
    ("months in words are a line",
     "Tháng,Số ca mắc\n" + "".join(f"2026-{n:02},{n * n}\n" for n in range(1, 9)),
     ("duong", "thang", "sum:so_ca_mac")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"), [case[1:] for case in FIRST], ids=[case[0] for case in FIRST]
)
def test_the_first_chart_adds_up_only_what_adds_up(
    client: Client, content: str, expected: tuple[str, str, str]
) -> None:
    choice = drawn(client, factories.published(content=content)).choice
    assert (choice.kind.value, choice.x.code, choice.y.code) == expected


def offered(page: Any) -> list[str]:
    """The measures that the form of the page lets choose."""
    form = page.context["explorer"].shown.form
    return [option.code for group in form.measures for option in group.options]


def test_a_sum_without_meaning_is_neither_offered_nor_drawn(client: Client) -> None:
    release = factories.published(content=MASTS)
    page = page_of(client, release)
    assert "sum:chieu_cao_m" not in offered(page)
    assert {"count", "avg:chieu_cao_m", "min:chieu_cao_m", "max:chieu_cao_m"} <= set(offered(page))

    asked = page_of(client, release, "kieu=cot&x=cong_nghe&y=sum:chieu_cao_m")
    view = asked.context["explorer"].shown
    assert asked.status_code == 400
    assert view.complaint.startswith("Không tính tổng “Chiều cao (m)” được")
    assert view.choice.y.code == "avg:chieu_cao_m"
    assert view.picture is not None
    assert "Tổng" not in str(view.title)


def test_nor_in_a_frame_or_as_csv(client: Client) -> None:
    release = factories.published(content=MASTS)
    query = "kieu=cot&x=cong_nghe&y=sum:chieu_cao_m"
    framed = client.get(f"/nhung/{release.resource_id}/bieu-do?{query}")
    assert framed.status_code == 400
    assert "Không tính tổng “Chiều cao (m)” được" in framed.content.decode()
    assert "Trung bình chiều cao (m) theo công nghệ" in framed.content.decode()
    numbers = numbers_of(client, release, query)
    assert numbers.status_code == 400
    assert "Không tính tổng “Chiều cao (m)” được" in numbers.content.decode()


def test_of_several_units_the_commonest_is_drawn_and_named(client: Client) -> None:
    release = factories.published(content=PRICES)
    page = page_of(client, release)
    view = page.context["explorer"].shown
    assert page.status_code == 200
    assert view.choice.y.code == "avg:gia_cong_bo"
    assert shown(view) == {"Nhựa": [17_005], "Thép": [16_005]}
    assert str(view.unit) == "Đơn vị: kg."
    assert "chỉ vẽ những dòng tính bằng kg" in page.content.decode()
    assert "chỉ vẽ những dòng tính bằng kg" in view.drawing["notes"][0]
    assert {"avg:gia_cong_bo", "min:gia_cong_bo"} <= set(offered(page))
    framed = client.get(f"/nhung/{release.resource_id}/bieu-do")
    assert framed.status_code == 200
    assert "chỉ vẽ những dòng tính bằng kg" in framed.content.decode()
    lines = list(
        csv.reader(io.StringIO(numbers_of(client, release, "").content.decode("utf-8-sig")))
    )
    assert [line[0] for line in lines[1:]] == ["Nhựa", "Thép"]


def test_the_other_units_are_one_click_away(client: Client) -> None:
    release = factories.published(content=PRICES)
    page = page_of(client, release)
    (link,) = page.context["explorer"].shown.units
    assert str(link.words) == "tấn"
    assert link.address.replace("&", "&amp;") in page.content.decode()
    view = drawn(client, release, link.address.removeprefix("?xem=bieu-do&"))
    assert shown(view) == {"Xi măng": [1_500_005]}
    assert str(view.unit) == "Đơn vị: tấn."


def test_the_form_stays_with_one_unit(client: Client) -> None:
    """What the form sends: another axis, the measure as it was."""
    release = factories.published(content=PRICES)
    view = page_of(client, release).context["explorer"].shown
    kept = "&".join(f"{name}={value}" for name, value in view.kept_pairs if name != "xem")
    areas = drawn(client, release, f"{kept}&kieu=cot&x=khu_vuc&y=avg:gia_cong_bo&nhom=")
    assert shown(areas) == {"Ven biển": [16_510], "Vinh": [16_500]}
    assert "chỉ vẽ những dòng tính bằng kg" in str(areas.remarks[0])
    spread = drawn(client, release, f"{kept}&kieu=phan-bo&x=gia_cong_bo&y=count&nhom=")
    assert sum(count for (count,) in shown(spread).values()) == 4


def test_groups_of_one_unit_each_and_counts_are_of_all_rows(client: Client) -> None:
    release = factories.published(content=PRICES)
    view = drawn(client, release, "kieu=cot&x=don_vi_tinh&y=avg:gia_cong_bo")
    assert shown(view) == {"tấn": [1_500_005], "kg": [16_505]}
    counted = drawn(client, release, "kieu=cot&x=khu_vuc&y=count")
    assert shown(counted) == {"Ven biển": [3], "Vinh": [3]}


BUDGET = "Loại,Xã,Số tiền (tỷ đồng)\n" + "".join(
    f"{kind},Xã {place},{place * (1 if kind == 'Thu' else 10)}\n"
    for kind in ("Thu", "Chi")
    for place in range(1, 21)
)
LINES_OF_BUDGET = "Nội dung,Số tiền (tỷ đồng)\n" + "".join(
    f"{kind}: Khoản {n},{n}\n" for kind in ("Thu", "Chi") for n in range(1, 16)
)


def test_income_and_spending_are_never_added_to_each_other(client: Client) -> None:
    release = factories.published(content=BUDGET)
    for query in (
        "",
        "kieu=cot&x=xa&y=sum:so_tien_ty_dong",
        "kieu=cot&x=xa&y=sum:so_tien_ty_dong&nhom=",
    ):
        view = drawn(client, release, query)
        if view.choice.x.code != "xa":
            assert view.choice.x.code == "loai"
            continue
        assert view.choice.series == "loai"
        assert "thu và chi không cộng chung được" in view.drawing["notes"][0]
        assert view.picture is not None
        heads = [str(head) for head in view.picture.head[1:]]
        figures = {
            name: dict(zip(heads, values, strict=True)) for name, values in shown(view).items()
        }
        assert figures["Xã 20"] == {"Thu": 20, "Chi": 200}
        assert figures["Khác"] == {"Thu": sum(range(1, 10)), "Chi": 10 * sum(range(1, 10))}


def test_rows_of_both_kinds_may_be_counted_and_those_of_one_added(client: Client) -> None:
    release = factories.published(content=BUDGET)
    assert drawn(client, release, "kieu=cot&x=xa&y=count").choice.series == ""
    one = drawn(client, release, "kieu=cot&x=xa&y=sum:so_tien_ty_dong&cot=loai&phep=eq&gia_tri=Thu")
    assert one.choice.series == ""
    assert shown(one)["Xã 20"] == [20]


def test_kinds_are_not_stacked(client: Client) -> None:
    content = "Năm,Loại,Số tiền (tỷ đồng)\n" + "".join(
        f"{year},{kind},{year % 100}\n" for year in range(2018, 2024) for kind in ("Thu", "Chi")
    )
    page = page_of(
        client, factories.published(content=content), "kieu=vung&x=nam&y=sum:so_tien_ty_dong"
    )
    view = page.context["explorer"].shown
    assert page.status_code == 400
    assert "thu và chi không cộng chung được" in view.complaint
    assert (view.choice.kind.value, view.choice.series) == ("duong", "loai")


def test_kinds_that_begin_the_names_are_not_gathered(client: Client) -> None:
    release = factories.published(content=LINES_OF_BUDGET)
    view = drawn(client, release)
    assert view.choice.x.code == "noi_dung"
    assert "Khác" not in shown(view)
    assert len(shown(view)) == 12
    assert "phần còn lại không gộp vì thu và chi không cộng chung được" in str(view.remarks[0])
    one = drawn(client, release, "kieu=cot&x=noi_dung&cot=noi_dung&phep=starts&gia_tri=Thu:")
    assert shown(one)["Khác"] == [1 + 2 + 3 + 4]


def in_two_quarters(old: str, new: str) -> tuple[Resource, Release]:
    table = factories.dataset().resources.get()
    for period, content in (("2026Q1", old), ("2026Q2", new)):
        factories.published(of=table, period=period, content=content)
        table.refresh_from_db()
    assert table.latest_release
    return table, table.latest_release


HEAD = "Tên xã,Dân số,Số ca sinh\n"


def test_people_are_not_added_over_periods(client: Client) -> None:
    _table, newest = in_two_quarters(f"{HEAD}A,1000,3\nB,500,2\n", f"{HEAD}A,1010,4\nB,490,1\n")
    view = drawn(client, newest, "ky=tat-ca&kieu=cot&x=ten_xa&y=sum:dan_so")
    assert shown(view) == {"A": [1010], "B": [490]}
    assert "không cộng qua nhiều thời điểm: chỉ vẽ mới nhất, Quý II/2026" in " ".join(
        map(str, view.notes)
    )
    assert "Quý II/2026" in str(view.title)
    assert "Quý I/2026" not in str(view.title)
    # What comes about in each period is added.
    assert shown(drawn(client, newest, "ky=tat-ca&kieu=cot&x=ten_xa&y=sum:so_ca_sinh")) == {
        "A": [7],
        "B": [3],
    }
    assert shown(drawn(client, newest, "ky=tat-ca&kieu=duong&x=ky&y=sum:dan_so")) == {
        "Quý I/2026": [1500],
        "Quý II/2026": [1500],
    }


def test_as_csv_they_are_those_of_the_newest(client: Client) -> None:
    _table, newest = in_two_quarters(f"{HEAD}A,1000,3\nB,500,2\n", f"{HEAD}A,1010,4\nB,490,1\n")
    answer = numbers_of(client, newest, "ky=tat-ca&kieu=cot&x=ten_xa&y=sum:dan_so")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines == [["Tên xã", "Tổng dân số"], ["A", "1010"], ["B", "490"]]


def test_nor_over_the_years_of_one_table(client: Client) -> None:
    release = factories.published(content=FOLK)
    view = drawn(client, release, "kieu=cot&x=ten_xa&y=sum:dan_so")
    assert shown(view)["Xã 3"] == [3024]
    assert "chỉ vẽ mới nhất, Năm 2024" in " ".join(map(str, view.notes))
    assert [chip.text for chip in view.chips] == []
    by_year = drawn(client, release, "kieu=cot&x=nam&y=sum:dan_so")
    assert shown(by_year)["2024"] == [36_000 + 8 * 24]
    asked = drawn(client, release, "kieu=cot&x=ten_xa&y=sum:dan_so&cot=nam&phep=eq&gia_tri=2021")
    assert shown(asked)["Xã 3"] == [3021]
    births = drawn(client, release, "kieu=cot&x=ten_xa&y=sum:so_ca_sinh")
    assert shown(births)["Xã 3"] == [150]


def test_where_the_newest_cannot_be_told_it_is_refused(client: Client) -> None:
    content = "Năm,Quý,Tên xã,Dân số\n" + "".join(
        f"{year},{quarter},Xã {place},{place * 100}\n"
        for year in (2024, 2025) for quarter in range(1, 5) for place in range(5)
    )  # fmt: skip
    page = page_of(client, factories.published(content=content), "kieu=cot&x=ten_xa&y=sum:dan_so")
    assert page.status_code == 400
    assert "hãy nhóm hoặc chia theo “Năm”" in page.context["explorer"].shown.complaint


MONTHS = ("2026-01", "2/2026", "Tháng 03/2026", "04-2026")


def test_months_stand_in_their_order_as_people_write_them(client: Client) -> None:
    content = "Tháng,Số ca mắc\n" + "".join(f"{month},{n}\n" for n, month in enumerate(MONTHS, 1))
    view = drawn(client, factories.published(content=content), "kieu=duong&x=thang&y=sum:so_ca_mac")
    assert shown(view) == {f"Tháng {n}/2026": [n] for n in range(1, 5)}
    assert str(view.picture and view.picture.finding).startswith("Từ tháng 1/2026 đến tháng 4/2026")


def test_one_month_written_in_two_ways_is_one(client: Client) -> None:
    content = "Tháng,Số ca mắc,Giá\n1/2026,3,10\n01/2026,4,20\n2/2026,5,30\n3/2026,5,30\n"
    release = factories.published(content=content)
    view = drawn(client, release, "kieu=duong&x=thang&y=sum:so_ca_mac")
    assert shown(view) == {"Tháng 1/2026": [7], "Tháng 2/2026": [5], "Tháng 3/2026": [5]}
    page = page_of(client, release, "kieu=duong&x=thang&y=avg:gia")
    assert page.status_code == 400
    assert "viết một kỳ theo nhiều cách" in page.context["explorer"].shown.complaint


def test_years_have_no_marks_between_their_figures(client: Client) -> None:
    content = "Năm thành lập,Số lớp\n" + "".join(f"{1990 + n},{n}\n" for n in range(30))
    release = factories.published(content=content)
    view = drawn(client, release, "kieu=phan-bo&x=nam_thanh_lap")
    assert next(iter(shown(view))) == "từ 1990 đến dưới 1992"
    assert view.drawing["plain"] == [True, False]
    view = drawn(client, release, "kieu=phan-tan&x=nam_thanh_lap&y=value:so_lop")
    assert next(iter(shown(view))) == "1990"


def test_a_map_adds_up_no_heights_either(client: Client) -> None:
    content = "Mã xã,Chiều cao,Số ca mắc\n16681,20,1\n16681,30,2\n16690,25,3\n16690,35,3\n"
    release = factories.published(content=content)
    path = release.resource.dataset.get_absolute_url()
    page = client.get(f"{path}?xem=ban-do&do=sum:chieu_cao")
    view = page.context["explorer"].shown
    assert page.status_code == 400
    assert "Không tính tổng “Chiều cao” được" in view.complaint
    assert '<option value="sum:chieu_cao"' not in page.content.decode()
    assert '<option value="sum:so_ca_mac"' in page.content.decode()


def test_an_english_page_says_units_in_english_where_the_portal_has_a_word(client: Client) -> None:
    content = "Tên xã,Dân số (người),Số tiền (tỷ đồng)\n" + "".join(
        f"Xã {n},{1000 * n},{n}\n" for n in range(1, 9)
    )
    release = factories.published(content=content)
    table = release.resource
    units = {"dan_so_nguoi": "người", "so_tien_ty_dong": "rổ lạ"}
    table.columns = [{**one, "unit": units.get(one["name"], "")} for one in table.columns]
    table.save(update_fields=["columns"])
    path = table.dataset.get_absolute_url()  # each page leaves its language to the next address

    def said(language: str, column: str) -> str:
        page = client.get(f"{language}{path}?xem=bieu-do&kieu=cot&x=ten_xa&y=sum:{column}")
        assert page.status_code == 200
        return page.content.decode()

    english = said("/en", "dan_so_nguoi")
    assert "8,000 people" in english
    assert "Unit: people." in english
    assert 'Unit: <span lang="vi">rổ lạ</span>.' in said("/en", "so_tien_ty_dong")
    assert "8.000 người" in said("", "dan_so_nguoi")
