"""/tien-do/<period>/: the sentence, the groups, the ranked table once closed, the log, the method."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Agency
from catalog.actions.dataset import withdraw
from catalog.models import Dataset
from deadlines.models import CalendarDay, Correction, Duty, Round
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.rounds import (
    delivered,
    extended,
    nothing_to_report,
    opened,
    registered,
    waived,
)

pytestmark = pytest.mark.django_db
PAGE = "/tien-do/2026Q3/"
# The round; its duties; its agencies; the rounds before it; the one before and the one after; the
# calendar; who is in charge.
OPEN_QUERIES = 8


def page_on(client: Client, day: str, address: str = PAGE) -> Any:
    with at(day):
        return client.get(address)


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def rows(page: Any) -> dict[str, Any]:
    """Agency name → its counts, as shown."""
    return {row.progress.agency.name_vi: row.progress.counts for row in page.context["table"].rows}


def recounted(day: date) -> dict[str, Counter[str]]:
    """Agency name → outcomes, from the rows of duties, written down a second time."""
    found: dict[str, Counter[str]] = {}
    for duty in Duty.objects.filter(round__period="2026Q3").select_related("agency"):
        counts = found.setdefault(duty.agency.name_vi, Counter())
        done = duty.fulfilled_on if duty.fulfilled_on and duty.fulfilled_on <= day else None
        if duty.state == "waived":
            counts["waived"] += 1
        elif done:
            counts["on_time" if done <= duty.due else "late"] += 1
            counts["nothing"] += duty.how == "nothing"
            counts["pulled"] += duty.how == "pull"
        else:
            counts["missing" if duty.due < day else "pending"] += 1
    return found


@pytest.fixture
def province(agency: Agency, authority: Agency) -> dict[str, list[Dataset]]:
    """Sở Y tế late and lacking, Sở Ba and Sở An complete, Sở Chậm has not begun, Sở Nhỏ is small."""
    officer = make.person("ict_leader", authority)
    made = {
        "Sở Y tế": registered(agency, ["A1", "A2", "A3", "A4", "A5"]),
        "Sở Ba": registered(make.agency("Sở Ba"), ["B1", "B2", "B3"]),
        "Sở An": registered(make.agency("Sở An"), ["C1", "C2", "C3"]),
        "Sở Chậm": registered(make.agency("Sở Chậm"), ["D1", "D2", "D3"]),
        "Sở Nhỏ": registered(make.agency("Sở Nhỏ"), ["E1"]),
    }
    opened()
    first, second, third, fourth, _missing = made["Sở Y tế"]
    delivered(first, "2026-10-10")
    delivered(second, "2026-10-19")
    extended(third, date(2026, 12, 1), "2026-10-12", officer)
    waived(fourth, "2026-10-12", officer)
    for dataset in made["Sở Ba"]:
        nothing_to_report(dataset, "2026-10-08")
    for dataset in made["Sở An"][1:]:
        nothing_to_report(dataset, "2026-10-16 23:50")
    delivered(made["Sở An"][0], "2026-10-07")
    return made


def test_open_the_agencies_stand_by_name_in_three_groups(client: Client, province: Any):
    page = page_on(client, "2026-10-20")
    assert page.status_code == 200
    groups = {
        name: [row.progress.agency.name_vi for row in rows]
        for _title, name, rows in page.context["groups"]
    }
    assert groups == {
        "complete": ["Sở An", "Sở Ba"],
        "lacking": ["Sở Y tế"],
        "not_begun": ["Sở Chậm", "Sở Nhỏ"],
    }
    text = text_of(page)
    assert "Đã cung cấp đủ (2)" in text
    assert "Hạng" not in text
    assert "Đang mở" in text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-10-06", "0/5 cơ quan đủ, 0/15 bộ dữ liệu, còn 10 ngày."),
        ("2026-10-16", "0/5 cơ quan đủ, 0/15 bộ dữ liệu, hạn là hôm nay."),
        ("2026-10-19", "0/5 cơ quan đủ, 0/15 bộ dữ liệu, đã quá hạn 3 ngày."),
    ],
)
def test_one_sentence_says_it_all(client: Client, agency: Agency, day: str, sentence: str):
    for name, count in {"Sở A": 3, "Sở B": 3, "Sở C": 3, "Sở D": 3, "Sở E": 3}.items():
        registered(make.agency(name), [f"{name} {n}" for n in range(count)])
    opened()
    assert sentence in text_of(page_on(client, day))


def test_the_figures_equal_an_independent_count(client: Client, province: Any):
    for day in ("2026-10-06", "2026-10-12", "2026-10-16", "2026-10-17", "2026-10-25"):
        shown = rows(page_on(client, day))
        expected = recounted(date.fromisoformat(day))
        assert set(shown) == set(expected)
        for name, counts in shown.items():
            for outcome in ("on_time", "late", "missing", "pending", "waived", "nothing", "pulled"):
                # What was decided later is not taken back on an earlier day's page.
                if outcome == "waived" and day < "2026-10-12":
                    continue
                if name == "Sở Y tế" and outcome == "pending" and day < "2026-10-12":
                    continue
                assert getattr(counts, outcome) == expected[name][outcome], (day, name, outcome)
            assert counts.owed == counts.on_time + counts.late + counts.missing + counts.pending


def test_closed_the_table_is_ranked_and_ties_share(client: Client, province: Any):
    opened("2026-11-16")
    page = page_on(client, "2026-11-20")
    ranked = [
        (row.progress.agency.name_vi, row.progress.rank) for row in page.context["table"].rows
    ]
    assert ranked == [
        ("Sở An", 1),
        ("Sở Ba", 1),
        ("Sở Y tế", 3),
        ("Sở Chậm", 4),
        ("Sở Nhỏ", None),
    ]
    text = text_of(page)
    assert "2/5 cơ quan đủ, 8/14 bộ dữ liệu, đã chốt ngày 16/11/2026." in text
    assert "dưới 3 bộ đến hạn" in text
    assert "Đã cung cấp đủ" not in text
    assert {name: vars(counts) for name, counts in rows(page).items()} == {
        name: {
            key: expected[key]
            for key in ("on_time", "late", "missing", "pending", "waived", "nothing", "pulled")
        }
        for name, expected in recounted(date(2026, 11, 15)).items()
    }


def test_a_frozen_result_stays_and_the_log_tells_the_rest(client: Client, province: Any):
    opened("2026-11-16")
    before = rows(page_on(client, "2026-11-16"))
    delivered(province["Sở Y tế"][4], "2026-11-20")
    page = page_on(client, "2026-11-21")
    assert rows(page) == before
    text = text_of(page)
    assert "Thay đổi sau khi chốt (1)" in text
    assert "20/11/2026 : Sở Y tế , A5. Đã thực hiện" in text


def test_the_log_names_nothing_that_is_not_public_and_nobody(client: Client, province: Any):
    opened("2026-11-16")
    gone = province["Sở Chậm"][0]
    head = make.person("approver", gone.agency, name="Trần Văn Duyệt")
    with at("2026-11-20"):
        withdraw(dataset=gone, reason="Trùng với cơ sở dữ liệu khác.", by=head)
    assert Correction.objects.get().step == "void"
    text = text_of(page_on(client, "2026-11-21"))
    assert "một bộ dữ liệu chưa công bố hoặc đã rút. Không còn phải thực hiện" in text
    assert "D1" not in text
    assert "Trùng với cơ sở" not in text
    assert "Trần Văn Duyệt" not in text


def test_the_log_is_paged(client: Client, agency: Agency):
    registered(agency, [f"Bộ {n:02}" for n in range(53)])
    opened()
    opened("2026-11-16")
    for dataset in Dataset.objects.all():
        nothing_to_report(dataset, "2026-11-18")
    first = page_on(client, "2026-11-19")
    assert len(first.context["log"]) == 50
    assert "?page=2#sau-khi-chot" in first.content.decode()
    assert len(page_on(client, "2026-11-19", f"{PAGE}?page=2").context["log"]) == 3


def test_the_method_counts_day_by_day(client: Client, province: Any):
    text = text_of(page_on(client, "2026-10-06"))
    assert "điểm b khoản 1 Điều 4 Quyết định 22/2023/QĐ-UBND" in text
    assert "Thứ Năm 01/10/2026: ngày bắt đầu, không tính" in text
    assert "Thứ Sáu 16/10/2026: ngày thứ 15" in text
    assert "Hạn cuối: hết thứ Sáu 16/10/2026." in text
    assert "Kết quả được chốt ngày 16/11/2026 , theo tình hình đến hết ngày 15/11/2026" in text


def test_a_calendar_changed_after_closing_is_owned_up_to(client: Client, province: Any):
    opened("2026-11-16")
    CalendarDay.objects.create(
        day=date(2026, 10, 16), kind="holiday", name_vi="Nghỉ bão", certainty=3
    )
    text = text_of(page_on(client, "2026-11-20"))
    assert "Lịch ngày nghỉ đã được sửa sau khi đợt này chốt" in text
    assert "Hạn: hết ngày 16/10/2026" in text


def test_the_last_periods_in_words(client: Client, province: Any):
    opened("2026-11-16")
    opened("2027-01-05")
    page = page_on(client, "2027-01-06", "/tien-do/2026Q4/")
    earlier = {row.progress.agency.name_vi: row.earlier_words for row in page.context["table"].rows}
    assert earlier == {
        "Sở An": "3/3",
        "Sở Ba": "3/3",
        "Sở Chậm": "0/3",
        "Sở Nhỏ": "0/1",
        "Sở Y tế": "1/3",
    }
    assert f'href="{PAGE}"' in page.content.decode()
    assert "1 kỳ trước" in text_of(page)


def test_the_periods_beside_it_are_one_step_away(client: Client, province: Any):
    opened("2027-01-05")
    first, second = page_on(client, "2027-01-06"), page_on(client, "2027-01-06", "/tien-do/2026Q4/")
    assert (first.context["earlier"], first.context["later"].period) == (None, "2026Q4")
    assert (second.context["earlier"].period, second.context["later"]) == ("2026Q3", None)
    assert "Kỳ sau: Quý IV/2026" in text_of(first)
    assert "Kỳ trước: Quý III/2026" in text_of(second)
    assert f'href="{PAGE}"' in second.content.decode()


@pytest.mark.parametrize("period", ["2026Q4", "2026Q9", "2026-10", "quy-3", "2026-02-31"])
def test_what_is_no_public_round_says_so(client: Client, province: Any, period: str):
    page = page_on(client, "2026-10-06", f"/tien-do/{period}/")
    assert page.status_code == 404
    assert "Không có đợt cập nhật nào được công khai cho kỳ này." in text_of(page)


def test_a_round_in_which_nobody_owed_anything_is_no_page(client: Client, province: Any):
    assert Round.objects.filter(period="2026Q2").exists()
    assert page_on(client, "2026-10-06", "/tien-do/2026Q2/").status_code == 404


def test_an_agency_whose_duties_all_fell_away_is_left_out(client: Client, province: Any):
    small = province["Sở Nhỏ"][0]
    with at("2026-10-05"):
        withdraw(
            dataset=small,
            reason="Trùng với cơ sở dữ liệu khác.",
            by=make.person("approver", small.agency),
        )
    assert "Sở Nhỏ" not in rows(page_on(client, "2026-10-06"))
    opened("2026-11-16")
    assert "Sở Nhỏ" not in rows(page_on(client, "2026-11-16"))


def test_english(client: Client, province: Any):
    page = page_on(client, "2026-10-06", f"/en{PAGE}")
    text = text_of(page)
    assert "10 days left" in text
    assert '<ul lang="vi" class="count-days"' in page.content.decode()


def test_as_many_queries_however_many_agencies(
    client: Client, agency: Agency, django_assert_num_queries: Any
):
    registered(agency, ["Bộ một"])
    opened()
    for many in (1, 8):
        with at("2026-10-06"), django_assert_num_queries(OPEN_QUERIES):
            assert len(client.get(PAGE).context["table"].rows) == many
        if many == 1:
            _more_agencies(7)


def _more_agencies(count: int) -> None:
    """Each with a copy of the duty there is."""
    (duty,) = Duty.objects.filter(round__period="2026Q3")
    for number in range(count):
        duty.pk, duty.agency, duty.subject = None, make.agency(f"Sở {number}"), f"{number}"
        duty.due = duty.counted_due = duty.counted_due + timedelta(days=0)
        duty.save(force_insert=True)


def test_as_many_queries_however_long_the_log(
    client: Client, province: Any, django_assert_max_num_queries: Any
):
    opened("2026-11-16")
    nothing_to_report(province["Sở Chậm"][0], "2026-11-18")
    with at("2026-11-19"), django_assert_max_num_queries(12) as first:
        client.get(PAGE)
    for dataset in province["Sở Chậm"][1:]:
        nothing_to_report(dataset, "2026-11-18")
    with at("2026-11-19"), django_assert_max_num_queries(len(first)):
        client.get(PAGE)
