"""/ket-noi/: what an agency has asked for, whose turn it is, and the accounts it uses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.actions import accounts
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db


def test_shows_state_turn_and_due_day_of_every_request(client: Client, cast: Cast):
    service = made.service(cast)
    with at("2026-11-23"):
        waits = made.request_at(RequestState.SUBMITTED, cast, service)
        runs = made.request_at(RequestState.PROCESSING, cast, service)
        made.request_at(RequestState.DRAFT, cast, service)
        page = look(client, cast.contact, "connections")
    assert f"{waits.number} – Danh sách trường học" in page
    assert "Chờ Sở Giáo dục trả lời bằng văn bản" in page
    assert f"{runs.number} – Danh sách trường học" in page
    assert "Cơ quan đầu mối xử lý" in page
    assert '<time datetime="2026-12-01">01/12/2026</time>' in page
    assert "Thời hạn chưa tính" in page
    assert "Bản nháp – Danh sách trường học" in page
    assert "Cơ quan yêu cầu soạn tiếp và gửi" in page


def test_what_is_late_is_seen_to_be(client: Client, cast: Cast):
    with at("2026-11-02"):
        made.request_at(RequestState.PROCESSING, cast)
    with at("2026-11-23"):
        page = look(client, cast.contact, "connections")
    assert 'class="late"' in page
    assert "Quá hạn" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RequestState.NEEDS_SUPPLEMENT, "Cơ quan yêu cầu bổ sung và gửi lại"),
        (RequestState.ISSUED, "Đã có tài khoản để sử dụng"),
        (RequestState.OWNER_REFUSED, "Không còn việc phải làm"),
        (RequestState.WITHDRAWN, "Không còn việc phải làm"),
    ],
)
def test_says_whose_turn_it_is(client: Client, cast: Cast, state: str, words: str):
    made.request_at(state, cast)
    assert words in look(client, cast.contact, "connections")


def test_an_account_that_stands_still_or_ended_is_not_called_ready(client: Client, cast: Cast):
    account = made.issued(cast).account
    accounts.suspend(account=account, reason="security", note=made.REASON, by=cast.officer)
    assert "Tài khoản đang tạm dừng" in look(client, cast.contact, "connections")
    with at("2030-03-04"):
        accounts.end(account=account, reason=made.REASON, by=cast.officer)
    for page in (
        look(client, cast.contact, "connections"),
        look(client, cast.contact, "connection_request", account.request_id),
    ):
        assert "Đã có tài khoản để sử dụng" not in page
        assert "Tài khoản không còn hiệu lực" in page
    for name, args in (("connections", ()), ("office_accounts", ())):
        person = cast.contact if name == "connections" else cast.officer
        query = {"muc": "tai-khoan"} if name == "connections" else {}
        assert "04/03/2030" in look(client, person, name, *args, **query)


def test_the_accounts_stand_behind_their_own_link(client: Client, cast: Cast):
    account = made.issued(cast).account
    assert account.code not in look(client, cast.contact, "connections")
    page = look(client, cast.contact, "connections", muc="tai-khoan")
    assert reverse("connection_account", args=[account.code]) in page
    assert "Sở Giáo dục" in page


def test_shows_nothing_of_other_agencies(client: Client, cast: Cast):
    asked = made.request_at(RequestState.SUBMITTED, cast)
    account = made.issued(Cast(requester=cast.requester, owner=cast.owner)).account
    for person in (make.person("contact_officer", make.agency("Sở Khác")), cast.officer):
        assert asked.number not in look(client, person, "connections")
        assert account.code not in look(client, person, "connections", muc="tai-khoan")


def test_without_anything_it_says_how_to_begin(client: Client, cast: Cast):
    page = look(client, cast.contact, "connections")
    assert "Cơ quan chưa gửi yêu cầu kết nối nào." in page
    assert reverse("request_begin") in page


def test_somebody_without_the_right_is_not_offered_to_ask(client: Client, cast: Cast):
    page = look(client, make.person("contributor", cast.requester), "connections")
    assert reverse("request_begin") not in page


def test_somebody_without_any_agency_work_is_refused(client: Client, cast: Cast):
    assert answer(client, make.person("operator", cast.authority), "connections").status_code == 403


def test_the_list_is_paged(client: Client, cast: Cast):
    service = made.service(cast)
    numbers = [made.request_at(RequestState.SUBMITTED, cast, service).number for _ in range(21)]
    first, second = (look(client, cast.contact, "connections", page=page) for page in ("1", "2"))
    assert numbers[-1] in first
    assert numbers[0] not in first
    assert numbers[0] in second


def test_many_requests_cost_no_more_queries(
    client: Client, cast: Cast, django_assert_num_queries: Any
):
    service = made.service(cast)
    for _ in range(3):
        made.request_at(RequestState.PROCESSING, cast, service)
    client.force_login(cast.contact)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("connections"))


QUERIES = 12
