"""?xem=bieu-do: the numbers of every kind of chart, what is drawn first, and what cannot be drawn."""

import csv
import io
import json
import random
import re
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from catalog.explorer.charts.bins import bin_width
from catalog.explorer.charts.findings import Spot, finding_of_series
from catalog.explorer.charts.question import Kind
from catalog.explorer.charts.tab import ChartView
from catalog.explorer.charts.words import WithUnit, figure
from catalog.models import Dataset, Release, Resource
from tests import factories

pytestmark = pytest.mark.django_db

Line = dict[str, Any]
HEAD = "Xã,Loại hình,Số lớp,Kinh phí,Ngày lập,Năm lập\n"


def made_up(count: int = 400, *, seed: int = 7) -> list[Line]:
    """Rows of schools: 20 communes, 3 kinds, some cells empty."""
    chance = random.Random(seed)
    return [
        {
            "xa": f"Xã {chance.randrange(20):02}",
            "loai_hinh": chance.choice(["Công lập", "Dân lập", "Tư thục"]),
            "so_lop": None if chance.random() < 0.05 else chance.randrange(1, 40),
            "kinh_phi": round(chance.uniform(0, 500), 2),
            "ngay_lap": f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/2025",
            "nam_lap": chance.randrange(2019, 2026),
        }
        for _ in range(count)
    ]


def as_csv(lines: Iterable[Line], head: str = HEAD) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        decimal = str(line["kinh_phi"]).replace(".", ",")
        writer.writerow({**line, "kinh_phi": decimal}.values())
    return head + out.getvalue()


LINES = made_up()


@pytest.fixture
def release() -> Release:
    return factories.published(content=as_csv(LINES))


def page_of(client: Client, release: Release, query: str = "", *, language: str = "") -> Any:
    path = release.resource.dataset.get_absolute_url()
    return client.get(f"{language}{path}?xem=bieu-do&{query}")


def drawn(client: Client, release: Release, query: str = "") -> ChartView:
    page = page_of(client, release, query)
    assert page.status_code == 200, page.context["explorer"].shown.complaint
    return page.context["explorer"].shown


def shown(view: ChartView) -> dict[str, list[Any]]:
    """Name → figures, as the table below the picture has them."""
    assert view.picture is not None
    return {row.name: [cell.value for cell in row.cells] for row in view.picture.rows}


def by(key: Callable[[Line], Any], lines: Iterable[Line] = LINES) -> dict[Any, list[Line]]:
    groups: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups


def values(lines: Iterable[Line], name: str) -> list[Any]:
    return [line[name] for line in lines if line[name] is not None]


def month(line: Line) -> str:
    return f"Tháng {int(line['ngay_lap'][3:5])}/2025"


FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "sum": sum,
    "avg": statistics.fmean,
    "median": statistics.median,
    "min": min,
    "max": max,
}


def test_bars_are_what_a_recount_finds(client: Client, release: Release) -> None:
    kinds = by(lambda line: line["loai_hinh"])
    for (function, calculate), column in product(FUNCTIONS.items(), ("so_lop", "kinh_phi")):
        view = drawn(client, release, f"kieu=cot&x=loai_hinh&y={function}:{column}")
        recounted = {name: calculate(values(lines, column)) for name, lines in kinds.items()}
        figures = {name: value for name, (value,) in shown(view).items()}
        assert figures == pytest.approx(recounted), (function, column)
        assert list(figures) == sorted(figures, key=lambda name: -figures[name])


def test_bars_of_counts_and_of_distinct_values(client: Client, release: Release) -> None:
    kinds = by(lambda line: line["loai_hinh"])
    view = drawn(client, release, "kieu=cot&x=loai_hinh&y=count")
    assert shown(view) == {
        name: [len(lines)] for name, lines in sorted(kinds.items(), key=lambda kv: -len(kv[1]))
    }
    view = drawn(client, release, "kieu=cot&x=loai_hinh&y=distinct:xa")
    assert shown(view) == {name: [len(set(values(kinds[name], "xa")))] for name in shown(view)}


