"""/dieu-hanh/tien-do/: a round agency by agency, one agency's part of it, what is late."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from deadlines.actions.reminding import remind
from deadlines.actions.sweep import sweep
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.desk import PERIOD, Desk, asks_more_time
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/tien-do/"
# Session, person, memberships, the round, periods, number and counts of duties, agencies, petitions,
# reminders, unread notices, the data authority in the footer.
QUERIES = 12
QUERIES_OF_AGENCY = 15


def names(response: Any) -> list[str]:
    return [row.agency.name_vi for row in response.context["page"]]


def test_one_sentence_and_every_agency(client: Client, desk: Desk):
    client.force_login(desk.officer)
    with at("2026-10-06 15:00"):
        remind(round=desk.round, agency=desk.lacking, by=desk.officer)
    asks_more_time(desk.duty(desk.lacking))
    with at("2026-10-20"):
        sweep()
        response = client.get(PAGE)
    page = markup(response)
    assert "<b>1 trong 3</b>cơ quan đã có đủ dữ liệu;<b>2 trong 4</b>bộ dữ liệu" in page
    assert "Hạn đã hết ngày" in page
    assert names(response) == ["Sở Đủ", "Sở Im Lặng", "Sở Thiếu"]
    row = response.context["page"][2]
    counts = row.progress.counts
    assert (counts.owed, counts.done, counts.late, counts.missing) == (2, 1, 0, 1)
    assert (row.petitions, row.reminder.by) == (1, desk.officer)
    assert "0238 000 001" in page
    assert "mailto:co-quan-1@thu.example" in page


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("du", ["Sở Đủ"]),
        ("thieu", ["Sở Thiếu"]),
        ("chua", ["Sở Im Lặng"]),
        ("qua-han", ["Sở Im Lặng", "Sở Thiếu"]),
        ("khong-co", ["Sở Đủ", "Sở Im Lặng", "Sở Thiếu"]),
    ],
)
def test_a_figure_is_a_link_to_its_agencies(
    client: Client, desk: Desk, group: str, expected: list[str]
):
    client.force_login(desk.officer)
    with at("2026-10-20"):
        sweep()
        response = client.get(PAGE, {"ky": PERIOD, "nhom": group})
        shown = markup(client.get(PAGE, {"ky": PERIOD}))
    assert names(response) == expected
    if group != "khong-co":
        link = f'href="?ky={PERIOD}&amp;nhom={group}"'
        assert f"{link}><b>{len(expected)}</b>" in shown


def test_the_newest_quarter_unless_another_is_asked_for(client: Client, desk: Desk):
    client.force_login(desk.officer)
    with at("2027-01-02"):
        sweep()
        newest = client.get(PAGE).context["round"].period
        asked = client.get(PAGE, {"ky": PERIOD}).context["round"].period
    assert (newest, asked) == ("2026Q4", PERIOD)


@pytest.mark.parametrize("period", ["2031Q1", "quy-ba"])
def test_a_period_without_a_round_is_no_page(client: Client, desk: Desk, period: str):
    client.force_login(desk.officer)
    assert client.get(PAGE, {"ky": period}).status_code == 404


def test_before_the_first_round_the_page_says_when_it_comes(client: Client, authority: Agency):
    client.force_login(make.person("ict_officer", authority))
    assert "Chưa có đợt cập nhật nào" in client.get(PAGE).content.decode()


def test_after_closing_the_desk_goes_on_and_says_so(client: Client, desk: Desk):
    client.force_login(desk.officer)
    with at("2026-11-16"):
        sweep()
    rounds.delivered(desk.missing, "2026-11-20")
    with at("2026-11-21"):
        response = client.get(PAGE, {"ky": PERIOD})
    assert "Kết quả đã chốt ngày" in markup(response)
    assert [row.progress.counts.missing for row in response.context["page"]] == [0, 1, 0]


def test_who_may_not_remind_sees_no_button(client: Client, desk: Desk):
    client.force_login(make.person("province_leader", make.agency("Văn phòng")))
    with at("2026-10-10"):
        page = client.get(PAGE).content.decode()
    assert "Sở Im Lặng" in page
    assert "/nhac/" not in page


def test_an_agency_is_refused(client: Client, desk: Desk):
    client.force_login(make.person("approver", desk.lacking))
    assert client.get(PAGE).status_code == 403
    assert client.get(reverse("office_overdue")).status_code == 403


def test_every_duty_of_an_agency(client: Client, desk: Desk):
    client.force_login(desk.leader)
    petition = asks_more_time(desk.duty(desk.lacking))
    with at("2026-10-10"):
        remind(round=desk.round, agency=desk.lacking, note="Gửi sớm nhé.", by=desk.officer)
    with at("2026-12-05"):
        sweep()
        response = client.get(reverse("office_agency", args=[PERIOD, desk.lacking.slug]))
    page = markup(response)
    assert [duty.title_vi for duty in response.context["page"]] == ["Bệnh viện", "Trạm y tế"]
    assert "Quá hạn 50 ngày" in page
    assert reverse("petition", args=[petition.pk]) in page
    assert "Gửi sớm nhé." in page
    assert [duty.kind for duty in response.context["besides"]] == ["annual_self_assessment"]
    live = desk.duty(desk.lacking)
    assert reverse("duty_extend", args=[live.pk]) in page
    assert reverse("duty_waive", args=[live.pk]) in page


def test_an_officer_has_no_buttons_of_the_leader(client: Client, desk: Desk):
    client.force_login(desk.officer)
    with at("2026-10-10"):
        page = client.get(reverse("office_agency", args=[PERIOD, desk.silent.slug]))
    assert "/gia-han/" not in page.content.decode()


def test_an_agency_that_does_not_exist(client: Client, desk: Desk):
    client.force_login(desk.officer)
    assert client.get(reverse("office_agency", args=[PERIOD, "so-la"])).status_code == 404
    lost = reverse("office_agency", args=["2031Q1", desk.silent.slug])
    assert client.get(lost).status_code == 404


def test_what_is_late_the_longest_first(client: Client, desk: Desk):
    client.force_login(desk.officer)
    rounds.extended(desk.missing, date(2026, 11, 10), "2026-10-14", desk.leader)
    with at("2026-11-20"):
        sweep()
        page = reverse("office_overdue")
        everything = client.get(page)
        long_ago = client.get(page, {"tu": "15"})
        one = client.get(page, {"co_quan": desk.lacking.slug})
    assert [duty.title_vi for duty in everything.context["page"]] == ["Chợ", "Trạm y tế"]
    assert [duty.title_vi for duty in long_ago.context["page"]] == ["Chợ"]
    assert [duty.title_vi for duty in one.context["page"]] == ["Trạm y tế"]


def test_more_than_fifteen_days_begins_on_the_sixteenth(client: Client, desk: Desk):
    client.force_login(desk.officer)
    shown = {}
    for day in ("2026-10-31", "2026-11-01"):
        with at(day):
            sweep()
            response = client.get(reverse("office_overdue"), {"tu": "15"})
        shown[day] = response.context["page"].paginator.count
    assert shown == {"2026-10-31": 0, "2026-11-01": 2}


@pytest.mark.parametrize("more", [0, 5])
def test_the_number_of_queries_does_not_grow(
    client: Client, authority: Agency, django_assert_num_queries: Any, more: int
):
    for number in range(more):
        rounds.registered(make.agency(f"Sở {number}"), ["Bộ"])
    desk_agency = make.agency("Sở Nhiều")
    rounds.registered(desk_agency, [f"Bộ {number}" for number in range(1 + more)])
    rounds.opened()
    client.force_login(make.person("ict_leader", authority))
    with at("2026-10-20"):
        with django_assert_num_queries(QUERIES):
            client.get(PAGE)
        with django_assert_num_queries(QUERIES_OF_AGENCY):
            client.get(reverse("office_agency", args=[PERIOD, desk_agency.slug]))
