"""The officers' inbox: by legal day, those without a clock last; counters, filters, the file."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.actions import decisions, requests
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
    assert (counters.on_time, counters.judged, counters.share) == (1, 2, 50)


def test_what_is_late_and_not_answered_is_not_on_time(
    client: Client, cast: Cast, cases: dict[str, Any]
):
    """Answering it late changes nothing about that, nor does opening it again."""
    assert page_of(client, cast).context["counters"].share == 50
    with at("2026-12-03"):
        made.issue(cases["late"], cast)
    assert page_of(client, cast).context["counters"].share == 50
    with at("2026-12-03"):
        requests.reopen(
            request=ConnectionRequest.objects.get(pk=cases["late"].pk),
            reason=made.REASON,
            by=make.person("contact_officer", cases["late"].requester),
        )
    assert page_of(client, cast).context["counters"].share == 50


def test_stopping_the_clock_after_the_last_day_does_not_make_it_kept(
    client: Client, cast: Cast, cases: dict[str, Any]
):
    with at("2026-12-03"):
        decisions.ask_supplement(request=cases["late"], reason=made.REASON, by=cast.officer)
    counters = page_of(client, cast).context["counters"]
    assert (counters.overdue, counters.on_time, counters.judged) == (0, 1, 2)


def test_each_counter_leads_to_a_list_of_as_many(client: Client, cast: Cast, cases: dict[str, Any]):
    """By the links of the page, whatever they are."""
    page = page_of(client, cast)
    links = re.findall(r'href="(\?tt=[a-z-]+)"[^>]*>(?:<b>)?(\d+)', page.content.decode())
    assert len(links) == 7
    client.force_login(cast.officer)
    for link, said in links:
        with at("2026-12-03"):
            found = client.get(reverse("office_requests") + link)
        assert found.context["page"].paginator.count == int(said), link


def test_what_is_open_stands_in_one_counter(client: Client, cast: Cast, cases: dict[str, Any]):
    """What was sent, what waits, what lacks something and what runs: together the list of all open."""
    with at("2026-12-03"):
        for state in (RequestState.NEEDS_SUPPLEMENT, RequestState.WAITING_CONSENT):
            made.request_at(state, Cast(owner=cast.owner), cases["late"].service)
        decisions.ask_supplement(request=cases["late"], reason=made.REASON, by=cast.officer)
    response = page_of(client, cast)
    counted = response.context["counters"]
    groups = (counted.overdue, counted.today, counted.running, counted.waiting, counted.lacking)
    assert groups == (0, 1, 1, 2, 2)
    assert sum(groups) == response.context["page"].paginator.count


def test_the_clock_in_words(client: Client, cast: Cast, cases: dict[str, Any]):
    with at("2026-12-03"):
        page = look(client, cast.officer, "office_requests")
    assert "Quá hạn 2 ngày làm việc" in page
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
        ({"tt": "dung-han"}, ["answered"]),
        ({"tt": "da-den-han"}, ["late", "answered"]),
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
    ConnectionRequest.objects.filter(pk=draft.pk).update(state=RequestState.DISCARDED)
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
    assert ",2026-12-01,2026-12-01,-2," in lines[1]


def test_over_a_weekend_working_days_count(client: Client, cast: Cast):
    with at("2026-11-26"):  # a Thursday: until 3 December
        case = made.request_at(RequestState.PROCESSING, cast)
    with at("2026-11-27"):
        page = look(client, cast.officer, "office_requests")
        assert "Còn 4 ngày làm việc" in page  # Saturday and Sunday between
        assert "Còn 4 ngày làm việc" in look(client, cast.contact, "connections")
        assert "Còn 4 ngày làm việc: hạn" in look(
            client, cast.contact, "connection_request", case.pk
        )


def test_a_limit_that_stood_still_shows_its_first_day(client: Client, cast: Cast):
    with at("2026-11-23"):  # until 1 December
        case = made.request_at(RequestState.PROCESSING, cast)
    with at("2026-11-25"):
        decisions.ask_supplement(request=case, reason=made.REASON, by=cast.officer)
    with at("2026-11-30"):
        case.refresh_from_db()
        requests.supplement(request=case, note="", by=cast.contact)
        page = look(client, cast.officer, "office_requests")
        assert "hạn ban đầu 01/12/2026, tạm dừng, lùi đến 04/12/2026" in page
        client.force_login(cast.officer)
        response = client.get(reverse("office_requests_csv"))
        (line,) = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[1:]
    assert ",2026-12-01,2026-12-04,4," in line


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


QUERIES = 20