def test_beyond_twelve_the_others_are_gathered(client: Client, release: Release) -> None:
    sums = {name: sum(values(lines, "kinh_phi")) for name, lines in by(lambda r: r["xa"]).items()}
    ranked = sorted(sums, key=lambda name: -sums[name])
    view = drawn(client, release, "kieu=cot&x=xa&y=sum:kinh_phi")
    figures = {name: value for name, (value,) in shown(view).items()}
    assert list(figures) == [*ranked[:11], "Khác"]
    assert figures["Khác"] == pytest.approx(sum(sums[name] for name in ranked[11:]))
    assert "9 nhóm còn lại trong 20 nhóm" in str(view.picture and view.picture.notes[0])
    whole = drawn(client, release, view.whole_address.removeprefix("?xem=bieu-do&"))
    assert list(shown(whole)) == ranked
    assert not whole.whole_address


def test_a_rest_that_dwarfs_the_others_stands_in_the_table_only(
    client: Client, release: Release
) -> None:
    view = drawn(client, release, "kieu=cot&x=xa&y=sum:kinh_phi")
    assert view.picture is not None
    figures = {name: value for name, (value,) in shown(view).items()}
    largest = max(value for name, value in figures.items() if name != "Khác")
    assert figures["Khác"] > 2 * largest
    assert [group["name"] for group in view.picture.data["groups"]] == list(figures)[:-1]
    assert len(view.room) == 11
    total = f"{figures['Khác']:,.2f}".translate(str.maketrans(",.", ".,")).rstrip("0").rstrip(",")
    said = str(view.picture.notes[0])
    assert f"Khác: 9 nhóm còn lại trong 20 nhóm, tổng {total}; không vẽ" in said
    assert said in view.drawing["notes"][0]


def test_a_picture_that_leaves_the_page_says_what_it_is(client: Client, release: Release) -> None:
    Dataset.objects.update(is_illustrative=True)
    drawing = drawn(client, release, "kieu=cot&x=xa&y=sum:kinh_phi").drawing
    gathered, illustrative, where = drawing["notes"]
    assert "9 nhóm còn lại" in gathered
    assert illustrative.startswith("Số liệu minh hoạ")
    dataset = release.resource.dataset
    assert where == f"Kho dữ liệu tỉnh Nghệ An: {settings.SITE_URL}{dataset.get_absolute_url()}"


