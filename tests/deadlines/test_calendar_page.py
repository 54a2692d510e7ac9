"""/dieu-hanh/lich/: the calendar of a year; officers keep it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from deadlines.calendar import Certainty
from deadlines.models import CalendarDay
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/lich/"
DAY = date(2026, 10, 16)
GOOD = {
    "day": "2026-10-16",
    "kind": "holiday",
    "name_vi": "Nghỉ bão",
    "certainty": "3",
    "document": "15/TB-UBND",
}
QUERIES = 7


@pytest.fixture
def officer(client: Client, authority: Agency) -> None:
    client.force_login(make.person("ict_officer", authority))


def add(client: Client, **facts: str) -> Any:
    with at("2026-10-05"):
        return client.post(reverse("calendar_add"), {**GOOD, **facts}, follow=True)


@pytest.mark.usefixtures("officer")
def test_a_year_by_months(client: Client):
    response = client.get(PAGE, {"nam": "2024"})
    page = markup(response)
    assert response.context["calendar"].is_certain
    assert "notice warn" not in page
    assert "Ngày Giỗ Tổ Hùng Vương" in page
    assert [first.month for first, _days in response.context["calendar"].months] == [1, 2, 4, 5, 9]
    swapped = page[page.index("29/04/2024") :]
    assert swapped.index("Thứ") < swapped.index("Nghỉ hoán đổi")


@pytest.mark.usefixtures("officer")
def test_this_year_unless_another_is_asked_for(client: Client):
    with at("2026-10-05"):
        assert client.get(PAGE).context["calendar"].year == 2026


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("year", ["2011", "nam-nay", "99999"])
def test_a_year_that_is_none(client: Client, year: str):
    assert client.get(PAGE, {"nam": year}).status_code == 404


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("certainty", "sentence"),
    [
        (None, "Chưa có lịch nghỉ năm 2027"),
        (Certainty.PROVISIONAL, "Lịch năm 2027 mới là dự kiến"),
        (Certainty.COMPUTED, "Lịch năm 2027 có ngày mới tính theo luật"),
    ],
)
def test_an_uncertain_year_is_called_so(client: Client, certainty: Certainty | None, sentence: str):
    days = CalendarDay.objects.filter(day__year=2027)
    if certainty is None:
        days.delete()
    else:
        days.update(certainty=certainty)
    with at("2026-10-05"):
        assert sentence in markup(client.get(PAGE, {"nam": "2027"}))


@pytest.mark.usefixtures("officer")
def test_adding_a_day_says_how_many_duties_moved(client: Client, agency: Agency):
    rounds.registered(agency, ["Trường học", "Trạm y tế"])
    rounds.opened()
    response = add(client)
    assert "Đã thêm ngày vào lịch. 2 nghĩa vụ được tính lại hạn." in markup(response)
    assert response.redirect_chain[0][0] == f"{PAGE}?nam=2026"
    assert "15/TB-UBND" in markup(response)


@pytest.mark.usefixtures("officer")
def test_a_day_nobody_counts_on_moves_nothing(client: Client):
    assert "Không nghĩa vụ nào đổi hạn." in markup(add(client, day="2026-12-22"))


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"document": ""}, "Hãy ghi số, ký hiệu thông báo"),
        ({"kind": "swap_work"}, "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật"),
        ({"kind": ""}, "Hãy chọn một mục."),
        ({"name_vi": " "}, "Hãy điền nội dung này."),
        ({"certainty": "9"}, ""),
        ({"day": "16.10.2026"}, "Nhập ngày đúng dạng"),
        ({"day": "0026-10-16"}, "Hãy kiểm tra lại năm"),
        ({"day": "2026-09-02"}, "Ngày này đã có trong lịch"),
    ],
)
def test_each_mistake_stands_beside_its_field_and_nothing_is_kept(
    client: Client, wrong: dict[str, str], sentence: str
):
    before = CalendarDay.objects.count()
    response = add(client, **wrong)
    (field,) = wrong
    assert sentence in " ".join(response.context["form"].errors[field])
    assert "<title>Lỗi:" in markup(response)
    assert CalendarDay.objects.count() == before


@pytest.mark.usefixtures("officer")
def test_changing_a_day(client: Client):
    address = reverse("calendar_edit", args=[date(2027, 9, 2)])
    opened = client.get(address)
    assert (
        opened.context["form"].initial["name_vi"]
        == CalendarDay.objects.get(day="2027-09-02").name_vi
    )
    facts = {**GOOD, "name_vi": "Quốc khánh", "document": "7/TB-BNV"}
    response = client.post(address, facts, follow=True)
    row = CalendarDay.objects.get(day="2027-09-02")
    assert (row.name_vi, row.certainty, row.document) == ("Quốc khánh", Certainty.HIGH, "7/TB-BNV")
    assert "Đã lưu thay đổi." in markup(response)
    assert not CalendarDay.objects.filter(day=DAY).exists()  # the day itself is not changed


@pytest.mark.usefixtures("officer")
def test_removing_a_day_asks_once_more(client: Client):
    address = reverse("calendar_remove", args=[date(2027, 9, 2)])
    assert client.get(address).status_code == 200
    assert CalendarDay.objects.filter(day="2027-09-02").exists()
    response = client.post(address, {"document": "8/TB"}, follow=True)
    assert "Đã xoá ngày khỏi lịch." in markup(response)
    assert not CalendarDay.objects.filter(day="2027-09-02").exists()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("day", ["2026-10-15", "2026-02-30"])
def test_a_day_that_is_not_in_it(client: Client, day: str):
    assert client.get(f"{PAGE}{day}/").status_code == 404
    assert client.get(f"{PAGE}{day}/xoa/").status_code == 404


def test_others_read_only(client: Client, authority: Agency):
    client.force_login(make.person("province_leader", authority))
    page = client.get(PAGE, {"nam": "2026"}).content.decode()
    assert "Quốc khánh" in page
    assert "/xoa/" not in page
    assert reverse("calendar_add") not in page
    assert add(client).status_code == 403
    assert not CalendarDay.objects.filter(day=DAY).exists()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("year", ["2024", "2031"])
def test_the_number_of_queries_is_fixed(client: Client, django_assert_num_queries: Any, year: str):
    CalendarDay.objects.create(day=date(2031, 1, 1), kind="holiday", name_vi="Tết", certainty=2)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE, {"nam": year})
