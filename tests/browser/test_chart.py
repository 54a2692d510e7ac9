"""The chart as a browser draws it: bars, lines, points, files to take away, frames in other pages."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Look
from tests.browser.sights import DATASET, DATASET_MAP, Sight
from tests.browser.test_axe import violations
from tests.browser.test_budget import first_visit
from tests.browser.test_languages import PROPER_NAMES, VIETNAMESE, without
from tests.browser.test_narrow import check_width
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DRAWN = "data-chart svg"


def chart(query: str) -> Sight:
    return Sight("chart", lambda p: f"/dataset/{p.schools.slug}?xem=bieu-do&{query}", drawn=DRAWN)


def framed(tab: str, query: str = "") -> Sight:
    return Sight(f"frame-{tab}", lambda p: f"/nhung/{p.table.pk}/{tab}?{query}")


BARS = chart("kieu=cot&x=ten_xa&y=sum:so_truong")
SERIES = chart("kieu=cot&x=ten_xa&y=count&nhom=so_truong")
LINE = chart("kieu=duong&x=ky&y=sum:so_truong&nhom=so_truong")
AREA = chart("kieu=vung&x=ky&y=count&nhom=so_truong")
POINTS = chart("kieu=phan-tan&x=dien_tich&y=value:kinh_phi&nhom=so_truong")
HISTOGRAM = chart("kieu=phan-bo&x=dien_tich")
EVERY_KIND = [BARS, SERIES, LINE, AREA, POINTS, HISTOGRAM]


def by_query(sight: Sight) -> str:
    return ["bars", "series", "line", "area", "points", "histogram"][EVERY_KIND.index(sight)]


def hollow_words(page: Page) -> list[str]:
    """Words of the picture that are there without being painted."""
    return page.locator(f"{DRAWN} text").evaluate_all(
        "all => all.filter(one => getComputedStyle(one).fill === 'none' && one.textContent)"
        ".map(one => one.textContent)"
    )


def figures(page: Page) -> list[str]:
    """Names and figures of the table below the picture."""
    return page.locator("table.numbers tbody tr").all_inner_texts()


def test_each_line_of_the_table_has_its_bar(look: Look):
    page = look(BARS)
    expect(page.locator(f"{DRAWN} rect")).to_have_count(11)
    assert len(figures(page)) == 12  # what dwarfs the others is in the table only
    widths = page.locator(f"{DRAWN} rect").evaluate_all(
        "bars => bars.map(bar => Number(bar.getAttribute('width')))"
    )
    values = json.loads(page.locator("#hinh-ve").text_content() or "")
    largest = max(group["values"][0] for group in values["groups"])
    for width, group in zip(widths, values["groups"], strict=True):
        assert width == pytest.approx(max(widths) * group["values"][0] / largest, abs=1)


def test_the_picture_is_named_and_told(look: Look):
    page = look(BARS)
    picture = page.get_by_role("img", name="Tổng số trường theo tên xã")
    expect(picture).to_be_visible()
    expect(picture).to_have_accessible_description(
        re.compile(r"^Cao nhất là Xã số \d+ với 8, tiếp theo là Xã số \d+ với 8\.$")
    )


@pytest.mark.parametrize("sight", EVERY_KIND, ids=by_query)
def test_every_kind_is_drawn_within_its_page_and_read_out(look: Look, sight: Sight):
    for width in (1280, 360):
        page = look(sight, width=width)
        expect(page.locator(DRAWN)).to_have_count(1)
        assert page.locator(f"{DRAWN} :is(rect, path, circle)").count() > 3
        assert hollow_words(page) == []
        check_width(page)
        assert violations(page) == {}


@pytest.mark.parametrize("sight", [BARS, LINE], ids=by_query)
def test_in_the_dark_it_can_be_read(look: Look, sight: Sight):
    page = look(sight, color_scheme="dark")
    assert violations(page) == {}
    colours = page.locator(f"{DRAWN} text").evaluate_all(
        "texts => [...new Set(texts.map(text => getComputedStyle(text).fill))]"
    )
    assert colours
    assert not {"rgb(0, 0, 0)", "rgb(20, 32, 43)"} & set(colours)


def test_series_differ_in_more_than_colour(look: Look):
    page = look(LINE)
    dashes = page.locator(f"{DRAWN} [stroke-dasharray]").evaluate_all(
        "lines => lines.map(line => line.getAttribute('stroke-dasharray'))"
    )
    assert len(set(dashes)) == 6
    expect(page.locator(f"{DRAWN} text", has_text="Khác")).to_have_count(1)


REDRAWN = """change => {
    const chart = document.querySelector("data-chart");
    const groups = chart.data.groups.slice(0, change.length);
    groups.forEach((group, at) => Object.assign(group, change[at]));
    Object.assign(chart.data, {groups, series: [""]});
    chart.width = 0;
    chart.redraw();
}"""


def test_an_axis_without_zero_says_so_and_makes_no_storm_of_nothing(look: Look):
    page = look(chart("kieu=duong&x=ky&y=sum:so_truong"))
    near = [{"values": [value], "texts": [str(value)]} for value in (12.74, 12.77, 12.75)]
    days = [f"2026-0{month}-01" for month in (1, 4, 7)]
    page.evaluate(
        REDRAWN, [{**one, "start": day, "name": day} for one, day in zip(near, days, strict=True)]
    )
    said = page.locator(f"{DRAWN} text", has_text="không phải từ 0")
    expect(said).to_have_text(re.compile(r"^Trục đứng bắt đầu từ 1\d(,\d)?, không phải từ 0\.$"))
    heights = page.locator(f"{DRAWN} circle").evaluate_all(
        "all => all.map(one => one.cy.baseVal.value)"
    )
    assert 0 < max(heights) - min(heights) < 20  # of some 300: the change is 0.2 per cent
    few = [{"values": [value], "texts": [str(value)]} for value in (4, 5, 4)]
    page.evaluate(REDRAWN, few)
    expect(page.locator(f"{DRAWN} text", has_text="không phải từ 0")).to_have_count(0)


POINTS_REDRAWN = """points => {
    const chart = document.querySelector("data-chart");
    Object.assign(chart.data, {points, series: [""]});
    chart.width = 0;
    chart.redraw();
}"""


def test_axes_of_points_say_where_they_begin_and_no_word_lies_on_another(look: Look):
    page = look(POINTS)
    page.evaluate(POINTS_REDRAWN, [[31, 1012, 0], [35, 1020, 0], [39, 1040, 0]])
    said = page.locator(f"{DRAWN} text", has_text="trục bắt đầu từ")
    expect(said).to_have_count(2)
    found = page.locator(DRAWN).first.evaluate(ENDS)
    words = [one for one in found["words"] if one["said"]]
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            apart = (
                one["right"] <= other["left"] + 1
                or other["right"] <= one["left"] + 1
                or one["bottom"] <= other["top"] + 4
                or other["bottom"] <= one["top"] + 4
            )
            assert apart, (one["said"], other["said"])
    page.evaluate(POINTS_REDRAWN, [[0, 0, 0], [39, 1040, 0]])
    expect(said).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_long_names_are_broken_into_lines_and_never_cut(look: Look, width: int):
    page = look(BARS, width=width)
    names = [
        "Thu từ khu vực doanh nghiệp có vốn đầu tư nước ngoài và doanh nghiệp nhà nước địa phương",
        "Chi sự nghiệp giáo dục, đào tạo và dạy nghề",
    ]
    page.evaluate(REDRAWN, [{"name": name} for name in names])
    words = page.locator(f"{DRAWN} text").all_text_contents()
    assert "…" not in "".join(words)
    seen = " ".join(words)
    assert all(name in seen for name in names)
    check_width(page)


ENDS = """svg => {
    const box = svg.getBoundingClientRect();
    const place = one => {
        const {left, right, top, bottom} = one.getBoundingClientRect();
        return {left: left - box.left, right: right - box.left, top: top - box.top, bottom: bottom - box.top};
    };
    const lines = [...svg.querySelectorAll("path[stroke-width='2.5'], [stroke-width='2.5'] path")];
    return {
        width: box.width,
        height: box.height,
        ends: lines.map(line => {
            const end = line.getPointAtLength(line.getTotalLength());
            return {x: end.x, y: end.y};
        }),
        words: [...svg.querySelectorAll("text")].map(one => ({said: one.textContent, ...place(one)})),
    };
}"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("series", ["so_truong", "ten_xa"])
def test_each_name_stands_beside_the_end_of_its_line(look: Look, width: int, series: str):
    page = look(chart(f"kieu=duong&x=ky&y=sum:so_truong&nhom={series}"), width=width)
    drawing = json.loads(page.locator("#hinh-ve").text_content() or "")
    seen = page.locator(DRAWN).evaluate(ENDS)
    assert len(seen["ends"]) == len(drawing["series"]) == 6
    right = max(end["x"] for end in seen["ends"])
    beside = [word for word in seen["words"] if word["left"] >= right]
    names = {word["said"]: word for word in beside if word["said"] in drawing["series"]}
    assert set(names) == set(drawing["series"])
    lines = sorted(zip(seen["ends"], drawing["series"], strict=True), key=lambda one: one[0]["y"])
    downwards = sorted(names.values(), key=lambda word: word["top"])
    for above, below in pairwise(downwards):
        assert above["bottom"] <= below["top"] + 1
    for name in names.values():
        assert name["right"] <= seen["width"] + 1
        assert 0 <= name["top"] < name["bottom"] <= seen["height"]
    # In the order of the lines, and as near as those beside it allow.
    heights = [(names[name]["top"] + names[name]["bottom"]) / 2 for _end, name in lines]
    assert heights == sorted(heights)
    room = 6 * 18
    assert all(abs(at - end["y"]) <= room for at, (end, _name) in zip(heights, lines, strict=True))


