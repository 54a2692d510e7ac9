"""/tien-do/<period>/<agency>/: every duty of one agency, and what came after the closing."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Person
from catalog.actions import decision
from catalog.models import Dataset, Release
from deadlines.models import Duty
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.rounds import (
    delivered,
    duty_of,
    extended,
    nothing_to_report,
    opened,
    registered,
    waived,
)

pytestmark = pytest.mark.django_db
# The round; the agency; its figures; how many duties, the duties; their titles, their pages; who is
# in charge.
QUERIES = 8


def page_on(client: Client, day: str, agency: Agency, query: str = "") -> Any:
    with at(day):
        return client.get(f"/tien-do/2026Q3/{agency.slug}/{query}")


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def outcomes(page: Any) -> list[str]:
    """Words of the tags in the table."""
    table = page.content.decode().split("<tbody")[1].split("</tbody")[0]
    tags = re.findall(r"<strong class=\"tag.*?</strong>", table, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", tag).split()) for tag in tags]


@pytest.fixture
def officer(authority: Agency) -> Person:
    return make.person("ict_leader", authority)


@pytest.fixture
def datasets(agency: Agency, officer: Person) -> list[Dataset]:
    """On time, nothing to report, late, missing, extended, waived."""
    made = registered(agency, ["Bộ 1", "Bộ 2", "Bộ 3", "Bộ 4", "Bộ 5", "Bộ 6"])
    opened()
    delivered(made[0], "2026-10-10")
    nothing_to_report(made[1], "2026-10-11")
    extended(made[4], date(2026, 12, 1), "2026-10-12", officer)
    waived(made[5], "2026-10-12", officer)
    delivered(made[2], "2026-10-18")
    return made


def test_each_duty_with_its_outcome(client: Client, agency: Agency, datasets: list[Dataset]):
    page = page_on(client, "2026-10-20", agency)
    assert outcomes(page) == [
        "Đúng hạn",
        "Không phát sinh",
        "Muộn 2 ngày",
        "Quá hạn 4 ngày",
        "Gia hạn đến 01/12/2026: còn 42 ngày",
        "Được miễn",
    ]
    text = text_of(page)
    assert "Đã có 3/5 bộ dữ liệu, đã quá hạn 4 ngày." in text
    assert "01/12/2026 hạn ban đầu 16/10/2026, gia hạn đến 01/12/2026" in text
    assert "18/10/2026 Đã công bố dữ liệu" in text
    assert f'href="{datasets[0].get_absolute_url()}"' in page.content.decode()


def test_nothing_is_called_overdue_where_all_has_come(client: Client, agency: Agency):
    """Two days late it came: fifteen days after the last day nothing is overdue, and no tick stands by it."""
    (only,) = registered(agency, ["Đến muộn"])
    opened()
    delivered(only, "2026-10-18")
    page = page_on(client, "2026-10-31", agency)
    assert outcomes(page) == ["Muộn 2 ngày"]
    text = text_of(page)
    assert "Đã có 1/1 bộ dữ liệu, không còn bộ nào quá hạn." in text
    assert "đã quá hạn" not in text
    with at("2026-10-31"):
        index = text_of(client.get(reverse("progress", args=["2026Q3"])))
    assert "1/1 cơ quan đủ, 1/1 bộ dữ liệu, không còn bộ nào quá hạn." in index


def test_what_is_not_public_has_no_name(client: Client, agency: Agency):
    with at("2026-06-15"):
        make.dataset("Bản nháp kín", at=agency)
    opened()
    text = text_of(page_on(client, "2026-10-20", agency))
    assert "Bộ dữ liệu chưa công bố hoặc đã rút" in text
    assert "Bản nháp kín" not in text


def test_closed_the_figures_stand_and_the_rest_is_told(
    client: Client, agency: Agency, datasets: list[Dataset]
):
    opened("2026-11-16")
    delivered(datasets[3], "2026-11-20")
    page = page_on(client, "2026-11-21", agency)
    counts = page.context["counts"]
    assert (counts.owed, counts.on_time, counts.late, counts.missing) == (5, 2, 1, 1)
    assert outcomes(page) == [
        "Đúng hạn",
        "Đúng hạn",
        "Muộn",
        "Chưa có, đã quá hạn",
        "Chưa đến hạn",
        "Được miễn",
    ]
    text = text_of(page)
    assert "Kết quả đã chốt, theo tình hình đến hết ngày 15/11/2026 , không thay đổi nữa." in text
    assert "20/11/2026 : Bộ 4. Đã thực hiện" in text
    assert text.count("Có thay đổi sau khi chốt") == 1


def test_reopened_after_closing_speaks_for_itself(
    client: Client, agency: Agency, datasets: list[Dataset]
):
    opened("2026-11-16")
    with at("2026-11-20"):
        decision.withdraw(
            release=Release.objects.get(resource__dataset=datasets[0]),
            reason="Số liệu sai so với báo cáo.",
            by=make.person("approver", agency),
        )
    page = page_on(client, "2026-11-21", agency)
    assert outcomes(page)[0] == "Quá hạn 36 ngày"
    assert page.context["counts"].on_time == 2
    assert "Dữ liệu đã công bố bị rút, phải thực hiện lại" in text_of(page)


def test_duties_that_went_to_a_successor_are_owned_up_to(client: Client, agency: Agency):
    registered(agency, ["Bộ 1", "Bộ 2"])
    opened()
    opened("2026-11-16")
    agency.successor = make.agency("Sở Mới", valid_from=date(2026, 11, 20))
    agency.valid_to = date(2026, 11, 19)
    agency.save()
    opened("2026-11-20")
    page = page_on(client, "2026-11-21", agency)
    assert page.context["counts"].missing == 2
    assert "2 bộ dữ liệu trong kết quả đã chốt nay do cơ quan tiếp nhận thực hiện." in text_of(page)
    heir = page_on(client, "2026-11-21", agency.successor)
    assert heir.status_code == 200
    assert heir.context["counts"].owed == 0
    assert "Chuyển cho cơ quan tiếp nhận" in text_of(heir)


def test_an_agency_without_a_part_says_so(client: Client, agency: Agency, datasets: list[Dataset]):
    page = page_on(client, "2026-10-20", make.agency("Sở Khác"))
    assert page.status_code == 404
    assert "Cơ quan không có trong đợt này" in text_of(page)
    assert client.get("/tien-do/2026Q3/khong-co/").status_code == 404
    assert client.get(f"/tien-do/2031Q1/{agency.slug}/").status_code == 404


def test_paged_with_as_many_queries_however_many_duties(
    client: Client, agency: Agency, django_assert_num_queries: Any
):
    (dataset,) = registered(agency, ["Bộ 1"])
    opened()
    with django_assert_num_queries(QUERIES):
        assert len(page_on(client, "2026-10-20", agency).context["lines"]) == 1
    duty = duty_of(dataset)
    for number in range(54):
        duty.pk, duty.subject = None, f"{str(dataset.pk)[:-3]}{number:03}"
        duty.save(force_insert=True)
    with django_assert_num_queries(QUERIES):
        assert len(page_on(client, "2026-10-20", agency).context["lines"]) == 50
    assert len(page_on(client, "2026-10-20", agency, "?page=2").context["lines"]) == 5
    assert Duty.objects.count() == 55
