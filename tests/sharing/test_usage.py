"""Use of the gateway: of one account, of one service, by account; who sees whose calls."""

import csv
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core import clock
from deadlines.periods import Period
from sharing.models import CallRecord, ConnectionAccount, SharingService
from sharing.selectors import usage
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
NOVEMBER = {"thang": "2026-11"}


@pytest.fixture
def service(cast: Cast) -> SharingService:
    with at("2026-10-05"):
        return made.service(cast)


@pytest.fixture
def account(cast: Cast, service: SharingService) -> ConnectionAccount:
    with at("2026-10-05"):
        return made.issued(cast, service).account


@pytest.fixture
def used(account: ConnectionAccount) -> ConnectionAccount:
    """Three calls on 23 November, one of them refused, two on the 24th, one in December."""
    table = account.service.tables.get().resource_id
    with at("2026-11-23 10:00"):
        made.called(
            account,
            resource_id=table,
            query="huyen=Th%C3%A0nh+Vinh&fields=ma_xa,ten_xa",
            fields=["ma_xa", "ten_xa", "huyen", "so_truong", "dien_tich", "kinh_phi"],
            rows=1234,
            bytes=2_500_000,
            milliseconds=10,
            address="203.0.113.7",
        )
        made.called(account, milliseconds=20)
        made.called(account, status=429, problem="over-quota", rows=0, bytes=300, milliseconds=3)
    with at("2026-11-24 00:10"):
        made.called(account)
        made.called(account, status=403, rows=0, bytes=0)  # recorded before reasons were
    with at("2026-12-01 00:10"):
        made.called(account, status=403, problem="wrong-network", rows=0, bytes=0)
    return account


def page_of(client: Client, person: Person, name: str, *parts: object, **query: str) -> str:
    with at("2026-12-05"):
        return look(client, person, name, *parts, **query)


