"""What was typed into a long form outlives the session, and is offered on the page of the form only."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.conftest import WIDE
from tests.browser.people import sign_in, sign_out

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("page", [WIDE], indirect=True, ids=["1280"]),
]
WORDS = "Số giường bệnh theo xã, đến ngày cuối quý."
RESTORE = "Khôi phục nội dung đã nhập"


def end_sessions() -> None:
    Session.objects.all().delete()
    caches["sessions"].clear()


def test_a_session_that_ended_loses_nothing(page: Page) -> None:
    make.topic()
    make.licence()
    agency = make.agency()
    person = make.person("contributor", agency)
    sign_in(page, person)
    page.get_by_role("link", name="Đăng ký bộ dữ liệu").first.click()
    form = page.url
    title, description = page.get_by_label("Tên bộ dữ liệu").first, page.get_by_label("Mô tả").first
    title.fill("Giường bệnh theo xã")
    description.fill(WORDS)
    page.get_by_role("checkbox").first.check()

    end_sessions()
    page.locator("main button[type=submit]").last.click()
    expect(page.get_by_text("Phiên làm việc đã hết nên điều bạn vừa gửi")).to_be_visible()
    page.get_by_label("Thư điện tử").fill(person.email)
    page.get_by_label("Mật khẩu", exact=True).fill(make.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()

    expect(page).to_have_url(form)
    expect(description).to_have_value("")
    page.get_by_role("button", name=RESTORE).click()
    expect(title).to_have_value("Giường bệnh theo xã")
    expect(description).to_have_value(WORDS)
    expect(page.get_by_role("checkbox").first).to_be_checked()

    # Another one at this browser is offered nothing.
    sign_out(page)
    sign_in(page, make.person("contributor", agency))
    page.goto(form)
    expect(page.get_by_role("button", name=RESTORE)).to_have_count(0)


def test_what_was_taken_is_not_offered_again(page: Page) -> None:
    agency = make.agency()
    dataset = make.dataset(at=agency)
    sign_in(page, make.person("contributor", agency))
    page.goto(f"/lam-viec/bo-du-lieu/{dataset.slug}/sua/")
    form, description = page.url, page.get_by_label("Mô tả").first
    description.fill(WORDS)
    page.reload()
    expect(page.get_by_role("button", name=RESTORE)).to_be_visible()
    page.get_by_role("button", name="Bỏ nội dung đó").click()
    page.reload()
    expect(page.get_by_role("button", name=RESTORE)).to_have_count(0)

    description.fill(WORDS)
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page).not_to_have_url(form)
    page.goto(form)
    expect(description).to_have_value(WORDS)
    expect(page.get_by_role("button", name=RESTORE)).to_have_count(0)


def test_leaving_asks_while_something_is_not_stored(page: Page) -> None:
    agency = make.agency()
    dataset = make.dataset(at=agency)
    sign_in(page, make.person("contributor", agency))
    page.goto(f"/lam-viec/bo-du-lieu/{dataset.slug}/sua/")
    form, asked = page.url, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    title, leave = page.get_by_label("Tên bộ dữ liệu").first, page.locator(".crumbs a").first

    title.press("End")
    title.press_sequentially("x")
    leave.click(no_wait_after=True)
    page.wait_for_function("() => true")
    expect(page).to_have_url(form)
    assert asked == ["beforeunload"]

    # A refused page holds what is stored nowhere: its draft outlives a walk to other pages.
    title.fill("")
    page.get_by_label("Mô tả").first.fill(WORDS)
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.get_by_role("alert")).to_be_visible()
    leave.click(no_wait_after=True)
    expect(page).to_have_url(form)
    assert asked == ["beforeunload"] * 2


def test_a_refused_form_is_not_a_taken_one(page: Page) -> None:
    agency = make.agency()
    dataset = make.dataset(at=agency)
    sign_in(page, make.person("contributor", agency))
    page.goto(f"/lam-viec/bo-du-lieu/{dataset.slug}/sua/")
    form = page.url
    page.get_by_label("Tên bộ dữ liệu").first.fill("")
    page.get_by_label("Mô tả").first.fill(WORDS)
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto("/lam-viec/")
    page.goto(form)
    page.get_by_role("button", name=RESTORE).click()
    expect(page.get_by_label("Mô tả").first).to_have_value(WORDS)
