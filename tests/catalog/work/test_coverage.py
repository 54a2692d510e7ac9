"""/lam-viec/do-phu/: which dataset has data of which period, and whether they were in time."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Dataset, Resource
from deadlines.actions import duties, petitions
from deadlines.actions.sweep import sweep
from deadlines.models import Duty
from tests import factories
from tests.catalog.work.conftest import SignIn
from tests.deadlines.moments import at
from tests.markup import markup


@pytest.fixture(autouse=True)
def law(agency: Agency) -> None:
    call_command("load_deadlines", verbosity=0)


def registered(agency: Agency, title: str = "Trường học", **fields: Any) -> Resource:
    with at("2025-06-15"):
        return factories.dataset(title, at=agency, **fields).resources.get()


def sweep_on(*days: str) -> None:
    for day in days:
        with at(day):
            sweep()


def publish(table: Resource, period: str, day: str) -> None:
    with at(day):
        factories.published(of=table, period=period)


def look(client: Client, query: str = "", day: str = "2026-10-06") -> Any:
    with at(day):
        response = client.get(reverse("coverage") + query)
        response.text_ = markup(response)
    return response


def marks(response: Any, title: str = "Trường học") -> dict[str, str]:
    """Period → word, without the empty ones."""
    row = next(row for row in response.context["rows"] if row.dataset.title_vi == title)
    return {
        cell.period.code: str(cell.mark.label) for cell in row.cells if cell.mark.value != "none"
    }


def duty_of(period: str) -> Duty:
    return Duty.objects.get(kind="dataset_update", period=period)


def test_each_cell_says_how_it_came(client: Client, agency: Agency, sign_in: SignIn) -> None:
    contributor = sign_in("contributor")
    table = registered(agency, temporal_start=date(2023, 1, 1))
    leader = factories.person("ict_leader", factories.agency("Đầu mối", data_authority=True))
    publish(table, "2023Q2", "2025-06-20")
    publish(table, "2025Q1", "2025-06-20")
    sweep_on("2025-10-01")
    publish(table, "2025Q3", "2025-10-10")
    sweep_on("2026-01-02")
    publish(table, "2025Q4", "2026-02-20")
    sweep_on("2026-04-01")
    with at("2026-04-02"):
        petition = petitions.declare_nothing(
            duty=duty_of("2026Q1"), reason="Không phát sinh gì.", by=contributor
        )
        petitions.accept(petition=petition, by=factories.person("approver", agency))
    sweep_on("2026-07-01", "2026-10-01")
    with at("2026-08-01"):
        duties.waive(
            duty=duty_of("2026Q2"), reason="Đã có ở cơ sở dữ liệu của bộ.", document="1", by=leader
        )

    page = look(client)
    assert marks(page) == {
        "2025Q1": "Bổ sung",
        "2025Q3": "Đúng hạn",
        "2025Q4": "Muộn",
        "2026Q1": "Không phát sinh",
        "2026Q2": "Miễn",
        "2026Q3": "Chưa đến hạn",
    }
    assert reverse("duty", args=[duty_of("2026Q3").pk]) in page.text_
    assert marks(look(client, day="2026-10-17"))["2026Q3"] == "Quá hạn"
    older = look(client, f"?den={page.context['window'].older.code}")
    assert marks(older) == {"2023Q2": "Có"}


def test_data_from_before_the_regulation_are_never_late(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    table = registered(agency)
    publish(table, "2023Q3", "2025-06-20")
    publish(table, "2023Q4", "2025-06-20")
    found = marks(look(client))
    assert found["2023Q4"] == "Bổ sung"
    assert marks(look(client, "?den=2023Q3")) == {"2023Q3": "Có"}


def test_twelve_periods_on_a_page_from_the_first_data_on(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    registered(agency, temporal_start=date(2022, 5, 1))
    window = look(client).context["window"]
    assert (window.first.code, window.last.code, len(window.periods)) == ("2023Q4", "2026Q3", 12)
    assert (window.older.code, window.newer) == ("2023Q3", None)
    window = look(client, "?den=2023Q3").context["window"]
    assert (window.first.code, window.last.code) == ("2022Q2", "2023Q3")
    assert (window.older, window.newer.code) == (None, "2026Q3")


@pytest.mark.parametrize("wrong", ["9999Q9", "2026", "x", "1990Q1", "2099Q1"])
def test_a_period_that_cannot_be_shown_leads_to_one_that_can(
    client: Client, agency: Agency, sign_in: SignIn, wrong: str
) -> None:
    sign_in("contributor")
    registered(agency, temporal_start=date(2026, 1, 1))
    response = look(client, f"?den={wrong}")
    assert response.status_code == 200
    assert response.context["window"].last.code in ("2026Q3", "2026Q1")


def test_each_kind_of_period_has_its_own_tab(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    registered(agency)
    registered(agency, "Nhân lực", frequency=Dataset.Frequency.MONTHLY)
    page = look(client, "?loai=month")
    assert [row.dataset.title_vi for row in page.context["rows"]] == ["Nhân lực"]
    assert page.context["window"].last.code == "2026-09"
    assert "Theo quý" in page.text_
    assert 'aria-current="page">Theo tháng' in page.text_
    assert "Theo năm" not in page.text_


def test_what_takes_no_data_is_not_in_the_grid(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    factories.dataset("Chỉ mô tả", at=agency, access=Dataset.Access.LISTED)
    page = look(client)
    assert "chưa có bộ dữ liệu nào cập nhật theo quý, tháng hoặc năm" in page.text_


def test_an_officer_chooses_the_agency(client: Client, agency: Agency, sign_in: SignIn) -> None:
    registered(agency)
    sign_in("ict_officer", factories.agency("Sở Đầu mối"))
    assert "Trường học" in look(client, f"?co_quan={agency.slug}").text_
    assert look(client, "?co_quan=khong-co").status_code == 404


def test_another_agency_is_not_shown(client: Client, agency: Agency, sign_in: SignIn) -> None:
    registered(agency)
    sign_in("contributor", factories.agency("Sở Khác"))
    assert look(client, f"?co_quan={agency.slug}").status_code == 404
    assert "Trường học" not in look(client).text_


@pytest.mark.parametrize("datasets", [1, 6])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    agency: Agency,
    sign_in: SignIn,
    django_assert_num_queries: Any,
    datasets: int,
) -> None:
    sign_in("contributor")
    for number in range(datasets):
        publish(registered(agency, f"Bộ {number}"), "2025Q1", "2025-06-20")
    sweep_on("2025-10-01", "2026-10-01")
    look(client)
    with django_assert_num_queries(QUERIES):
        look(client)


QUERIES = 18
