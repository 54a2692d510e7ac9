"""/lanh-dao/: five sentences, one table, what needs a leader's word."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from deadlines.actions.sweep import sweep
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.desk import PERIOD, Desk, asks_more_time
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/lanh-dao/"
QUERIES = 12


@pytest.fixture
def head(client: Client, desk: Desk) -> None:
    client.force_login(make.person("province_leader", make.agency("Văn phòng")))


@pytest.mark.usefixtures("head")
def test_five_figures_each_with_its_list(client: Client, desk: Desk):
    rounds.extended(desk.missing, date(2026, 11, 20), "2026-10-14", desk.leader)
    asks_more_time(desk.duty(), on="2026-10-08")
    with at("2026-11-05"):
        sweep()
        page = markup(client.get(PAGE))
        links = {
            f"/dieu-hanh/tien-do/?ky={PERIOD}&nhom=du": "1",
            f"/dieu-hanh/tien-do/?ky={PERIOD}": "67%",
            f"/dieu-hanh/tien-do/?ky={PERIOD}&nhom=qua-han": "1",
            "/dieu-hanh/tien-do/qua-han/?tu=15": "1",
            "/dieu-hanh/de-nghi/?trang_thai=cho": "1",
        }
        for link, figure in links.items():
            assert f'<a href="{link.replace("&", "&amp;")}"><b>{figure}</b></a>' in page
            assert client.get(link).status_code == 200
    assert "trong 3 cơ quan đã có đủ dữ liệu của quý." in page
    assert "đúng hạn: 2 trong 3 bộ dữ liệu" in page


@pytest.mark.usefixtures("head")
def test_what_is_late_by_more_than_fifteen_days_is_named(client: Client, desk: Desk):
    shown = {}
    for day in ("2026-10-31", "2026-11-01"):
        with at(day):
            sweep()
            urgent = client.get(PAGE).context["overview"].urgent
            shown[day] = [(one.agency.name_vi, one.count, one.late.words) for one in urgent]
    late = "Quá hạn 16 ngày"
    assert shown == {
        "2026-10-31": [],
        "2026-11-01": [("Sở Im Lặng", 1, late), ("Sở Thiếu", 1, late)],
    }


@pytest.mark.usefixtures("head")
def test_nothing_urgent_is_said_as_well(client: Client, desk: Desk):
    with at("2026-10-10"):
        page = markup(client.get(PAGE))
    assert "Không cơ quan nào quá hạn hơn 15 ngày." in page


@pytest.mark.usefixtures("head")
def test_beside_the_quarter_that_was_closed_before(client: Client, desk: Desk):
    with at("2026-11-16"):
        sweep()
    with at("2027-01-10"):
        sweep()
        early = client.get(PAGE).context["overview"]
        assert (early.previous.round.period, early.change) == (PERIOD, None)
    with at("2027-01-20"):
        sweep()
        response = client.get(PAGE)
        late = response.context["overview"]
        assert (late.quarter.percent, late.previous.percent, late.change) == (0, 50, -50)
    page = markup(response)
    assert "Quý III/2026 khi chốt: 50% đúng hạn, 1 trong 3 cơ quan đủ." in page
    assert "Thấp hơn quý trước 50 điểm phần trăm." in page


@pytest.mark.usefixtures("head")
def test_a_closed_quarter_says_how_it_was_closed(client: Client, desk: Desk):
    """The public page keeps the figures of that day; here what came since is counted too."""
    with at("2026-10-20"):
        assert "Khi chốt ngày" not in markup(client.get(PAGE))
    with at("2026-11-16"):
        sweep()
    with at("2026-11-20"):
        page = markup(client.get(PAGE))
    assert "Khi chốt ngày 16/11/2026: 1 trong 3 cơ quan đủ, 2 trong 4 bộ dữ liệu" in page


@pytest.mark.usefixtures("head")
def test_by_type_of_agency(client: Client, desk: Desk):
    Agency.objects.filter(pk=desk.silent.pk).update(kind=Agency.Kind.BOARD)
    with at("2026-10-20"):
        sweep()
        groups = client.get(PAGE).context["overview"].groups
    assert [(g.name, g.agencies, g.counts.owed, g.counts.on_time, g.percent) for g in groups] == [
        ("Sở", 2, 3, 2, 67),
        ("Ban", 1, 1, 0, 0),
    ]


def test_before_the_first_round(client: Client, authority: Agency):
    client.force_login(make.person("province_leader", authority))
    assert "Chưa có đợt cập nhật nào" in client.get(PAGE).content.decode()


def test_an_agency_is_refused(client: Client, law: None):
    client.force_login(make.person("approver"))
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("more", [0, 5])
def test_the_number_of_queries_does_not_grow(
    client: Client, authority: Agency, django_assert_num_queries: Any, more: int
):
    for number in range(1 + more):
        rounds.registered(make.agency(f"Sở {number}"), ["Bộ"])
    rounds.opened()
    client.force_login(make.person("province_leader", authority))
    with at("2026-11-10"):
        sweep()
        with django_assert_num_queries(QUERIES):
            client.get(PAGE)


def test_everything_has_its_entry_in_the_navigation(client: Client, desk: Desk):
    client.force_login(desk.officer)
    with at("2026-10-10"):
        page = client.get(PAGE).content.decode()
    for name in ("leader", "office_progress", "petitions", "calendar", "rules"):
        assert f'<a href="{reverse(name)}"' in page
