"""A connection travels: from an agency's request to rows through the gateway with a real token."""

import json
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from core import clock
from sharing.models import SharingService
from tests.browser.people import sign_in, sign_out
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = clock.today().isoformat()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    call_command("load_deadlines", verbosity=0)
    call_command("load_sharing", verbosity=0)
    return Cast()


@pytest.fixture
def service(cast: Cast) -> SharingService:
    return made.service(cast)


def test_a_connection_travels(cast: Cast, service: SharingService, site: str, page: Page):
    """The service first: its table is checked here, before a worker of the site would."""
    ask(page, cast, service)
    consent(page, cast)
    client_id, secret = issue(page, cast)
    token = token_of(site, client_id, secret)
    table = service.tables.get().resource_id
    status, answer = rows(site, f"/chia-se/v1/tables/{table}/rows", token)
    assert status == 200
    assert [row["ma_xa"] for row in answer["data"]] == ["00123", "00124", "00125"]
    assert "ti_le" not in answer["data"][0]
    suspend(page, cast)
    status, answer = rows(site, f"/chia-se/v1/tables/{table}/rows", token)
    assert status == 403
    assert answer["type"].endswith("account-suspended")


def ask(page: Page, cast: Cast, service: SharingService) -> None:
    sign_in(page, cast.contact)
    page.goto(f"/dich-vu-chia-se/{service.code}/")
    page.get_by_role("link", name="Yêu cầu kết nối").first.click()
    page.get_by_role("button", name="Bắt đầu").click()
    fill(page, "Phạm vi dữ liệu cần", "Mã xã, số trường; toàn tỉnh.")
    page.get_by_label("Kết nối trực tuyến giữa các hệ thống").check()
    fill(page, "Tần suất khai thác dự kiến", "200 lượt mỗi ngày")
    fill(page, "Sử dụng từ ngày", TODAY)
    go_on(page)
    fill(page, "Mục đích sử dụng", "Đối chiếu khi giải quyết thủ tục hành chính.")
    fill(page, "Căn cứ pháp lý", "Quyết định 12/QĐ-UBND ngày 05/01/2026")
    fill(page, "Xử lý và lưu trữ sau khi nhận", "Lưu 30 ngày rồi xoá.")
    page.get_by_role("checkbox").check()
    go_on(page)
    fill(page, "Họ tên cán bộ đầu mối", "Nguyễn Văn Thử")
    fill(page, "Chức vụ", "Chuyên viên")
    fill(page, "Điện thoại", "0238 3840 000")
    fill(page, "Thư điện tử công vụ", "dau-moi@thu.example")
    fill(page, "Hệ thống thông tin kết nối", "Hệ thống một cửa")
    fill(page, "Chủ quản hệ thống", "Sở Tư pháp")
    page.get_by_label("Cấp độ 3").check()
    fill(page, "Địa chỉ IP gọi dịch vụ", "127.0.0.1")
    go_on(page)
    fill(page, "Số, ký hiệu văn bản", "845/STP-VP")
    fill(page, "Ngày văn bản", TODAY)
    go_on(page)
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã gửi yêu cầu YC-")
    sign_out(page)


def consent(page: Page, cast: Cast) -> None:
    """Two columns of five are given."""
    sign_in(page, cast.approver)
    page.goto("/lam-viec/y-kien/")
    page.get_by_role("link", name="YC-").click()
    fill(page, "Số, ký hiệu văn bản", "77/SGD-VP")
    fill(page, "Ngày văn bản", TODAY)
    page.get_by_text("Chỉ cho phép một số cột").click()
    page.get_by_role("checkbox", name="Mã xã").check()
    page.get_by_role("checkbox", name="Số trường").check()
    page.get_by_role("button", name="Chấp thuận", exact=True).click()
    expect(page.get_by_text("hạn cấp tài khoản hoặc trả lời là hết ngày")).to_be_visible()
    sign_out(page)


def issue(page: Page, cast: Cast) -> tuple[str, str]:
    """Client id and secret, read off the page that shows them once."""
    sign_in(page, cast.officer)
    page.goto("/dieu-hanh/yeu-cau/")
    page.get_by_role("link", name="YC-").first.click()
    page.get_by_role("button", name="Nhận xử lý").click()
    page.get_by_role("link", name="Cấp tài khoản", exact=True).click()
    page.get_by_role("button", name="Cấp tài khoản và hiện khoá").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã cấp tài khoản")
    found = page.locator("#client-id").inner_text(), page.locator("#client-secret").inner_text()
    sign_out(page)
    return found


def suspend(page: Page, cast: Cast) -> None:
    sign_in(page, cast.officer)
    page.goto("/dieu-hanh/ket-noi/")
    page.get_by_role("link", name="TK-").click()
    page.get_by_role("link", name="Tạm dừng", exact=True).click()
    page.get_by_label("Lý do").select_option("security")
    fill(page, "Nội dung", "Có dấu hiệu truy cập bất thường.")
    page.get_by_role("button", name="Tạm dừng tài khoản").click()
    expect(page.get_by_text("Đã tạm dừng tài khoản")).to_be_visible()


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).first.fill(text)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()


def token_of(site: str, client_id: str, secret: str) -> str:
    request = urllib.request.Request(
        f"{site}/chia-se/v1/token",
        urllib.parse.urlencode({"grant_type": "client_credentials"}).encode(),
    )
    pair = b64encode(f"{client_id}:{secret}".encode()).decode()
    request.add_header("Authorization", f"Basic {pair}")
    return answered(request)[1]["access_token"]


def rows(site: str, path: str, token: str) -> tuple[int, Any]:
    request = urllib.request.Request(site + path)
    request.add_header("Authorization", f"Bearer {token}")
    return answered(request)


def answered(request: urllib.request.Request) -> tuple[int, Any]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)
