"""Everything is done without a mouse: only keys are pressed, and where the focus stands is checked."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Look
from tests.browser.sights import (
    DATASET,
    DECIDE,
    HOME,
    KEY,
    LEADER,
    LIST,
    REGISTER_WRONG,
    Sight,
    by_name,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# From the list of results to the downloaded file (ux: ≤ 25 keys).
KEYS_TO_THE_FILE = 25

FOCUSED = """() => {
    const element = document.activeElement;
    return `${element.tagName} ${element.innerText ?? ""} ${element.getAttribute("aria-label") ?? ""}`;
}"""

# The focus ring is at least 2 px and what has it is in view, in front of everything else.
HIDDEN_FOCUS = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const shown = element.closest("label") ?? element;
    const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
    const style = getComputedStyle(element);
    const [x, y] = [box.x + Math.min(box.width, innerWidth) / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(x, y);
    const inFront = top && (shown.contains(top) || top.contains(shown));
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return ring && inFront ? null : [element.outerHTML.slice(0, 140), style.outline, x, y];
}"""


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def tab_to(self, target: Locator, patience: int = 40) -> None:
        for _ in range(patience):
            self.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{target} not reached, focus is on {self.page.evaluate(FOCUSED)}")

    def follow(self, key: str = "Enter") -> None:
        with self.page.expect_navigation():
            self.press(key)


def test_from_search_to_the_file(look: Look):
    page = look(HOME)
    keys = Keys(page)
    keys.tab_to(page.get_by_role("searchbox"))
    page.keyboard.type("truong hoc")
    keys.follow()
    keys.pressed = 0
    open_first_result(page, keys)
    sort_and_filter(page, keys)
    with page.expect_download() as download:
        keys.tab_to(page.get_by_role("link", name=re.compile("Tải .* dòng này")))
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")
    assert keys.pressed <= KEYS_TO_THE_FILE


def open_first_result(page: Page, keys: Keys) -> None:
    """By the second of the skip links."""
    keys.press("Tab")
    keys.press("Tab")
    expect(page.locator(":focus")).to_have_text("Chuyển đến kết quả")
    keys.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "kq")
    keys.tab_to(page.locator(".results h3 a").first)
    keys.follow()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trường học theo xã")


def sort_and_filter(page: Page, keys: Keys) -> None:
    keys.press("Tab")
    keys.press("Tab")
    expect(page.locator(":focus")).to_have_text("Chuyển đến bảng dữ liệu")
    keys.press("Enter")
    keys.tab_to(page.locator("#gia_tri"))
    page.keyboard.type("05")
    keys.follow()
    expect(page.get_by_text("trong 60 dòng khớp")).to_be_visible()
    expect(page.locator("#du-lieu")).to_be_in_viewport()


def test_sorting_keeps_the_place(look: Look):
    """K1's other half: the head of a column is a link that sorts and comes back to the table."""
    page = look(DATASET)
    keys = Keys(page)
    page.locator("#gia_tri").focus()
    keys.tab_to(page.locator("th .sort").nth(2))
    keys.follow()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator("#du-lieu")).to_be_in_viewport()


def test_filters_of_the_list(look: Look):
    page = look(LIST)
    keys = Keys(page)
    before = page.locator("#kq").inner_text()
    page.locator("#q").focus()
    for name in ("organization", "access"):
        keys.tab_to(page.locator(f"input[name={name}]").first)
        keys.press("Space")
    keys.tab_to(page.get_by_role("button", name="Áp dụng bộ lọc"))
    keys.follow()
    assert page.locator("#kq").inner_text() != before
    expect(page.locator(".chip")).to_have_count(2)
    page.locator("#q").focus()
    keys.tab_to(page.locator(".chip").first)
    keys.follow()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(2)


def test_menu_of_the_telephone(look: Look):
    page = look(HOME, width=360)
    keys = Keys(page)
    menu, button = page.locator("#menu"), page.get_by_role("button", name="Danh mục")
    expect(menu).to_be_hidden()
    keys.tab_to(button)
    keys.press("Enter")
    expect(menu).to_be_visible()
    keys.press("Tab")
    assert menu.evaluate("menu => menu.contains(document.activeElement)")
    keys.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    keys.press("Enter")
    keys.tab_to(page.get_by_role("button", name="Đóng"), patience=3)
    keys.press("Enter")
    expect(menu).to_be_hidden()


