"""/tien-do/<period>/tien-do.csv: the table of a round for a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from accounts.models import Agency
from deadlines.models import Duty
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.rounds import nothing_to_report, opened, registered

pytestmark = pytest.mark.django_db
FILE = "/tien-do/2026Q3/tien-do.csv"
QUERIES = 4  # the round; its duties; its agencies; the rounds before it, of which there are none


def read(client: Client, day: str, address: str = FILE) -> list[dict[str, str]]:
    with at(day):
        answer = client.get(address)
        text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def quarter(agency: Agency) -> None:
    done, _other = registered(agency, ["A1", "A2"])
    registered(make.agency("Sở An"), ["B1"])
    opened()
    nothing_to_report(done, "2026-10-05")


def test_one_row_for_each_agency(client: Client, agency: Agency, quarter: None):
    rows = read(client, "2026-10-20")
    assert [row["Cơ quan"] for row in rows] == ["Sở An", "Sở Y tế"]
    assert rows[1] == {
        "Kỳ": "2026Q3",
        "Ngày chốt": "",
        "Hạng": "",
        "Mã cơ quan": agency.key,
        "Cơ quan": "Sở Y tế",
        "Tình trạng": "Còn thiếu",
        "Phải cung cấp": "2",
        "Đúng hạn": "1",
        "Muộn": "0",
        "Quá hạn": "1",
        "Chưa đến hạn": "0",
        "Không phát sinh": "1",
        "Qua API": "0",
        "Được miễn": "0",
    }


def test_closed_it_says_when_and_earlier_periods_have_columns(client: Client, quarter: None):
    opened("2026-11-16")
    assert {row["Ngày chốt"] for row in read(client, "2026-11-20")} == {"2026-11-16"}
    opened("2027-01-05")
    rows = read(client, "2027-01-06", "/tien-do/2026Q4/tien-do.csv")
    figures = [(row["Quý III/2026: đúng hạn"], row["Quý III/2026: đến hạn"]) for row in rows]
    assert figures == [("0", "1"), ("1", "2")]


def test_it_is_streamed_under_its_own_name(client: Client, quarter: None):
    with at("2026-10-20"):
        answer = client.get(FILE)
    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="tien-do_2026Q3.csv"'


def test_a_name_is_no_formula(client: Client, quarter: None):
    Agency.objects.filter(name_vi="Sở An").update(name_vi="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in [row["Cơ quan"] for row in read(client, "2026-10-20")]


def test_english(client: Client, agency: Agency, quarter: None):
    rows = read(client, "2026-10-20", f"/en{FILE}")
    assert {row["Agency"] for row in rows} >= {agency.name_en}


def test_no_round_no_file(client: Client, quarter: None):
    assert client.get("/tien-do/2031Q1/tien-do.csv").status_code == 404


def test_as_many_queries_however_many_agencies(
    client: Client, quarter: None, django_assert_num_queries: Any
):
    with django_assert_num_queries(QUERIES):
        assert len(read(client, "2026-10-20")) == 2
    duty = Duty.objects.filter(round__period="2026Q3").first()
    assert duty is not None
    for number in range(7):
        duty.pk, duty.agency, duty.subject = None, make.agency(f"Sở {number}"), str(number)
        duty.save(force_insert=True)
    with django_assert_num_queries(QUERIES):
        assert len(read(client, "2026-10-20")) == 9
