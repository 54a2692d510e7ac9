"""The public pages without JavaScript: everything is there, forms work, and no button does nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Look
from tests.browser.sights import API_DOCS, DATASET, GUIDE, HOME, LIST, PUBLIC, Sight, by_name

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# A button that is no submit works by itself as a popover's, or must not be shown.
IDLE_BUTTONS = "button[type=button]:not([popovertarget]):visible"


@pytest.mark.parametrize("sight", [sight for sight in PUBLIC if not sight.drawn], ids=by_name)
def test_the_same_words_are_read(look: Look, sight: Sight):
    """What the page says is what it says with JavaScript, but for the copy button and what is drawn."""
    page = look(sight)
    page.locator("copy-button").evaluate_all("all => all.forEach(one => one.remove())")
    with_script = words(page.locator("main").inner_text())
    page = look(sight, java_script_enabled=False)
    assert words(page.locator("main").inner_text()) == with_script
    expect(page.locator(IDLE_BUTTONS)).to_have_count(0)


def words(text: str) -> list[str]:
    """Without what differs from second to second."""
    return re.sub(r"\d\d:\d\d(:\d\d)?", "", text).split()


def test_the_api_reference_says_where_else_to_read(look: Look):
    page = look(API_DOCS, java_script_enabled=False)
    expect(page.get_by_text("Trang tra cứu này cần JavaScript")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link").first).to_have_attribute(
        "href", "/api/v1/schema/"
    )


def test_searching_and_filtering_the_list(look: Look):
    page = look(HOME, java_script_enabled=False)
    page.get_by_role("searchbox").fill("bệnh án")
    page.get_by_role("main").get_by_role("button", name="Tìm").click()
    page.locator("input[name=access][value=shared]").check()
    page.get_by_role("button", name="Áp dụng bộ lọc").click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".results > li")).to_have_count(1)


def test_filtering_the_table(look: Look):
    page = look(DATASET, java_script_enabled=False)
    page.get_by_label("Cột", exact=True).select_option("Số trường")
    page.get_by_label("Điều kiện").select_option("ge")
    page.get_by_label("Giá trị").fill("8")
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="trong 60 dòng khớp")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Tải .* dòng này")).click()
    assert download.value.path().read_text(encoding="utf-8-sig").count("\n") == 1 + 6


def test_menu_of_the_telephone_is_the_browsers_own(look: Look):
    page = look(LIST, width=360, java_script_enabled=False)
    page.get_by_role("button", name="Danh mục").click()
    page.get_by_role("link", name="Hướng dẫn").first.click()
    expect(page).to_have_title(re.compile("^Hướng dẫn"))


def test_colours_are_chosen_by_a_form(look: Look):
    page = look(GUIDE, java_script_enabled=False)
    page.get_by_role("button", name="Tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Theo thiết bị").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
