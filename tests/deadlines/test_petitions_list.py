"""/dieu-hanh/de-nghi/: petitions for more time, those that wait first."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deadlines.actions import petitions
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.desk import Desk, asks_more_time
from tests.deadlines.moments import at

pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/de-nghi/"
QUERIES = 10


def titles(response: Any) -> list[str]:
    return [petition.duty.title_vi for petition in response.context["page"]]


def test_waiting_first_then_decided(client: Client, desk: Desk):
    client.force_login(desk.leader)
    refused = asks_more_time(desk.duty(desk.lacking))
    with at("2026-10-09"):
        petitions.refuse(petition=refused, reason="Chưa nêu rõ vướng mắc.", by=desk.leader)
    waiting = asks_more_time(desk.duty(), on="2026-10-10")
    with at("2026-10-11"):
        response = client.get(PAGE)
    assert titles(response) == ["Chợ", "Trạm y tế"]
    page = response.content.decode()
    assert reverse("petition", args=[waiting.pk]) in page
    assert "Không được chấp thuận" in page


@pytest.mark.parametrize(
    ("state", "expected"),
    [("cho", ["Chợ"]), ("khong", ["Trạm y tế"]), ("chap-thuan", []), ("rut", [])],
)
def test_the_state_is_in_the_address(client: Client, desk: Desk, state: str, expected: list[str]):
    client.force_login(desk.officer)
    refused = asks_more_time(desk.duty(desk.lacking))
    with at("2026-10-09"):
        petitions.refuse(petition=refused, reason="Chưa nêu rõ vướng mắc.", by=desk.leader)
    asks_more_time(desk.duty())
    response = client.get(PAGE, {"trang_thai": state})
    assert titles(response) == expected
    if not expected:
        assert "Không có đề nghị nào ở trạng thái này" in response.content.decode()


def test_that_there_is_nothing_is_the_agency_s_own_affair(client: Client, desk: Desk):
    client.force_login(desk.officer)
    with at("2026-10-08"):
        petitions.declare_nothing(
            duty=desk.duty(),
            reason="Trong quý không có chợ nào mở.",
            by=make.person("contributor", desk.silent),
        )
    response = client.get(PAGE)
    assert titles(response) == []
    assert "Chưa có cơ quan nào đề nghị gia hạn" in response.content.decode()


def test_a_leader_of_the_province_reads_and_is_given_no_link_that_refuses(
    client: Client, desk: Desk
):
    petition = asks_more_time(desk.duty())
    client.force_login(make.person("province_leader", desk.authority))
    page = client.get(PAGE).content.decode()
    assert "Chợ" in page
    assert reverse("petition", args=[petition.pk]) not in page


def test_an_agency_is_refused(client: Client, desk: Desk):
    client.force_login(make.person("contributor", desk.silent))
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("more", [0, 5])
def test_the_number_of_queries_does_not_grow(
    client: Client, desk: Desk, django_assert_num_queries: Any, more: int
):
    agency = make.agency("Sở Nhiều")
    with at("2026-12-01"):
        made = rounds.registered(agency, [f"Bộ {n}" for n in range(1 + more)], on="2026-09-01")
    rounds.opened("2027-01-02")
    for dataset in made:
        asks_more_time(rounds.duty_of(dataset, "2026Q4"), date(2027, 1, 30), "2027-01-08")
    client.force_login(desk.leader)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
