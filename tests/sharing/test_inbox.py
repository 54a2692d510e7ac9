"""The officers' inbox: by legal day, those without a clock last; counters, filters, the file."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.actions import decisions
from sharing.models import ConnectionRequest
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast: Cast) -> dict[str, ConnectionRequest]:
    """Requests for one service as they stand on 3 December 2026, by their group."""
    service = made.service(cast)
    asked = lambda name: Cast(requester=make.agency(name), owner=cast.owner)  # noqa: E731
    with at("2026-11-23"):  # until 1 December
        late = made.request_at(RequestState.PROCESSING, asked("Sở Trễ hạn"), service)
    with at("2026-11-26"):  # until 3 December
        today = made.request_at(RequestState.CONSENTED, asked("Sở Hôm nay"), service)
    with at("2026-12-02"):
        running = made.request_at(RequestState.PROCESSING, asked("Sở Trong hạn"), service)
        waiting = made.request_at(RequestState.SUBMITTED, asked("Sở Đang chờ"), service)
        answered = made.request_at(RequestState.ISSUED, asked("Sở Đã xong"), service)
        made.request_at(RequestState.DRAFT, asked("Sở Còn viết"), service)
    return {
        "late": late,
        "today": today,
        "running": running,
        "waiting": waiting,
        "answered": answered,
    }


def page_of(client: Client, cast: Cast, **query: str) -> Any:
    with at("2026-12-03"):
        return answer(client, cast.officer, "office_requests", **query)


def numbers(response: Any) -> list[str]:
    return [line.request.number for line in response.context["lines"]]


def test_the_most_pressing_comes_first(client: Client, cast: Cast, cases: dict[str, Any]):
    shown = numbers(page_of(client, cast))
    assert shown == [cases[name].number for name in ("late", "today", "running", "waiting")]


def test_counters_say_how_many_stand_where(client: Client, cast: Cast, cases: dict[str, Any]):
    counters = page_of(client, cast).context["counters"]
    assert (counters.overdue, counters.today, counters.running, counters.waiting) == (1, 1, 1, 1)
    assert (counters.on_time, counters.answered, counters.share) == (1, 1, 100)


def test_the_clock_in_words(client: Client, cast: Cast, cases: dict[str, Any]):
    with at("2026-12-03"):
        page = look(client, cast.officer, "office_requests")
    assert "Quá hạn 2 ngày" in page
    assert "Ngày làm việc 5/5" in page
    assert "Hạn hôm nay" in page
    assert "Thời hạn chưa tính" in page
    assert "845/STN-VP" in page


def test_a_paused_clock_says_so(client: Client, cast: Cast, cases: dict[str, Any]):
    with at("2026-12-03"):
        decisions.ask_supplement(request=cases["running"], reason=made.REASON, by=cast.officer)
        page = look(client, cast.officer, "office_requests", tt="supplement")
    assert "Tạm dừng, chờ bổ sung" in page
    assert cases["late"].number not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tt": "qua-han"}, ["late"]),
        ({"tt": "hom-nay"}, ["today"]),
        ({"tt": "trong-han"}, ["running"]),
        ({"tt": "cho-chap-thuan"}, ["waiting"]),
        ({"tt": "issued"}, ["answered"]),
        ({"nguoi": "chua-phan-cong"}, ["today", "waiting"]),
        ({"nguoi": "toi"}, []),
        ({"q": "so tre han"}, ["late"]),
        ({"q": "khong co gi"}, []),
        ({"tt": "khong-co"}, []),
    ],
)
def test_filters(
    client: Client, cast: Cast, cases: dict[str, Any], query: dict[str, str], found: list[str]
):
    assert numbers(page_of(client, cast, **query)) == [cases[name].number for name in found]


def test_by_the_officer_in_charge(client: Client, cast: Cast, cases: dict[str, Any]):
    with at("2026-12-03"):
        decisions.take(request=cases["today"], by=cast.officer)
    for who in ("toi", str(cast.officer.pk)):
        assert numbers(page_of(client, cast, nguoi=who)) == [cases["today"].number]


def test_a_draft_taken_back_was_never_here(client: Client, cast: Cast, cases: dict[str, Any]):
    draft = ConnectionRequest.objects.get(number="")
    assert draft.state == RequestState.DRAFT
    ConnectionRequest.objects.filter(pk=draft.pk).update(state=RequestState.WITHDRAWN)
    assert len(numbers(page_of(client, cast, tt="tat-ca"))) == 5
    assert answer(client, cast.officer, "office_request", draft.pk).status_code == 404


def test_the_same_list_as_a_file(client: Client, cast: Cast, cases: dict[str, Any]):
    client.force_login(cast.officer)
    with at("2026-12-03"):
        response = client.get(reverse("office_requests_csv"), {"tt": "qua-han"})
        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Mã yêu cầu,Cơ quan yêu cầu,")
    assert len(lines) == 2
    assert lines[1].startswith(f"{cases['late'].number},Sở Trễ hạn,Danh sách trường học,")
    assert "2026-12-01" in lines[1]


def test_nothing_there_says_so(client: Client, cast: Cast):
    page = look(client, cast.officer, "office_requests")
    assert "Không có yêu cầu nào phù hợp" in page


def test_others_have_no_inbox(client: Client, cast: Cast):
    for person in (cast.contact, cast.approver):
        assert answer(client, person, "office_requests").status_code == 403


@pytest.mark.parametrize("number", [1, 5])
def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: Any, number: int
):
    service = made.service(cast)
    for _one in range(number):
        made.request_at(
            RequestState.PROCESSING,
            Cast(requester=make.agency("Sở Nào đó"), owner=cast.owner),
            service,
        )
    page_of(client, cast)
    with django_assert_num_queries(QUERIES):
        page_of(client, cast)


QUERIES = 21
