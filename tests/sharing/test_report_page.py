"""Reports on connections: the same numbers on the page and in the file, each from what happened."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from core import clock
from sharing.actions import decisions
from sharing.models import CallRecord, ConnectionAccount, SharingService
from sharing.selectors.reports import tables_of, years
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
TODAY = "2026-12-03"


@pytest.fixture
def leader(cast: Cast) -> Person:
    return make.person("province_leader", make.agency("Văn phòng UBND tỉnh"))


def rows(key: str) -> list[list[Any]]:
    with at(TODAY):
        return next(table.rows for table in tables_of(2026) if table.key == key)


@pytest.fixture
def past(cast: Cast) -> ConnectionAccount:
    """Of three requests one was answered in time, one late, one waits since 2 December 2026."""
    service = made.service(cast)
    asked = lambda name: Cast(requester=make.agency(name), owner=cast.owner)  # noqa: E731
    with at("2026-11-12"):  # until the 19th
        late, refused = asked("Sở Trễ"), asked("Sở Bị từ chối")
        first = made.request_at(RequestState.PROCESSING, late, service)
        second = made.request_at(RequestState.PROCESSING, refused, service)
    with at("2026-11-16"):
        decisions.refuse(
            request=second, reason=made.REASON, legal_ground=made.GROUND, by=cast.officer
        )
    with at("2026-12-01"):
        account = made.issue(first, late).account
    with at("2026-12-02"):
        made.request_at(RequestState.SUBMITTED, asked("Sở Đang chờ"), service)
    return account


def test_on_time_by_month_and_by_owner(past: ConnectionAccount):
    assert rows("thang") == [["2026-11", 1, 1, 0, 100], ["2026-12", 1, 0, 0, 0]]
    assert rows("chu-quan") == [["Sở Giáo dục", 2, 1, 0, 50]]


def test_what_was_never_answered_is_not_on_time(cast: Cast, past: ConnectionAccount):
    with at("2026-11-05"):  # until the 12th
        made.request_at(
            RequestState.PROCESSING,
            Cast(requester=make.agency("Sở Bị quên"), owner=cast.owner),
            past.service,
        )
    assert rows("thang")[0] == ["2026-11", 1, 1, 1, 50]
    assert rows("chu-quan") == [["Sở Giáo dục", 2, 1, 1, 33]]


def test_what_is_open_and_for_how_long(past: ConnectionAccount):
    assert rows("dang-mo") == [["Mới gửi", 1, 1, 1]]


def test_the_middle_of_two_lies_between_them(
    client: Client, cast: Cast, leader: Person, past: ConnectionAccount
):
    with at("2026-11-13"):
        other = Cast(requester=make.agency("Sở Chờ lâu"), owner=cast.owner)
        made.request_at(RequestState.SUBMITTED, other, past.service)
    assert rows("dang-mo") == [["Mới gửi", 2, 10.5, 20]]
    with at(TODAY):
        assert ">10,5<" in look(client, leader, "connection_reports").replace(" ", "")


def test_refusals_with_their_ground(past: ConnectionAccount):
    (row,) = rows("tu-choi")
    assert row[:2] == [made.GROUND, made.REASON]
    assert row[3:] == ["Sở Bị từ chối", "Danh sách trường học", "Cơ quan đầu mối"]


def test_use_by_service(past: ConnectionAccount):
    for day, status in (("2026-12-02", 200), ("2026-12-02", 429), ("2027-01-01", 200)):
        with at(day):
            CallRecord.objects.create(
                account=past,
                at=clock.now(),
                status=status,
                rows=7 if status == 200 else 0,
                bytes=100,
                milliseconds=2,
                key=uuid4(),
            )
    assert rows("su-dung") == [["Danh sách trường học", "Sở Giáo dục", 1, 2, 1, 7, 200]]


def test_special_requests_with_advice(cast: Cast, past: ConnectionAccount):
    assert rows("dac-thu") == []
    SharingService.objects.update(form=SharingService.Form.SPECIAL)
    (row,) = rows("dac-thu")
    assert row[:3] == ["Danh sách trường học", "Sở Giáo dục", 1]
    assert row[4].startswith("Xem xét khi rà soát")
    other = Cast(requester=make.agency("Sở Thứ hai"), owner=cast.owner)
    SharingService.objects.update(form=SharingService.Form.DEFAULT)
    with at(TODAY):
        made.issued(other, past.service)
    SharingService.objects.update(form=SharingService.Form.SPECIAL)
    (row,) = rows("dac-thu")
    assert (row[2], row[4].partition(":")[0]) == (2, "Nhiều cơ quan cùng dùng")


def test_the_page_has_every_table(client: Client, leader: Person, past: ConnectionAccount):
    with at(TODAY):
        page = look(client, leader, "connection_reports")
    for table in tables_of(2026):
        assert table.title in page
    assert "<span>50%</span>" in page
    assert made.GROUND in page
    assert "Không có số liệu." in page  # nothing was called


def test_another_year_is_another_report(client: Client, leader: Person, past: ConnectionAccount):
    with at("2027-02-01"):
        assert years() == [2027, 2026]
        assert "<span>50%</span>" not in look(client, leader, "connection_reports")
        assert "<span>50%</span>" in look(client, leader, "connection_reports", nam="2026")
        assert "kết nối" in look(client, leader, "connection_reports", nam="1999")


def test_each_table_as_a_file(client: Client, leader: Person, past: ConnectionAccount):
    client.force_login(leader)
    with at(TODAY):
        response = client.get(reverse("connection_reports_csv"), {"bang": "chu-quan"})
        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
        assert answer(client, leader, "connection_reports_csv", bang="gi-do").status_code == 404
    assert lines == [
        'Chủ quản,Đã trả lời,Đúng hạn,"Chưa trả lời, đã quá hạn",Tỉ lệ đúng hạn',
        "Sở Giáo dục,2,1,0,50",
    ]
    assert "ket-noi_chu-quan_2026.csv" in response.headers["Content-Disposition"]


def test_others_have_no_reports(client: Client, cast: Cast):
    assert answer(client, cast.approver, "connection_reports").status_code == 403


@pytest.mark.parametrize("number", [1, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, leader: Person, django_assert_num_queries: Any, number: int
):
    service = made.service(cast)
    for _one in range(number):
        for state in (RequestState.ISSUED, RequestState.REFUSED, RequestState.SUBMITTED):
            side = Cast(requester=make.agency("Sở Nào đó"), owner=cast.owner)
            made.request_at(state, side, service)
    look(client, leader, "connection_reports")
    with django_assert_num_queries(QUERIES):
        look(client, leader, "connection_reports")


QUERIES = 19
