"""Pages on paper: who, what, from where and when; nothing to press; black on white."""

import re

import pytest
from playwright.sync_api import Page, expect

from core import clock
from tests.browser.conftest import Look
from tests.browser.sights import DATASET, LEADER, PROGRESS, RECEIPT, WORK, Sight, by_name
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PAGES = re.compile(rb"/Type\s*/Page\b")


def on_paper(look: Look, sight: Sight, **how: object) -> Page:
    page = look(sight, **how)
    page.emulate_media(media="print")
    return page


@pytest.fixture
def paper(look: Look):
    """on_paper, and the window is a screen again afterwards."""
    opened: list[Page] = []

    def printed(sight: Sight, **how: object) -> Page:
        opened.append(on_paper(look, sight, **how))
        return opened[-1]

    yield printed
    for page in opened:
        page.emulate_media(media="screen")


def test_a_dataset_says_what_it_is_and_where_it_comes_from(paper, town: Town):
    page = paper(DATASET)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(
        page.locator("main").get_by_text(town.province.office.agency.name_vi).first
    ).to_be_visible()
    foot = page.locator(".print-only").filter(has_text="In từ")
    expect(foot).to_contain_text(town.path(DATASET))
    expect(foot).to_contain_text(f"{clock.today():%d/%m/%Y}")


@pytest.mark.parametrize("sight", [DATASET, LEADER, RECEIPT, WORK], ids=by_name)
def test_nothing_to_press_is_printed(paper, sight: Sight):
    page = paper(sight)
    for what in ("nav.nav", "button", "form", ".btn", ".skip", ".pager", "footer nav"):
        expect(page.locator(f"{what}:visible")).to_have_count(0)


def test_a_reader_in_the_dark_prints_black_on_white(paper):
    page = paper(DATASET, color_scheme="dark")
    colours = page.evaluate(
        """() => ["body", "h1", ".data td"].map(where => {
            const style = getComputedStyle(document.querySelector(where));
            return [style.color, style.backgroundColor];
        })"""
    )
    assert {ink for ink, _paper in colours} == {"rgb(0, 0, 0)"}
    assert {paper for _ink, paper in colours} <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_tables_stay_tables_and_nothing_is_cut_off(paper):
    """At the width of a landscape A4 sheet: no box that scrolls, all headings at every page's head."""
    page = paper(DATASET)
    page.set_viewport_size({"width": 1032, "height": 730})
    box = page.locator(".scroll")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    assert box.evaluate("box => getComputedStyle(box).overflow") == "visible"
    head = page.locator(".data thead")
    assert head.evaluate("head => getComputedStyle(head).display") == "table-header-group"


def test_a_code_is_not_broken_in_two(paper):
    """However many columns share the sheet: only what has spaces, or is long, is broken into lines."""
    page = paper(DATASET)
    page.set_viewport_size({"width": 300, "height": 730})
    words = page.locator(".data td.one-word")
    assert words.count()
    lines = words.evaluate_all(
        """cells => cells.map(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
        })"""
    )
    assert set(lines) == {1}


def test_the_sheets_are_few(paper):
    page = paper(DATASET)
    sheets = len(PAGES.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    assert 2 <= sheets <= 8


def test_the_progress_of_a_quarter_fits_a_sheet_and_is_signed(paper):
    page = paper(PROGRESS)
    page.set_viewport_size({"width": 680, "height": 990})  # what A4 leaves between its margins
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_text("THỦ TRƯỞNG CƠ QUAN ĐẦU MỐI")).to_be_visible()
    sheets = len(PAGES.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    assert sheets <= 3


def test_the_leader_s_page_is_one_sheet(paper):
    page = paper(LEADER)
    assert len(PAGES.findall(page.pdf(format="A4", prefer_css_page_size=True))) == 1
