"""/tien-do/: the rounds by kind of period, each with its sentence and state."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Agency
from catalog.models import Dataset
from tests.deadlines.moments import at
from tests.deadlines.rounds import nothing_to_report, opened, registered

pytestmark = pytest.mark.django_db
INDEX = "/tien-do/"
QUERIES = 6  # the kinds; how many rounds; the rounds; open and closed figures; who is in charge


def page_on(client: Client, day: str, address: str = INDEX) -> Any:
    with at(day):
        return client.get(address)


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def periods(page: Any) -> list[str]:
    return [line.summary.round.period for line in page.context["lines"]]


def test_the_newest_first_with_state_and_sentence(client: Client, agency: Agency):
    first, _second = registered(agency, ["A", "B"])
    opened()
    nothing_to_report(first, "2026-10-05")
    opened("2027-01-05")
    page = page_on(client, "2027-01-06")
    assert periods(page) == ["2026Q4", "2026Q3"]
    text = text_of(page)
    assert (
        "Quý IV/2026 Đang mở Hạn: 18/01/2027 0/1 cơ quan đủ, 0/2 bộ dữ liệu, còn 12 ngày." in text
    )
    assert (
        "Quý III/2026 Đã chốt Hạn: 16/10/2026 0/1 cơ quan đủ, 1/2 bộ dữ liệu,"
        " đã chốt ngày 16/11/2026." in text
    )
    assert 'href="/tien-do/2026Q3/"' in page.content.decode()


def test_quarters_first_months_and_years_beside_them(client: Client, agency: Agency):
    for title, frequency in (
        ("Quý", Dataset.Frequency.QUARTERLY),
        ("Tháng", Dataset.Frequency.MONTHLY),
        ("Năm", Dataset.Frequency.YEARLY),
    ):
        registered(agency, [title], on="2025-12-15", frequency=frequency)
    opened("2026-03-02")
    assert periods(page_on(client, "2026-03-02")) == ["2026-02", "2026-01"]  # all there is yet
    opened("2027-01-05")
    page = page_on(client, "2027-01-06")
    assert [(str(name), here) for name, _word, here in page.context["kinds"]] == [
        ("Theo quý", True),
        ("Theo tháng", False),
        ("Theo năm", False),
    ]
    assert periods(page_on(client, "2027-01-06", f"{INDEX}?loai=nam")) == ["2026"]
    months = page_on(client, "2027-01-06", f"{INDEX}?loai=thang")
    assert periods(months)[:2] == ["2026-12", "2026-11"]
    assert periods(page_on(client, "2027-01-06", f"{INDEX}?loai=tuan")) == periods(page)


def test_nothing_yet_says_when(client: Client, db: None):
    page = client.get(INDEX)
    assert page.status_code == 200
    assert "Chưa có đợt cập nhật nào" in text_of(page)


def test_paged_with_as_many_queries_however_many(
    client: Client, agency: Agency, django_assert_num_queries: Any
):
    registered(agency, ["A"], on="2023-12-15")
    opened("2024-07-02")
    with at("2024-07-02"), django_assert_num_queries(QUERIES):
        assert periods(client.get(INDEX)) == ["2024Q2", "2024Q1"]
    opened("2027-04-02")
    with at("2027-04-02"), django_assert_num_queries(QUERIES):
        assert len(periods(client.get(INDEX))) == 12
    assert periods(page_on(client, "2027-04-02", f"{INDEX}?page=2")) == ["2024Q1"]