def test_averages_are_not_gathered(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=cot&x=xa&y=avg:kinh_phi")
    assert len(shown(view)) == 12
    assert "Khác" not in shown(view)
    assert "không cộng được" in str(view.picture and view.picture.notes[0])


def test_series_split_every_bar(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=cot&x=xa&y=sum:so_lop&nhom=loai_hinh")
    assert view.picture is not None
    series = [str(words) for words in view.picture.head[1:]]
    cells = by(lambda line: (line["xa"], line["loai_hinh"]))
    figures = shown(view)
    named = [name for name in figures if name != "Khác"]
    for name in named:
        recounted = [sum(values(cells[name, one], "so_lop")) for one in series]
        assert [value or 0 for value in figures[name]] == recounted
    rest = [line for line in LINES if line["xa"] not in named]
    kinds = by(lambda line: line["loai_hinh"], rest)
    assert figures["Khác"] == [sum(values(kinds[one], "so_lop")) for one in series]


def test_more_than_six_series_are_gathered(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=cot&x=loai_hinh&y=count&nhom=xa")
    assert view.picture is not None
    assert len(view.picture.head) == 1 + 6
    assert str(view.picture.head[-1]) == "Khác"
    for name, figures in shown(view).items():
        assert sum(figures) == len(by(lambda line: line["loai_hinh"])[name])


def test_a_line_along_the_months(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=duong&x=ngay_lap:month&y=sum:so_lop")
    months = by(month)
    assert shown(view) == {
        f"Tháng {n}/2025": [sum(values(months[f"Tháng {n}/2025"], "so_lop"))] for n in range(1, 13)
    }


def test_a_month_without_a_row_counts_none_and_sums_nothing(client: Client) -> None:
    lines = [line for line in LINES if month(line) != "Tháng 6/2025"]
    release = factories.published(content=as_csv(lines))
    counted = drawn(client, release, "kieu=duong&x=ngay_lap:month&y=count")
    assert shown(counted)["Tháng 6/2025"] == [0]
    summed = drawn(client, release, "kieu=duong&x=ngay_lap:month&y=sum:so_lop")
    assert shown(summed)["Tháng 6/2025"] == [None]
    assert list(shown(summed)) == [f"Tháng {n}/2025" for n in range(1, 13)]


def test_an_area_of_series(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=vung&x=nam_lap&y=count&nhom=loai_hinh")
    assert view.picture is not None
    series = [str(words) for words in view.picture.head[1:]]
    cells = by(lambda line: (line["nam_lap"], line["loai_hinh"]))
    assert shown(view) == {
        f"{year}": [len(cells[year, one]) for one in series] for year in range(2019, 2026)
    }


def test_over_periods(client: Client) -> None:
    table, sums = _with_periods()
    view = drawn(client, table.latest_release, "kieu=duong&x=ky&y=sum:so_lop")
    assert shown(view) == {
        "Quý IV/2025": [sums[0]],
        "Quý I/2026": [None],
        "Quý II/2026": [sums[1]],
    }
    assert "Quý IV/2025 – Quý II/2026" in str(view.title)


def _with_periods() -> tuple[Resource, list[int]]:
    """A table published for two quarters with one missing between them."""
    table = factories.dataset().resources.get()
    sums = []
    for seed, period in enumerate(("2025Q4", "2026Q2")):
        lines = made_up(50, seed=seed)
        sums.append(sum(values(lines, "so_lop")))
        factories.published(of=table, period=period, content=as_csv(lines))
        table.refresh_from_db()
    return table, sums


def test_a_histogram_counts_every_value(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=phan-bo&x=kinh_phi")
    assert view.picture is not None
    costs = values(LINES, "kinh_phi")
    for start, end, count in view.picture.sheet.rows:
        assert count == sum(start <= cost < end for cost in costs)
    assert sum(count for *_ends, count in view.picture.sheet.rows) == len(costs)


@pytest.mark.parametrize(
    ("least", "most", "is_integer", "width"),
    [(0, 100, True, "10"), (1, 4, True, "1"), (0.0, 1.0, False, "0.1"), (5, 5, True, "1"),
     (0, 10**9, True, "100000000"), (-0.003, 0.012, False, "0.001")],
)  # fmt: skip
def test_bins_are_as_wide_as_people_count(
    least: float, most: float, is_integer: bool, width: str
) -> None:
    assert bin_width(least, most, is_integer=is_integer) == Decimal(width)


def test_points_are_the_rows(client: Client, release: Release) -> None:
    view = drawn(client, release, "kieu=phan-tan&x=so_lop&y=value:kinh_phi")
    assert view.picture is not None
    filled = [line for line in LINES if line["so_lop"] is not None]
    assert view.picture.sheet.rows == [[line["so_lop"], line["kinh_phi"]] for line in filled]
    columns = [values(filled, "so_lop"), values(filled, "kinh_phi")]
    found = f"{statistics.correlation(*columns):.2f}".rstrip("0").replace(".", ",")
    assert f"tương quan {found})" in str(view.picture.finding)


def test_of_many_rows_a_sample_is_drawn_and_said(client: Client) -> None:
    release = factories.published(content=as_csv(made_up(5_000)))
    view = drawn(client, release, "kieu=phan-tan&x=so_lop&y=value:kinh_phi&nhom=loai_hinh")
    assert view.picture is not None
    assert len(view.picture.data["points"]) == 2_000
    assert str(view.picture.notes[0]).startswith("Vẽ 2.000 trong 4.")
    assert len(view.picture.rows) == 50


def test_conditions_search_and_period_go_along(client: Client, release: Release) -> None:
    narrowed = "q=cong+lap&cot=so_lop&phep=ge&gia_tri=10"
    view = drawn(client, release, f"kieu=cot&x=loai_hinh&y=count&{narrowed}")
    kept = [r for r in LINES if r["loai_hinh"] == "Công lập" and (r["so_lop"] or 0) >= 10]
    assert shown(view) == {"Công lập": [len(kept)]}
    assert [chip.text for chip in view.chips] == ["Tìm “cong lap”", "Số lớp lớn hơn hoặc bằng 10"]
    without = drawn(client, release, view.chips[1].without.removeprefix("?xem=bieu-do&"))
    assert shown(without) == {"Công lập": [sum(r["loai_hinh"] == "Công lập" for r in LINES)]}
    assert (without.choice, without.look.query.search) == (view.choice, "cong lap")


FIRST = [
    ("a date gives a line", as_csv(LINES), "duong", "ngay_lap:month", "sum:so_lop"),
    ("a year gives a line", "Năm,Số xã\n" + "".join(f"{2015 + n},{n * 3}\n" for n in range(9)),
     "duong", "nam", "sum:so_xa"),
    ("a name with few values gives bars of the first measure",
     "Mã xã,Tên xã,Kinh độ,Số hộ\n" + "".join(f"{n:05},Xã {n},{105 + n / 7},{n * 3}\n" for n in range(9)),
     "cot", "ten_xa", "sum:so_ho"),
    ("rates are averaged, not added",
     "Tên xã,Tỉ lệ\n" + "".join(f"Xã {n % 5},{n * 3}\n" for n in range(20)), "cot", "ten_xa", "avg:ti_le"),
    ("without a measure rows are counted",
     "Mã,Loại\n" + "".join(f"A{n:05},Loại {n % 4}\n" for n in range(20)), "cot", "loai", "count"),
    ("numbers alone give a histogram",
     "Chiều cao,Cân nặng\n" + "".join(f"{150 + n},{n * n + 1}\n" for n in range(60)),
     "phan-bo", "chieu_cao", "count"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind", "x", "y"), [case[1:] for case in FIRST], ids=[case[0] for case in FIRST]
)
def test_the_first_chart_suits_the_table(
    client: Client, content: str, kind: str, x: str, y: str
) -> None:
    choice = drawn(client, factories.published(content=content)).choice
    assert (choice.kind.value, choice.x.code, choice.y.code) == (kind, x, y)


def test_several_periods_offer_a_line_over_them(client: Client) -> None:
    table, _sums = _with_periods()
    view = drawn(client, table.latest_release)
    assert "x=ky" in " ".join(one.address for one in view.suggestions) or view.choice.x.is_periods


def test_a_table_that_cannot_be_drawn_says_why(client: Client) -> None:
    content = "Mã,Ghi chú\n" + "".join(f"A{n:04},Ghi chú {n}\n" for n in range(50))
    page = page_of(client, factories.published(content=content))
    assert page.status_code == 404
    assert "không có cột nào vẽ được" in page.content.decode()
    assert [link.tab.code for link in page.context["explorer"].tabs][:1] == ["bang"]
    assert "bieu-do" not in [link.tab.code for link in page.context["explorer"].tabs]


WRONG = [
    ("kieu=tron", "Không có kiểu biểu đồ “tron”"),
    ("x=khong_co", "Bảng không có cột “khong_co”"),
    ("kieu=cot&x=xa&y=sum:khong_co", "Bảng không có cột “khong_co”"),
    ("kieu=cot&x=xa&y=tich:so_lop", "Không có phép tính “tich:so_lop”"),
    ("kieu=cot&x=xa&y=sum", "Không có phép tính “sum”"),
    ("kieu=cot&x=xa&y=avg:loai_hinh", "cần một cột số; cột “Loại hình” là văn bản"),
    ("kieu=cot&x=xa:month", "Chỉ cột ngày nhóm được"),
    ("kieu=cot&x=ngay_lap:ngay", "Chỉ cột ngày nhóm được"),
    ("kieu=cot&x=kinh_phi", "không chia được thành nhóm"),
    ("kieu=duong&x=xa", "cần trục thời gian"),
    ("kieu=duong&x=ky", "mới có một kỳ"),
    ("kieu=phan-tan&x=xa&y=value:kinh_phi", "cần hai cột số"),
    ("kieu=phan-tan&x=so_lop&y=count", "cần hai cột số"),
    ("kieu=phan-bo&x=xa", "cần một cột số"),
    ("kieu=phan-bo&x=so_lop&nhom=xa", "không chia theo nhóm"),
    ("kieu=cot&x=xa&nhom=xa", "phải khác cột của trục ngang"),
    ("kieu=cot&x=xa&nhom=kinh_phi", "có quá nhiều giá trị để chia nhóm"),
    ("kieu=vung&x=nam_lap&y=avg:so_lop&nhom=loai_hinh", "hãy chọn biểu đồ đường"),
    ("cot=so_lop&phep=ge&gia_tri=nhieu", "không hợp lệ cho cột “Số lớp”"),
    ("cot=khong_co&phep=eq&gia_tri=1", "Bảng không có cột “khong_co”"),
]


def test_what_cannot_be_gets_one_sentence_and_a_chart_that_can(
    client: Client, release: Release
) -> None:
    for query, sentence in WRONG:
        page = page_of(client, release, query)
        view = page.context["explorer"].shown
        assert page.status_code == 400, query
        assert sentence in view.complaint
        assert page.content.decode().count('role="alert"') == 1
        assert view.picture is not None
        asked = QueryDict(query).get("kieu")
        if asked in set(Kind):
            assert view.choice.kind == asked, query


def test_nothing_left_by_the_conditions_is_said(client: Client, release: Release) -> None:
    nothing = "cot=so_lop&phep=gt&gia_tri=9999"
    for kind in ("cot&x=xa", "duong", "vung", "phan-bo", "phan-tan"):
        view = drawn(client, release, f"kieu={kind}&{nothing}")
        assert view.picture is not None
        assert view.picture.rows == []
        assert page_of(client, release, f"kieu={kind}&{nothing}").content


def test_too_many_points_of_time_say_what_to_do(client: Client) -> None:
    days = (f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/{2000 + n // 336},{n}\n" for n in range(800))
    release = factories.published(content="Ngày,Số ca\n" + "".join(days))
    page = page_of(client, release, "kieu=duong&x=ngay")
    assert page.status_code == 400
    assert "hãy nhóm theo tháng, quý hoặc năm" in page.context["explorer"].shown.complaint
    assert len(shown(drawn(client, release, "kieu=duong&x=ngay:year"))) == 3


def test_empty_cells_are_a_group_of_bars_and_no_point_of_time(client: Client) -> None:
    content = "Loại,Ngày,Số\n" + "".join(
        f"{'A' if n % 3 else ''},{f'0{n % 9 + 1}/01/2025' if n % 4 else ''},{n}\n"
        for n in range(40)
    )
    release = factories.published(content=content)
    assert "(để trống)" in shown(drawn(client, release, "kieu=cot&x=loai&y=count"))
    view = drawn(client, release, "kieu=duong&x=ngay&y=count")
    assert view.picture is not None
    assert "để trống cột thời gian" in str(view.picture.notes[0])
    assert sum(value for (value,) in shown(view).values()) == 30


def test_the_script_gets_what_the_table_says(client: Client, release: Release) -> None:
    page = page_of(client, release, "kieu=cot&x=loai_hinh&y=sum:so_lop")
    block = re.search(
        r'<script id="hinh-ve" type="application/json">(.*?)</script>', page.content.decode()
    )
    assert block
    data = json.loads(block[1])
    assert {one["name"]: one["values"] for one in data["groups"]} == shown(
        page.context["explorer"].shown
    )


def test_words_of_the_data_cannot_break_out(client: Client) -> None:
    evil = "</script><script>alert(1)</script>"
    content = f"Loại {{x}},Số {evil}\n" + "".join(f"{evil} {n % 3},{n}\n" for n in range(30))
    for language in ("", "/en"):
        page = page_of(client, factories.published(content=content), language=language)
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_an_english_page_has_english_figures(client: Client, release: Release) -> None:
    page = page_of(client, release, "kieu=cot&x=loai_hinh&y=sum:kinh_phi", language="/en")
    total = sum(values(by(lambda r: r["loai_hinh"])["Công lập"], "kinh_phi"))
    assert f"{total:,.2f}".rstrip("0").rstrip(".") in page.content.decode()


def numbers_of(client: Client, release: Release, query: str) -> Any:
    path = release.resource.dataset.get_absolute_url()
    return client.get(f"{path}/resource/{release.resource_id}/bieu-do.csv?{query}")


def test_the_numbers_as_csv(client: Client, release: Release) -> None:
    answer = numbers_of(client, release, "kieu=cot&x=loai_hinh&y=sum:kinh_phi")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "bieu-do.csv" in answer["Content-Disposition"]
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["Loại hình", "Tổng kinh phí"]
    kinds = by(lambda line: line["loai_hinh"])
    assert {name: float(value) for name, value in lines} == pytest.approx(
        {name: sum(values(some, "kinh_phi")) for name, some in kinds.items()}
    )


def test_a_csv_of_a_chart_that_cannot_be_says_why(client: Client, release: Release) -> None:
    answer = numbers_of(client, release, "kieu=duong&x=xa")
    assert answer.status_code == 400
    assert "cần trục thời gian" in answer.content.decode()
    assert numbers_of(client, release, "ky=1999Q1").status_code == 404


def test_a_name_that_looks_like_a_formula_is_no_formula(client: Client) -> None:
    content = "Loại,Số\n" + "".join(f"=1+{n % 3},{n}\n" for n in range(12))
    answer = numbers_of(client, factories.published(content=content), "kieu=cot&x=loai")
    assert "\n'=1+" in answer.content.decode()


def test_columns_are_called_by_their_titles_or_in_words(client: Client) -> None:
    rows = [{"ten_huyen": f"Huyện {n}", "gia_tri": n, "so_ho": n * n} for n in range(9)]
    release = factories.published(content=json.dumps(rows), name="huyen.json")
    table = release.resource
    table.columns = [{**table.columns[0], "label": "Tên huyện"}, *table.columns[1:]]
    table.save(update_fields=["columns"])
    view = drawn(client, release, "kieu=cot&x=ten_huyen&y=max:so_ho")
    assert view.picture is not None
    assert [str(words) for words in view.picture.head] == ["Tên huyện", "So ho lớn nhất"]
    page = client.get(f"{table.dataset.get_absolute_url()}?xem=bang").content.decode()
    head = page.split("<thead", 1)[1].split("</thead>", 1)[0]
    select = page.split('name="cot"', 1)[1].split("</select>", 1)[0]
    for part in (head, select):
        seen = re.sub(r"<[^>]*>", " ", part)
        assert all(name in seen for name in ("Tên huyện", "Gia tri", "So ho"))
    assert "gia_tri" not in seen  # of the select; the head has it in small below the title


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (100, 110, "tăng từ 100 lên 110 người (10 %)"),
        (1_000_000, 1_000_400, "tăng từ 1.000.000 lên 1.000.400 người (chưa đến 0,05 %)"),
        (1_000_400, 1_000_000, "giảm từ 1.000.400 xuống 1.000.000 người (chưa đến 0,05 %)"),
        (1_000_000, 1_000_500, "tăng từ 1.000.000 lên 1.000.500 người (0,1 %)"),
        (7, 7, "không đổi ở mức 7 người"),
    ],
)
def test_a_change_too_small_to_write_is_not_said_to_be_nothing(before: int, after: int, words: str):
    spots = [Spot("Quý I/2026", before), Spot("Quý II/2026", after)]
    said = str(finding_of_series([("Dân số", spots)], WithUnit(figure, "người")))
    assert words in said
    assert "(0 %)" not in said
