"""The spine: a file of the quarter goes from the agency's desk to a citizen's download.

At 1280 and 360 px, and once more without JavaScript.
"""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from catalog.models import Resource
from tests import factories as make
from tests.browser.people import sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Office:
    """An agency that has registered a dataset and delivered nothing yet."""

    table: Resource
    contributor: Person
    approver: Person


@pytest.fixture
def office(transactional_db: None) -> Office:
    agency = make.agency("Sở Giáo dục và Đào tạo")
    contributor = make.person("contributor", agency)
    dataset = make.dataset("Trường học theo xã", at=agency, by=contributor)
    return Office(dataset.resources.get(), contributor, make.person("approver", agency))


def test_a_quarter_travels(page: Page, office: Office, tmp_path: Path):
    travel(page, office, tmp_path)


def test_a_quarter_travels_without_javascript(
    page_without_javascript: Page, office: Office, tmp_path: Path
):
    travel(page_without_javascript, office, tmp_path)


def travel(page: Page, office: Office, folder: Path) -> None:
    deliver(page, office, folder)
    approve(page, office)
    find(page)
    sort(page)
    take_home(page, folder)


def deliver(page: Page, office: Office, folder: Path) -> None:
    file = folder / "truong-hoc.csv"
    file.write_text(make.GOOD_CSV, encoding="utf-8")
    sign_in(page, office.contributor)
    page.get_by_role("link", name="Nộp dữ liệu").first.click()
    page.get_by_label("Tệp dữ liệu").set_input_files(file)
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    wait_for_check(page)
    page.get_by_role("link", name="Tiếp tục: xem lại và nộp").click()
    page.get_by_role("button", name="Nộp dữ liệu Quý").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Biên nhận")
    sign_out(page)


def wait_for_check(page: Page) -> None:
    """The state arrives by itself with JavaScript, and with a reload without."""
    ready = page.get_by_role("link", name="Tiếp tục: xem lại và nộp")
    for _ in range(60):
        if ready.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(ready).to_be_visible()


def approve(page: Page, office: Office) -> None:
    sign_in(page, office.approver)
    page.goto("/lam-viec/phe-duyet/")
    page.get_by_role("link", name="Xem và quyết định").click()
    page.get_by_label("Tôi đã xem các dòng dữ liệu").check()
    page.get_by_role("button", name="Phê duyệt và công bố").click()
    expect(page.get_by_text("Đã công bố").first).to_be_visible()
    sign_out(page)


def find(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").first.fill("truong hoc")
    page.get_by_role("main").get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Trường học theo xã").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trường học theo xã")


def sort(page: Page) -> None:
    table = page.get_by_role("table").first
    table.get_by_role("link", name="Số trường").click()
    first = page.get_by_role("table").first.get_by_role("row").nth(1)
    expect(first).to_contain_text("Diễn Châu")
    assert page.locator("th[aria-sort=ascending]").count() == 1


def take_home(page: Page, folder: Path) -> None:
    wait_for_excel(page)
    saved = {ending: save(page, ending, folder) for ending in ("csv", "xlsx", "json", "parquet")}
    text = saved["csv"].read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["Tên xã"] == "Đô Lương"
    assert workbook_rows(saved["xlsx"])[1][:3] == ("00123", "Đô Lương", 12)
    assert json.loads(saved["json"].read_text(encoding="utf-8"))[0]["ma_xa"] == "00123"
    assert pyarrow.parquet.read_table(saved["parquet"]).num_rows == 3


def workbook_rows(path: Path) -> list[tuple[object, ...]]:
    with path.open("rb") as file:
        return list(openpyxl.load_workbook(file).active.values)


def wait_for_excel(page: Page) -> None:
    for _ in range(60):
        if page.locator("a[href$='.xlsx']").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("the Excel copy was not made within 30 s")


def save(page: Page, ending: str, folder: Path) -> Path:
    """Download through the link in the list of periods, which is always in view."""
    link = page.locator(f"table a[href$='.{ending}']:not([href*='_goc'])").first
    with page.expect_download() as download:
        link.click()
    path = folder / f"saved.{ending}"
    download.value.save_as(path)
    return path