def test_names_in_an_english_picture_are_marked_as_vietnamese(look: Look, town: Town):
    page = look(BARS, english=True)
    names = [*PROPER_NAMES, *town.province.names()]
    inside = page.locator(DRAWN).evaluate(
        """svg => [...svg.querySelectorAll("text, title, desc")].map(
            one => [one.getAttribute("lang"), one.textContent]
        )"""
    )
    spoken = [text for language, text in inside if language != "vi"]
    assert spoken
    assert [text for text in spoken if VIETNAMESE.search(without(names, text))] == []


def test_the_form_draws_another_chart(look: Look):
    page = look(BARS)
    page.get_by_label("Số đo").select_option("count")
    page.get_by_label("Chia theo").select_option("so_truong")
    page.get_by_role("button", name="Vẽ lại").click()
    expect(page.locator("figcaption")).to_contain_text("Số dòng theo tên xã, chia theo số trường")
    assert "y=count" in page.url
    assert "nhom=so_truong" in page.url


def test_the_picture_as_svg_stands_alone(look: Look):
    page = look(BARS, color_scheme="dark")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    assert download.value.suggested_filename.endswith("_bieu-do.svg")
    source = download.value.path().read_text(encoding="utf-8")
    root = ElementTree.fromstring(source)
    words = " ".join(root.itertext())
    assert "Tổng số trường theo tên xã" in words
    assert "Nguồn:" in words
    assert "Kho dữ liệu tỉnh Nghệ An:" in words
    assert "var(" not in source
    assert "<style" not in source
    # The bars on a white sheet, whatever the theme of the page; what dwarfs them is said in words.
    assert source.count("<rect") == 11 + 1
    assert "không vẽ vì lớn hơn nhiều" in words
    assert 'fill="#fff"' in source


