"""What scripts add to the explorer: fitting conditions, copied examples; and that the examples run."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.sights import DATASET, DATASET_API

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ENABLED = "options => options.filter(one => !one.disabled).map(one => one.value)"


def operations(page: Page) -> list[Any]:
    return page.locator("#phep option").evaluate_all(ENABLED)


def test_operations_and_values_follow_the_column(look: Look):
    page = look(DATASET)
    assert "contains" in operations(page)
    page.get_by_label("Cột", exact=True).select_option("Số trường")
    assert "contains" not in operations(page)
    expect(page.get_by_label("Điều kiện")).to_have_value("eq")
    expect(page.get_by_label("Giá trị")).to_have_attribute("list", "goi-y-so_truong")
    page.get_by_label("Cột", exact=True).select_option("Tên xã")
    assert "contains" in operations(page)
    assert page.get_by_label("Giá trị").get_attribute("list") is None


def test_words_typed_into_the_form_find_rows(look: Look):
    page = look(DATASET)
    page.get_by_label("Tìm trong bảng").fill("00042")
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.locator("table.data tbody tr")).to_have_count(1)
    expect(page.locator("table.data mark")).to_have_text("00042")


def test_a_value_is_chosen_from_the_list(look: Look):
    page = look(DATASET)
    page.get_by_text("Chọn theo giá trị:").get_by_role("link", name="Số trường").click()
    page.get_by_role("region", name="Chọn giá trị của cột").get_by_role("link").nth(1).click()
    expect(page.get_by_role("status").filter(has_text="trong 60 dòng khớp")).to_be_visible()
    expect(page.locator(".chip[aria-current]")).to_have_count(1)


def test_the_javascript_example_runs_as_it_is_copied(look: Look):
    page = look(DATASET_API)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("summary", has_text="JavaScript").click()
    page.get_by_role("button", name="Sao chép ví dụ JavaScript").click()
    expect(page.get_by_text("Đã sao chép.")).to_be_visible()
    program = page.evaluate("navigator.clipboard.readText()")
    count = page.evaluate(f"(async () => {{ {program}\nreturn rows.length; }})()")
    # Number of schools n % 9 ≥ 5 among 60 communes.
    assert count == sum(number % 9 >= 5 for number in range(1, 61))