def between(page: str, start: str, end: str) -> str:
    return page.split(start, 1)[1].split(end, 1)[0]


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the table under the heading of that id, as text; its head left out."""
    body = between(between(page, f'id="{heading}"', "</table>"), "<tbody", "</tbody>")
    rows = body.split("<tr")[1:]
    return [[cell.rpartition(">")[2] for cell in _cells(row)] for row in rows]


def _cells(row: str) -> list[str]:
    """What stands before the first closing tag of each cell, or before its bar."""
    cells = row.replace("<th", "<td").split("<td")[1:]
    return [cell.split("<meter")[0].split("</")[0] for cell in cells]


def file_of(client: Client, person: Person, name: str, *parts: object, **query: str) -> Any:
    with at("2026-12-05"):
        response = answer(client, person, name, *parts, **query)
        assert response.streaming
        text = b"".join(response.streaming_content).decode("utf-8-sig")
    return response, list(csv.reader(StringIO(text)))


def test_a_month_by_day(client: Client, cast: Cast, used: ConnectionAccount):
    page = page_of(client, cast.contact, "account_usage", used.code, **NOVEMBER)
    assert table(page, "theo-ngay") == [
        ["24/11/2026", "2", "1", "100", "2,0 KB", "3"],
        ["23/11/2026", "3", "1", "1.334", "2,4 MB", "11"],
    ]
    facts = between(page, '<dl class="facts', "</dl>")
    for figure in (">5<", ">2<", ">1.434<", ">2,4 MB<"):
        assert figure in facts
    assert '<meter class="use" min="0" max="3" value="2"' in page
    assert "style=" not in between(page, "<main", "</main>")


def test_days_are_those_of_vietnam(client: Client, cast: Cast, used: ConnectionAccount):
    """00:10 on 1 December there is still November in UTC."""
    page = page_of(client, cast.contact, "account_usage", used.code, thang="2026-12")
    assert [row[0] for row in table(page, "theo-ngay")] == ["01/12/2026"]
    assert "Địa chỉ gọi không được phép" in page


def test_refused_by_reason(client: Client, cast: Cast, used: ConnectionAccount):
    made.called(used, at=clock.midnight(date(2026, 11, 25)), status=429, problem="over-quota")
    page = page_of(client, cast.contact, "account_usage", used.code, **NOVEMBER)
    assert table(page, "tu-choi") == [
        ["Hết hạn mức trong ngày", "429", "2"],
        ["Mã lỗi 403", "403", "1"],
    ]


def test_every_call_with_what_was_asked_and_given(
    client: Client, cast: Cast, used: ConnectionAccount
):
    page = page_of(client, cast.contact, "account_usage", used.code, **NOVEMBER)
    calls = between(page, 'id="tung-luot"', "</table>")
    assert "5 lượt gọi" in calls
    first = calls.split("<tr")[-1]
    resource = used.service.tables.get().resource
    for said in (
        "10:00:00 23/11/2026",
        "203.0.113.7",
        f"{resource.dataset.title}: {resource.title}",
        "huyen=Thành Vinh&amp;fields=ma_xa,ten_xa",
        "ma_xa, ten_xa, huyen, so_truong và 2 cột khác",
        "Thành công",
        "1.234",
        "2,4 MB",
    ):
        assert said in first, said


@pytest.mark.parametrize(
    ("asked", "number"), [("", 5), ("tu-choi", 2), ("thanh-cong", 3), ("khac", 5)]
)
def test_only_what_was_refused(
    client: Client, cast: Cast, used: ConnectionAccount, asked: str, number: int
):
    query = {**NOVEMBER, "ket_qua": asked}
    page = page_of(client, cast.contact, "account_usage", used.code, **query)
    assert f"{number} lượt gọi" in page
    assert len(table(page, "theo-ngay")) == 2  # the days are of all calls
    _response, rows = file_of(client, cast.contact, "account_calls_csv", used.code, **query)
    assert len(rows) == 1 + number


def test_the_month_is_chosen_among_those_with_an_account(
    client: Client, cast: Cast, used: ConnectionAccount
):
    for query in ({}, {"thang": "2026-12"}, {"thang": "2026-09"}, {"thang": "x"}):
        page = page_of(client, cast.contact, "account_usage", used.code, **query)
        assert "<title>Sử dụng TK-2026-0001 – Tháng 12/2026" in page
    options = between(page, '<select name="thang"', "</select>")
    assert [code for code in ("2026-12", "2026-11", "2026-10", "2026-09") if code in options] == [
        "2026-12",
        "2026-11",
        "2026-10",
    ]


def test_a_month_without_calls_says_so(client: Client, cast: Cast, account: ConnectionAccount):
    page = page_of(client, cast.contact, "account_usage", account.code, **NOVEMBER)
    assert "Tháng 11/2026: không có lượt gọi nào qua cổng chia sẻ." in page
    assert "<table" not in page


def test_months_go_back_as_far_as_calls_are_kept(settings: Any):
    settings.CALL_RECORD_DAYS = 40
    with at("2026-12-05"):
        assert usage.months(date(2020, 1, 1)) == [
            Period.parse("2026-12"),
            Period.parse("2026-11"),
            Period.parse("2026-10"),
        ]
        assert usage.months(date(2026, 12, 5)) == [Period.parse("2026-12")]


def test_the_calls_are_paged(client: Client, cast: Cast, account: ConnectionAccount):
    with at("2026-11-23"):
        for number in range(53):
            made.called(account, rows=number)
    page = page_of(client, cast.contact, "account_usage", account.code, **NOVEMBER)
    assert len(between(page, 'id="tung-luot"', "</table>").split("<tr")) - 2 == 50
    page = page_of(client, cast.contact, "account_usage", account.code, page="2", **NOVEMBER)
    assert len(between(page, 'id="tung-luot"', "</table>").split("<tr")) - 2 == 3
    assert "thang=2026-11" in between(page, '<nav class="pager"', "</nav>")


def test_the_calls_as_a_file(client: Client, cast: Cast, used: ConnectionAccount):
    response, rows = file_of(client, cast.contact, "account_calls_csv", used.code, **NOVEMBER)
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="luot-goi_{used.code}_2026-11.csv"'
    )
    assert "no-store" in response.headers["Cache-Control"]
    assert rows[0][:3] == ["Thời điểm", "Tài khoản", "Cơ quan sử dụng"]
    assert rows[-1] == [
        "23/11/2026 10:00:00",
        used.code,
        "Sở Tư pháp",
        str(used.service.tables.get().resource_id),
        "huyen=Th%C3%A0nh+Vinh&fields=ma_xa,ten_xa",
        "ma_xa, ten_xa, huyen, so_truong, dien_tich, kinh_phi",
        "200",
        "Thành công",
        "1234",
        "2500000",
        "10",
        "203.0.113.7",
    ]
    assert [row[7] for row in rows[1:3]] == ["Mã lỗi 403", "Thành công"]


def test_a_query_that_looks_like_a_formula_is_no_formula(
    client: Client, cast: Cast, account: ConnectionAccount
):
    with at("2026-12-05"):
        made.called(account, query="=HYPERLINK(1)")
    _response, rows = file_of(client, cast.contact, "account_calls_csv", account.code)
    assert rows[1][4] == "'=HYPERLINK(1)"


def test_a_service_by_the_agencies_that_call_it(
    client: Client, cast: Cast, used: ConnectionAccount, service: SharingService
):
    with at("2026-11-20"):
        other = Cast(requester=make.agency("Sở Nội vụ"), owner=cast.owner)
        busy = made.issued(other, service).account
        for _one in range(7):
            made.called(busy)
    page = page_of(client, cast.describer, "service_usage", service.code, **NOVEMBER)
    lines = between(page, 'id="theo-tai-khoan"', "</table>").split("<tr")[2:]
    assert ["Sở Nội vụ" in lines[0], "Sở Tư pháp" in lines[1]] == [True, True]
    assert busy.code in lines[0]
    assert "<div>7<meter" in lines[0]
    assert "<div>5<meter" in lines[1]
    assert "12 lượt gọi" in page
    _response, rows = file_of(client, cast.describer, "service_calls_csv", service.code, **NOVEMBER)
    assert {row[2] for row in rows[1:]} == {"Sở Nội vụ", "Sở Tư pháp"}


def test_each_sees_the_calls_that_are_theirs(client: Client, cast: Cast, used: ConnectionAccount):
    """Both sides and the officers see the account; another agency's calls are nobody else's."""
    foreign_cast = Cast(requester=make.agency("Sở Y tế"), owner=make.agency("Sở Khác"))
    with at("2026-11-20"):
        foreign = made.issued(foreign_cast).account
        made.called(foreign)
    for person in (cast.contact, cast.approver, cast.describer, cast.officer):
        for name in ("account_usage", "account_calls_csv"):
            assert answer(client, person, name, used.code).status_code == 200
    for person in (cast.contact, cast.approver):
        for name in ("account_usage", "account_calls_csv"):
            assert answer(client, person, name, foreign.code).status_code == 404
    for person in (cast.contact, foreign_cast.approver):
        for name in ("service_usage", "service_calls_csv"):
            assert answer(client, person, name, used.service.code).status_code == 404
    for person, name, seen in (
        (cast.contact, "connections_usage", {used.code}),
        (cast.contact, "services_usage", set()),
        (cast.approver, "services_usage", {used.code}),
        (cast.approver, "connections_usage", set()),
        (foreign_cast.describer, "services_usage", {foreign.code}),
        (cast.officer, "office_usage", {used.code, foreign.code}),
        (cast.officer, "connections_usage", set()),
    ):
        page = page_of(client, person, name, **NOVEMBER)
        assert {code for code in (used.code, foreign.code) if code in page} == seen, name
        _response, rows = file_of(client, person, f"{name}_csv", **NOVEMBER)
        assert {row[0] for row in rows[1:]} == seen


def test_not_for_those_without_the_right(client: Client, cast: Cast, used: ConnectionAccount):
    leader = make.person("province_leader", cast.authority)
    for name, *parts in (
        ("office_usage",),
        ("connections_usage",),
        ("account_usage", used.code),
        ("service_usage", used.service.code),
    ):
        assert answer(client, leader, name, *parts).status_code in {403, 404}
    for person in (cast.contact, cast.approver):
        assert answer(client, person, "office_usage").status_code == 403


def test_all_accounts_as_a_file(client: Client, cast: Cast, used: ConnectionAccount):
    response, rows = file_of(client, cast.officer, "office_usage_csv", **NOVEMBER)
    assert 'filename="su-dung_toan-tinh_2026-11.csv"' in response.headers["Content-Disposition"]
    assert rows[1] == [
        used.code,
        "Sở Tư pháp",
        "Danh sách trường học",
        "Sở Giáo dục",
        "5",
        "2",
        "1434",
        "2504396",
        "24/11/2026 00:10:00",
    ]


def test_reached_from_where_one_looks_for_it(
    client: Client, cast: Cast, used: ConnectionAccount, service: SharingService
):
    for person, page, parts, query, target in (
        (cast.contact, "connection_account", [used.code], {}, ("account_usage", used.code)),
        (cast.describer, "own_service", [service.code], {}, ("service_usage", service.code)),
        (cast.describer, "own_services", [], {}, ("services_usage",)),
        (cast.officer, "office_accounts", [], {}, ("office_usage",)),
        (cast.contact, "connections", [], {"muc": "tai-khoan"}, ("connections_usage",)),
        (cast.officer, "office_usage", [], NOVEMBER, ("account_usage", used.code)),
    ):
        name, *target_parts = target
        markup = page_of(client, person, page, *parts, **query)
        assert f'href="{reverse(name, args=target_parts)}' in markup, page


def test_counting_asks_for_nothing_that_the_index_does_not_hold(used: ConnectionAccount):
    """So that PostgreSQL need not look at the calls themselves."""
    (index,) = CallRecord._meta.indexes
    held = {"account_id", "at", *index.include}
    with CaptureQueriesContext(connection) as asked:
        calls = usage.in_month(CallRecord.objects.filter(account=used), Period.parse("2026-11"))
        usage.use_of(calls)
        usage.refusals_of(calls)
        usage.accounts_in(calls)
    counted = [one["sql"] for one in asked if "COUNT" in one["sql"]]
    assert len(counted) == 3
    for sql in counted:
        assert set(re.findall(r'"sharing_callrecord"\."(\w+)"', sql)) <= held, sql


@pytest.mark.parametrize("number", [1, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    cast: Cast,
    used: ConnectionAccount,
    service: SharingService,
    django_assert_num_queries: Any,
    number: int,
):
    with at("2026-11-20"):
        for each in range(number):
            other = Cast(requester=make.agency(f"Sở {each}"), owner=cast.owner)
            busy = made.issued(other, service).account
            for _one in range(number):
                made.called(busy, resource_id=service.tables.get().resource_id)
                made.called(busy, status=404, problem="not-found")
    for person, name, parts in (
        (cast.officer, "account_usage", [used.code]),
        (cast.describer, "service_usage", [service.code]),
        (cast.officer, "office_usage", []),
        (cast.describer, "services_usage", []),
        (cast.contact, "connections_usage", []),
    ):
        page_of(client, person, name, *parts, **NOVEMBER)
        with django_assert_num_queries(QUERIES[name]):
            page_of(client, person, name, *parts, **NOVEMBER)


QUERIES = {
    "account_usage": 20,
    "service_usage": 21,
    "office_usage": 19,
    "services_usage": 17,
    "connections_usage": 19,
}