def test_the_picture_as_png(look: Look):
    page = look(HISTOGRAM)
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    assert width == 2 * 960
    assert height > 800


def test_without_javascript_the_numbers_are_there(look: Look):
    page = look(BARS, java_script_enabled=False)
    assert len(figures(page)) == 12
    expect(page.locator(DRAWN)).to_have_count(0)
    expect(page.locator("button[type=button]:not([popovertarget]):visible")).to_have_count(0)
    kept_free = page.locator("data-chart").bounding_box()
    assert kept_free is None or kept_free["height"] < 5
    with page.expect_download() as download:
        page.get_by_role("link", name="Số liệu CSV").click()
    assert download.value.path().read_text(encoding="utf-8-sig").count("\n") == 1 + 12


def test_the_picture_comes_without_a_jump(look: Look):
    page = look(BARS)
    page.evaluate(
        """() => new Promise(resolve => {
            window.moved = 0;
            new PerformanceObserver(list => {
                for (const shift of list.getEntries()) window.moved += shift.value;
            }).observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => setTimeout(resolve, 100));
        })"""
    )
    assert page.evaluate("window.moved") <= 0.05


def test_budget(browser: Browser, town: Town):
    """Shared budget: ux checks, F."""
    visit, nodes = first_visit(browser, town, BARS)
    assert visit.kilobytes() <= 260, visit.sizes
    assert visit.kilobytes("script") <= 110
    assert sum(map(len, visit.sizes.values())) <= 11
    assert nodes <= 1500


