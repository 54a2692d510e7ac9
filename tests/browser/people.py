"""What people do on the site, step by step, as the pages name it."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

from accounts.models import Person
from tests import factories as make


def sign_in(page: Page, person: Person) -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Thư điện tử").fill(person.email)
    page.get_by_label("Mật khẩu", exact=True).fill(make.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    # Each role comes to a page of its own; all of them have the menu of the work area.
    expect(page.locator("nav[aria-label='Khu vực làm việc']")).to_have_count(1)


def sign_out(page: Page) -> None:
    page.goto("/dang-xuat/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()


def session_of(browser: Browser, address: str, person: Person) -> Any:
    """The cookies of that person signed in, for further contexts."""
    context = browser.new_context(locale="vi-VN", base_url=address)
    sign_in(context.new_page(), person)
    cookies = context.storage_state()
    context.close()
    return cookies
