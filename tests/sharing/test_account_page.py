"""One connection account: seen by both sides, its keys changed by one, stopped by the data authority."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actions.audit import record
from accounts.models import Person
from sharing.actions import accounts
from sharing.models import ConnectionAccount
from sharing.states import AccountState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
NOTE = "Nâng cấp máy chủ của trung tâm dữ liệu."
STEPS = ("suspend", "resume", "end", "rotate")


@pytest.fixture
def account(cast: Cast) -> ConnectionAccount:
    with at("2026-11-23"):
        return made.issued(cast).account


def again(account: ConnectionAccount) -> ConnectionAccount:
    return ConnectionAccount.objects.get(pk=account.pk)


def test_both_sides_and_the_authority_see_it(
    client: Client, cast: Cast, account: ConnectionAccount
):
    for person in (cast.contact, cast.approver, cast.describer, cast.officer):
        page = look(client, person, "connection_account", account.code)
        for words in (
            account.code,
            "Sở Tư pháp",
            "Sở Giáo dục",
            "Hệ thống một cửa",
            "1.000 lượt mỗi ngày, 60 lượt mỗi phút",
            "127.0.0.1/32",
            "77/SGD-VP",
            "Các cột:",
            "Chưa có lượt gọi nào trong 30 ngày qua.",
        ):
            assert words in page, words


def test_what_each_may_do(client: Client, cast: Cast, account: ConnectionAccount):
    names = {f"account_{step}" for step in STEPS} | {"credential_revoke"}
    credential = account.credentials.get()

    def offered(person: Person) -> set[str]:
        page = look(client, person, "connection_account", account.code)
        parts = {"credential_revoke": [account.code, credential.pk]}
        return {
            name
            for name in names
            if f'"{reverse(name, args=parts.get(name, [account.code]))}"' in page
        }

    assert offered(cast.contact) == {"account_rotate", "credential_revoke"}
    assert offered(cast.officer) == {"account_suspend", "account_end"}
    assert offered(cast.approver) == set()


def test_for_other_agencies_it_does_not_exist(
    client: Client, cast: Cast, account: ConnectionAccount
):
    credential = account.credentials.get()
    for role in ("contact_officer", "approver"):
        stranger = make.person(role, make.agency("Sở Khác"))
        assert answer(client, stranger, "connection_account", account.code).status_code == 404
        for step in STEPS:
            response = send(client, stranger, f"account_{step}", account.code, reason=NOTE)
            assert response.status_code in {403, 404}
        response = send(client, stranger, "credential_revoke", account.code, credential.pk)
        assert response.status_code == 404
    assert again(account).state == AccountState.ACTIVE
    assert account.credentials.get().ends_at is None


def test_a_new_key_beside_the_old_one(client: Client, cast: Cast, account: ConnectionAccount):
    with at("2026-12-01"):
        response = send(client, cast.contact, "account_rotate", account.code)
        found = re.search(r'<code id="client-secret">([^<]+)<', response.content.decode())
        assert found
        assert response.headers["Cache-Control"] == "private, no-store"
        page = look(client, cast.contact, "connection_account", account.code)
    new, old = account.credentials.order_by("-made_at")
    assert old.ends_at.date() == date(2026, 12, 8)
    assert new.ends_at is None
    assert found[1] not in page
    assert new.application.client_secret != found[1]
    assert f"{found[1][:4]}…" in page


def test_what_cannot_be_taken_back_is_asked_once_more(
    client: Client, cast: Cast, account: ConnectionAccount
):
    """A new key, a key taken back, an account that runs again: opening the page does nothing yet."""
    credential = account.credentials.get()
    page = look(client, cast.contact, "account_rotate", account.code)
    assert "Khoá cũ còn dùng được 7 ngày" in page
    page = look(client, cast.contact, "credential_revoke", account.code, credential.pk)
    assert "Khoá hết hiệu lực ngay" in page
    assert f"{credential.hint}…" in page
    assert account.credentials.get().ends_at is None
    assert "không thể thực hiện" in look(client, cast.officer, "account_resume", account.code)
    accounts.suspend(account=account, reason="security", note=NOTE, by=cast.officer)
    assert "gọi lại được ngay" in look(client, cast.officer, "account_resume", account.code)
    assert again(account).state == AccountState.SUSPENDED
    page = look(client, cast.contact, "account_rotate", account.code)
    assert "Chỉ đổi được khoá của tài khoản đang hoạt động." in page


def test_nobody_is_suspended_for_a_reason_that_was_not_chosen(
    client: Client, cast: Cast, account: ConnectionAccount
):
    assert "Hãy chọn</option>" in look(client, cast.officer, "account_suspend", account.code)
    page = send(client, cast.officer, "account_suspend", account.code, note=NOTE).content.decode()
    assert "Hãy chọn một mục." in page
    assert again(account).state == AccountState.ACTIVE


def test_a_key_is_taken_back_at_once(client: Client, cast: Cast, account: ConnectionAccount):
    credential = account.credentials.get()
    page = send(client, cast.contact, "credential_revoke", account.code, credential.pk)
    text = page.content.decode()
    assert f"Đã thu hồi khoá bắt đầu bằng {credential.hint}." in text
    assert "đã hết hiệu lực" in text
    credential.refresh_from_db()
    ended = credential.ends_at
    assert credential.has_ended
    page = send(client, cast.contact, "credential_revoke", account.code, credential.pk)
    assert "Khoá này đã hết hiệu lực." in page.content.decode()
    credential.refresh_from_db()
    assert credential.ends_at == ended


def test_a_key_of_another_account_is_not_found(
    client: Client, cast: Cast, account: ConnectionAccount
):
    other = made.issued(Cast()).account.credentials.get()
    response = send(client, cast.contact, "credential_revoke", account.code, other.pk)
    assert response.status_code == 404
    other.refresh_from_db()
    assert other.ends_at is None


def test_suspended_and_resumed(client: Client, cast: Cast, account: ConnectionAccount):
    with at("2026-12-01"):
        page = send(
            client,
            cast.officer,
            "account_suspend",
            account.code,
            reason="maintenance",
            note=NOTE,
            expected_back="2026-12-05",
        ).content.decode()
        assert "Đã tạm dừng tài khoản; hai bên đã được báo." in page
        assert NOTE in page
        page = look(client, cast.contact, "connection_account", account.code)
        assert "Nâng cấp, bảo trì." in page
        assert "05/12/2026" in page
        assert reverse("account_rotate", args=[account.code]) not in page
        response = send(client, cast.contact, "account_rotate", account.code)
        assert "Chỉ đổi được khoá của tài khoản đang hoạt động." in response.content.decode()
        page = send(client, cast.officer, "account_resume", account.code).content.decode()
    assert "Tài khoản hoạt động trở lại" in page
    assert again(account).state == AccountState.ACTIVE
    for kind in ("account.suspend", "account.resume"):
        for person in (cast.contact, cast.approver):
            assert person.notices.filter(kind=kind).count() == 1


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"reason": ""}, "reason", "Hãy chọn một mục."),
        ({"note": "bảo trì"}, "note", "ít nhất 10 ký tự"),
        ({"expected_back": "2026-11-30"}, "expected_back", "Ngày này đã qua"),
    ],
)
def test_a_suspension_without_what_it_needs(
    client: Client,
    cast: Cast,
    account: ConnectionAccount,
    facts: dict[str, str],
    field: str,
    sentence: str,
):
    whole = {"reason": "maintenance", "note": NOTE, "expected_back": "", **facts}
    with at("2026-12-01"):
        response = send(client, cast.officer, "account_suspend", account.code, **whole)
    assert sentence in " ".join(response.context["form"].errors[field])
    assert again(account).state == AccountState.ACTIVE


def test_ended_for_good(client: Client, cast: Cast, account: ConnectionAccount):
    response = send(client, cast.officer, "account_end", account.code, reason="ngắn")
    assert "ít nhất 10 ký tự" in " ".join(response.context["form"].errors["reason"])
    send(client, cast.officer, "account_end", account.code, reason="Cơ quan không còn nhu cầu.")
    assert again(account).state == AccountState.ENDED
    page = look(client, cast.contact, "connection_account", account.code)
    assert "Cơ quan không còn nhu cầu." in page
    for step in ("suspend", "end"):
        response = send(client, cast.officer, f"account_{step}", account.code, reason=NOTE)
        text = response.content.decode()
        assert "Tài khoản đang ở trạng thái “Đã chấm dứt”" in text
        assert "<textarea" not in text
    page = send(client, cast.officer, "account_resume", account.code).content.decode()
    assert "không thể thực hiện" in page


def test_use_by_day(client: Client, cast: Cast, account: ConnectionAccount):
    with at("2026-11-30"):
        made.called(account)
        made.called(account, status=429, rows=0, bytes=0)
    with at("2026-12-01"):
        made.called(account)
        page = look(client, cast.approver, "connection_account", account.code)
    second, first = page.split("Sử dụng trong 30 ngày")[1].split("<tbody")[1].split("</tr>")[:2]
    assert "2026-11-30" in first
    assert "<div>2<meter" in first
    assert "<span>1</span>" in first
    assert "2026-12-01" in second
    assert reverse("account_usage", args=[account.code]) in page


def test_the_list_of_all(client: Client, cast: Cast, account: ConnectionAccount):
    other = made.issued(Cast()).account
    accounts.suspend(account=other, reason="security", note=NOTE, by=cast.officer)
    page = look(client, cast.officer, "office_accounts")
    assert account.code in page
    assert other.code in page
    page = look(client, cast.officer, "office_accounts", tt="suspended")
    assert account.code not in page
    assert other.code in page
    assert answer(client, cast.contact, "office_accounts").status_code == 403


@pytest.mark.parametrize("number", [1, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    cast: Cast,
    account: ConnectionAccount,
    django_assert_num_queries: Any,
    number: int,
):
    for _one in range(number):
        accounts.rotate(account=account, by=cast.contact)
        made.issued(Cast())
        made.called(account)
    for name, parts, queries in (
        ("connection_account", [account.code], QUERIES),
        ("office_accounts", [], QUERIES_OF_THE_LIST),
    ):
        look(client, cast.officer, name, *parts)
        with django_assert_num_queries(queries):
            look(client, cast.officer, name, *parts)


QUERIES = 18
QUERIES_OF_THE_LIST = 16


def test_the_trail_names_tables_and_columns(client: Client, cast: Cast, account: ConnectionAccount):
    """Not their keys; conditions on rows as the account's page has them."""
    table = account.service.tables.get().resource
    scope = {str(table.pk): {"columns": ["ma_xa"], "rows": [["ma_xa", "ge", "00128"]]}}
    with transaction.atomic():
        record(by=None, action="account.granted", target=account, after={"scope": scope})
    auditor = make.person("auditor", make.agency("Thanh tra tỉnh"))
    for action in ("account.granted", "service.described"):
        page = look(client, auditor, "audit", viec=action)
        assert str(table.pk) not in page
        assert table.title_vi in page
    page = look(client, auditor, "audit", viec="account.granted")
    assert f"{table.title_vi} (Mã xã) [Mã xã từ 00128 trở lên]" in page