def test_the_table_scrolls_with_arrow_keys(look: Look):
    page = look(DATASET, width=360)
    keys = Keys(page)
    page.locator("details.auto summary").focus()
    keys.tab_to(page.get_by_role("region", name=re.compile("Cuộn ngang")))
    keys.press("ArrowRight")
    page.locator(".scroll").evaluate(
        """box => new Promise(moved => {
            if (box.scrollLeft) moved();
            box.addEventListener("scroll", moved, {once: true});
        })"""
    )
    assert page.locator(".scroll").evaluate("box => box.scrollLeft") > 0


def test_other_formats_close_with_escape(look: Look):
    page = look(DATASET)
    keys = Keys(page)
    box = page.locator("details.dl")
    keys.tab_to(box.locator("summary"))
    keys.press("Enter")
    expect(box.get_by_role("link").first).to_be_visible()
    keys.press("Escape")
    expect(box.get_by_role("link").first).to_be_hidden()
    expect(box.locator("summary")).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_fields(look: Look):
    page = look(REGISTER_WRONG)
    keys = Keys(page)
    expect(page.get_by_role("alert")).to_be_focused()
    keys.press("Tab")
    target = page.locator(":focus").get_attribute("href")
    assert target is not None
    keys.press("Enter")
    expect(page.locator(target)).to_be_focused()


def test_a_decision_without_a_reason_leads_to_the_reason(look: Look):
    page = look(DECIDE)
    keys = Keys(page)
    page.get_by_label("Lý do trả lại").focus()
    keys.press("Tab")
    keys.follow()
    expect(page.get_by_role("alert")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_label("Lý do trả lại")).to_be_focused()


@pytest.mark.parametrize("sight", KEY, ids=by_name)
def test_no_trap_and_the_focus_is_always_seen(look: Look, sight: Sight):
    """Tab walks through the page once, seen at each step, and leaves it at the end."""
    page = look(sight)
    keys = Keys(page)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    seen: set[str] = set()
    for _ in range(400):
        keys.press("Tab")
        where = page.evaluate(
            """() => document.activeElement === document.body ? ""
                : String([...document.querySelectorAll("*")].indexOf(document.activeElement))"""
        )
        if not where or where in seen:
            break
        seen.add(where)
        assert page.evaluate(HIDDEN_FOCUS) is None
    else:
        raise AssertionError("400 Tabs did not lead through the page")
    assert len(seen) > 10


def test_groups_of_the_menu(look: Look):
    page = look(LEADER)
    keys = Keys(page)
    line = page.get_by_role("navigation", name="Khu vực làm việc")
    tops = "all => [...new Set(all.map(one => one.getBoundingClientRect().top))].length"
    assert line.locator("#menu > ul > li").evaluate_all(tops) == 1
    group, inbox = line.get_by_text("Kết nối", exact=True), line.get_by_text("Hộp thư yêu cầu")
    expect(inbox).to_be_hidden()
    keys.tab_to(group)
    keys.press("Enter")
    expect(inbox).to_be_visible()
    keys.press("Tab")
    expect(inbox).to_be_focused()
    keys.press("Escape")
    expect(inbox).to_be_hidden()
    expect(group).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    keys.follow()
    assert page.url.endswith("/dieu-hanh/yeu-cau/")


@pytest.mark.parametrize("scripted", [True, False])
def test_groups_of_the_menu_of_the_telephone(look: Look, scripted: bool):
    page = look(LEADER, width=360, java_script_enabled=scripted)
    page.get_by_role("button", name="Danh mục").first.click()
    line = page.get_by_role("navigation", name="Khu vực làm việc")
    line.get_by_text(re.compile("^Thiết lập")).click()  # with a count, where something waits
    line.get_by_text("Lịch nghỉ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lịch")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