@contextmanager
def another_site(code: str) -> Iterator[str]:
    """The address of a page of another origin with that `code` on it."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!DOCTYPE html><title>Another site</title>{code}".encode())

        def log_message(self, *_about: object) -> None:
            """Nothing is said about requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def frame_of(town: Town, sight: Sight) -> str:
    return f'<iframe src="{town.address}{town.path(sight)}"></iframe>'


@pytest.mark.parametrize("tab", ["bang", "bieu-do", "ban-do"])
@pytest.mark.parametrize("width", [1280, 360])
def test_source_and_terms_are_in_sight_at_the_height_of_the_code(
    browser: Browser, town: Town, tab: str, width: int
):
    """The code as the page prints it, pasted as it is; the rest of the frame can be scrolled to."""
    context = browser.new_context(
        locale="vi-VN", base_url=town.address, viewport={"width": width, "height": 780}
    )
    page = context.new_page()
    page.goto(town.path(DATASET_MAP if tab == "ban-do" else DATASET).split("?")[0] + f"?xem={tab}")
    code = re.sub(r"http://[^/]+(?=/nhung/)", town.address, page.locator("#ma-nhung").input_value())
    with another_site(code) as address:
        page.goto(address)
        frame = page.frame_locator("iframe")
        for link in frame.locator(".attribution a").all():
            expect(link).to_be_in_viewport(ratio=1)
        source = frame.locator(".attribution")
        assert source.evaluate("one => one.getBoundingClientRect().height") < 200
        bottom, height = source.evaluate("one => [one.getBoundingClientRect().bottom, innerHeight]")
        assert height == 560
        assert bottom <= height
        last = frame.locator("main > :nth-last-child(2)")
        last.evaluate("one => scrollTo(0, document.documentElement.scrollHeight)")
        lowest = last.evaluate("one => one.getBoundingClientRect().bottom")
        assert lowest <= source.evaluate("one => one.getBoundingClientRect().top")
    context.close()


@pytest.mark.parametrize("tab", ["bang", "bieu-do"])
def test_another_site_may_frame_it(browser: Browser, town: Town, tab: str):
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    with another_site(frame_of(town, framed(tab))) as address:
        page.goto(address)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_text("Nguồn:").first).to_be_visible()
        expect(frame.locator(DRAWN if tab == "bieu-do" else "table.data")).to_have_count(1)
        assert context.cookies() == []
    context.close()


def test_another_site_may_not_frame_a_page(browser: Browser, town: Town):
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    with another_site(frame_of(town, BARS)) as address:
        page.goto(address, wait_until="networkidle")
        expect(page.frame_locator("iframe").locator("figure.chart")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("tab", ["bang", "bieu-do"])
def test_a_frame_is_as_good_as_a_page(look: Look, tab: str):
    for how in ({"width": 1280}, {"width": 360}, {"color_scheme": "dark"}, {"english": True}):
        page = look(framed(tab), **how)
        check_width(page)
        assert violations(page) == {}
