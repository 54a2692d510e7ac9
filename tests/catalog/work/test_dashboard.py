"""Việc của tôi: what to do now, made of duties and of what is on its way for them.

Everything is registered in June 2026; the sweep comes on 1 October, when the third quarter is owed
until the 16th.
"""

import re
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Person
from catalog.models import Dataset, Resource
from catalog.states import ReleaseState
from deadlines.actions import duties, petitions
from deadlines.actions.sweep import sweep
from deadlines.models import Duty
from tests import factories
from tests.catalog.work.conftest import SignIn
from tests.deadlines.moments import at
from tests.markup import markup

QUARTER = "2026Q3"


@pytest.fixture(autouse=True)
def law(agency: Agency) -> None:
    call_command("load_deadlines", verbosity=0)


def registered(agency: Agency, title: str = "Trường học", **fields: Any) -> Resource:
    with at("2026-06-15"):
        return factories.dataset(title, at=agency, **fields).resources.get()


def opened() -> None:
    with at("2026-10-01"):
        sweep()


def look(client: Client, day: str = "2026-10-06") -> Any:
    """The response, with the first agency's work as `.work`."""
    with at(day):
        response = client.get(reverse("work"))
        response.work = (
            response.context["sections"][0].work if response.context["sections"] else None
        )
        response.text_ = markup(response)
    return response


def titles(tasks: list[Any]) -> list[str]:
    return [task.duty.title_vi if task.duty else task.dataset.title_vi for task in tasks]


def duty_of(title: str) -> Duty:
    return Duty.objects.get(kind="dataset_update", period=QUARTER, title_vi=title)


def test_says_what_has_to_be_done_now(client: Client, agency: Agency, sign_in: SignIn) -> None:
    contributor = sign_in("contributor")
    for state in ("needs_fixing", "returned", "ready", "checking", "submitted", "published"):
        resource = registered(agency, f"Bộ {state}", by=contributor)
        with at("2026-10-02"):
            factories.release_at(ReleaseState(state), of=resource, period=QUARTER)
    registered(agency, "Bộ chưa nộp", by=contributor)
    opened()

    page = look(client)

    *updates, review = page.work.to_do
    assert [task.releases[0].state if task.releases else "" for task in updates] == [
        "needs_fixing",
        "returned",
        "ready",
        "checking",
        "",
    ]
    assert titles(updates)[-1] == "Bộ chưa nộp"
    assert review.duty.kind == "open_data_list_review"
    for words in (
        "Cần làm (5)",
        "Chờ duyệt (1)",
        "Đã xong kỳ này (1)",
        "<b>1 trong 7</b>",
        "Số liệu chưa khớp báo cáo quý.",
        "Còn 10 ngày: hạn nộp hết ngày 16/10/2026 (thứ Sáu)",
        'Đề nghị hoàn thành trong ngày<time datetime="2026-10-15">',
        "Căn cứ điểm b khoản 1 Điều 4",
    ):
        assert words in page.text_


@pytest.mark.parametrize(
    ("day", "heading", "tag"),
    [
        ("2026-10-13", "Còn 3 ngày: hạn nộp", "còn 3 ngày"),
        ("2026-10-16", "Hạn hôm nay", "Hạn hôm nay"),
        ("2026-10-19", "Đã quá hạn 3 ngày", "Quá hạn 3 ngày"),
    ],
)
def test_the_banner_and_the_row_say_how_far_the_day_is(
    client: Client, agency: Agency, sign_in: SignIn, day: str, heading: str, tag: str
) -> None:
    sign_in("contributor")
    registered(agency)
    opened()
    page = look(client, day)
    assert heading in page.text_
    assert tag in page.text_.split("Cần làm (1)")[1]


def test_nothing_is_due_before_the_quarter_has_ended(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    registered(agency)
    page = look(client, "2026-09-20")
    assert (
        "Hiện không có bộ dữ liệu nào đến hạn; kỳ tới: Quý III/2026, hạn hết ngày"
        '<time datetime="2026-10-16">16/10/2026</time>(thứ Sáu).'
    ) in page.text_


def test_the_first_morning_says_what_is_due_before_the_sweep_has_been(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    """Banner, tasks, dates and the table of periods are the same a minute before the sweep and after."""
    sign_in("contributor")
    table = registered(agency)
    registered(agency, "Hằng tháng", frequency=Dataset.Frequency.MONTHLY)
    done = registered(agency, "Nộp sớm")
    with at("2026-09-29"):
        factories.published(of=done, period=QUARTER)
    with at("2026-09-30"):
        sweep()

    before = look(client, "2026-10-01 00:02")
    with at("2026-10-01 00:05"):
        sweep()
    after = look(client, "2026-10-01 00:06")

    assert "Quý III/2026: đã nộp và được xác nhận<b>1 trong 2</b>bộ dữ liệu." in before.text_
    assert "hạn nộp hết ngày 16/10/2026 (thứ Sáu)" in before.text_
    assert "Hiện không có bộ dữ liệu nào đến hạn" not in before.text_
    assert f"{reverse('upload', args=[table.pk])}?ky={QUARTER}" in before.text_
    assert "Tháng 9/2026" in before.text_
    for page in (before, after):
        assert ("Trường học", QUARTER) in [
            (task.duty.title_vi, task.period) for task in page.work.to_do if task.duty
        ]
    told = [
        [(one.due, one.title, one.count) for one in page.work.dates] for page in (before, after)
    ]
    assert told[0] == told[1]


def test_before_the_sweep_the_upload_and_the_receipt_say_the_day(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    table = registered(agency)
    with at("2026-09-30"):
        sweep()
    with at("2026-10-01 00:02"):
        page = markup(client.get(reverse("upload", args=[table.pk])))
        grid = markup(client.get(reverse("coverage")))
        release = factories.release_at(ReleaseState.SUBMITTED, of=table, period=QUARTER)
        receipt = markup(client.get(reverse("release_receipt", args=[release.pk])))
    assert "Quý III/2026 – Chưa nộp, hạn 16/10/2026" in page
    assert "Chưa đến hạn" in grid.split("<tbody>")[1]
    assert 'Hạn hết ngày<time datetime="2026-10-16">' in receipt


def test_looking_opens_nothing(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    registered(agency)
    look(client, "2026-10-01 00:02")
    assert not Duty.objects.exists()


def test_when_all_is_delivered_the_page_says_so(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = registered(agency)
    opened()
    with at("2026-10-06"):
        factories.published(of=resource, period=QUARTER)
    page = look(client)
    assert "Quý III/2026: đã đủ 1 bộ dữ liệu." in page.text_
    assert "Không còn việc nào" in page.text_
    assert "Hoàn thành ngày" in page.text_
    assert "Đúng hạn, trước hạn 10 ngày" in page.text_


def test_overdue_stands_first_and_what_is_final_last(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    registered(agency, "A hằng quý")
    registered(agency, "Z hằng tháng", frequency=Dataset.Frequency.MONTHLY)
    with at("2026-09-01"):
        sweep()
    opened()
    page = look(client)
    periods = [(task.duty.title_vi, task.period) for task in page.work.to_do]
    assert periods == [
        ("Z hằng tháng", "2026-08"),
        ("A hằng quý", QUARTER),
        ("Z hằng tháng", "2026-09"),
        ("Z hằng tháng", "2026-07"),
    ]


def test_what_came_back_stays_on_top_when_its_round_is_final(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    """It is in hand and still owed; what nobody has begun there comes last."""
    sign_in("contributor")
    returned = registered(agency, "Bị trả", frequency=Dataset.Frequency.MONTHLY)
    registered(agency, "Không ai làm", frequency=Dataset.Frequency.MONTHLY)
    with at("2026-09-01"):
        sweep()
        factories.release_at(ReleaseState.RETURNED, of=returned, period="2026-07")
    opened()
    tasks = [(task.duty.title_vi, task.period) for task in look(client).work.to_do]
    assert tasks[0] == ("Bị trả", "2026-07")
    assert tasks[-1] == ("Không ai làm", "2026-07")


def test_what_was_withdrawn_is_offered_to_be_sent_again(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    """No duty was ever opened for the period: the desk and the dataset's page say it all the same."""
    contributor = sign_in("contributor")
    table = registered(agency)
    with at("2026-06-20"):
        factories.release_at(ReleaseState.WITHDRAWN, of=table, period="2025Q4", by=contributor)
    opened()
    again = f"{reverse('upload', args=[table.pk])}?ky=2025Q4"
    page = look(client).text_
    assert f'href="{again}">Nộp lại<' in page
    assert "Đã rút khỏi công bố ngày" in page
    with at("2026-10-06"):
        dataset = markup(client.get(reverse("work_dataset", args=[table.dataset.slug])))
        assert f'href="{again}">Nộp lại<' in dataset
        factories.release_at(ReleaseState.READY, of=table, period="2025Q4", by=contributor)
        dataset = markup(client.get(reverse("work_dataset", args=[table.dataset.slug])))
    assert "Nộp lại<" not in dataset
    assert f'href="{again}"' not in look(client).text_


def test_two_tables_of_a_dataset_are_one_row(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    first = registered(agency)
    with at("2026-06-16"):
        second = factories.resource(first.dataset, title="Bảng thứ hai")
    opened()
    with at("2026-10-05"):
        factories.release_at(ReleaseState.READY, of=first, period=QUARTER)
    page = look(client)
    (task,) = page.work.to_do
    assert (task.releases[0].resource, task.missing) == (first, [second])
    assert f"{reverse('upload', args=[second.pk])}?ky={QUARTER}" in page.text_
    with at("2026-10-06"):
        factories.published(of=second, period=QUARTER)
    (task,) = look(client).work.to_do
    assert task.missing == []


def test_what_is_with_the_approver_is_no_task_of_the_contributor(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = registered(agency)
    opened()
    with at("2026-10-05"):
        release = factories.release_at(ReleaseState.SUBMITTED, of=resource, period=QUARTER)
    page = look(client)
    assert page.work.to_do == []
    (waiting,) = page.work.waiting
    assert (waiting.release, waiting.duty) == (release, duty_of("Trường học"))


def test_a_delivery_nobody_asked_for_is_listed_without_a_day(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = registered(agency)
    opened()
    with at("2026-10-05"):
        factories.release_at(ReleaseState.READY, of=resource, period="2024Q1")
    tasks = look(client).work.to_do
    assert [(task.period, task.duty is None) for task in tasks] == [
        (QUARTER, False),
        ("2024Q1", True),
    ]


def test_a_table_that_is_owed_has_a_button_to_deliver_it(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = registered(agency)
    opened()
    page = look(client).text_
    duty = duty_of("Trường học")
    assert f"{reverse('upload', args=[resource.pk])}?ky={QUARTER}" in page
    assert reverse("duty_nothing", args=[duty.pk]) in page
    assert reverse("duty_ask_extension", args=[duty.pk]) in page


def test_a_dataset_just_registered_may_be_delivered_at_once(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    with at("2026-10-05"):
        resource = factories.dataset(at=agency).resources.get()
    opened()
    page = look(client)
    (task,) = page.work.to_do
    assert (task.duty, task.missing) == (None, [resource])
    assert f"{reverse('upload', args=[resource.pk])}?ky={QUARTER}" in page.text_
    assert "kỳ tới: Quý IV/2026" not in page.text_  # registered inside it: owed from the next one


def test_what_was_delivered_before_is_named(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resource = registered(agency)
    with at("2026-06-20"):
        factories.published(of=resource, period="2025Q4")
    opened()
    assert "Kỳ trước: Quý IV/2025, 3 dòng" in look(client).text_


def test_what_is_asked_shows_on_the_row_and_waits_for_the_approver(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    contributor = sign_in("contributor")
    for title in ("Không có gì", "Cần thêm ngày"):
        registered(agency, title)
    opened()
    reason = "Trong quý không cấp giấy phép nào."
    with at("2026-10-05"):
        nothing = petitions.declare_nothing(
            duty=duty_of("Không có gì"), reason=reason, by=contributor
        )
        petitions.ask_extension(
            duty=duty_of("Cần thêm ngày"),
            until=date(2026, 10, 30),
            reason=reason,
            by=contributor,
        )
    page = look(client)
    assert titles(page.work.to_do) == ["Cần thêm ngày", "Không có gì"]
    assert "Đang chờ ký không phát sinh" in page.text_
    assert "Đang xin gia hạn" in page.text_
    assert reverse("duty_nothing", args=[nothing.duty_id]) not in page.text_
    sign_in("approver")
    assert "Xem và ký" in look(client).text_


def test_who_waits_for_more_time_may_deliver_meanwhile(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    """From the page: the returned delivery is still the next step, and so is one not begun."""
    contributor = sign_in("contributor")
    returned, fresh = registered(agency, "Bị trả"), registered(agency, "Chưa nộp")
    opened()
    with at("2026-10-05"):
        release = factories.release_at(ReleaseState.RETURNED, of=returned, period=QUARTER)
        for title in ("Bị trả", "Chưa nộp"):
            petitions.ask_extension(
                duty=duty_of(title),
                until=date(2026, 10, 30),
                reason="Chờ số liệu của các xã.",
                by=contributor,
            )
    page = look(client).text_
    steps = re.findall(r'<a class="btn sm act" href="([^"]+)">([^<]+)<', page)
    assert (reverse("release", args=[release.pk]), "Sửa và nộp lại") in steps
    assert (f"{reverse('upload', args=[fresh.pk])}?ky={QUARTER}", "Nộp dữ liệu") in steps
    assert page.count("Đang xin gia hạn") == 2
    assert "Xem đề nghị" in page
    with at("2026-10-06"):
        assert "Chọn tệp khác" in markup(client.get(reverse("release", args=[release.pk])))


def test_more_time_keeps_the_first_day_beside_the_new_one(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    registered(agency)
    opened()
    leader = factories.person("ict_leader", factories.agency("Sở Đầu mối", data_authority=True))
    with at("2026-10-05"):
        duties.extend(
            duty=duty_of("Trường học"),
            until=date(2026, 10, 30),
            reason="Chờ số liệu của các xã.",
            document="12/STTTT",
            by=leader,
        )
    page = look(client).text_
    assert "Hạn ban đầu 16/10/2026, gia hạn đến 30/10/2026" in page
    assert "Gia hạn đến 30/10/2026: còn 24 ngày" in page


def test_nothing_and_waived_are_done_in_plain_words(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    contributor = sign_in("contributor")
    for title in ("Không có gì", "Được miễn hẳn"):
        registered(agency, title)
    opened()
    leader = factories.person("ict_leader", factories.agency("Sở Đầu mối", data_authority=True))
    with at("2026-10-05"):
        petition = petitions.declare_nothing(
            duty=duty_of("Không có gì"), reason="Không phát sinh gì.", by=contributor
        )
        petitions.accept(petition=petition, by=factories.person("approver", agency))
        waived = duty_of("Được miễn hẳn")
        duties.waive(duty=waived, reason="Đã có ở CSDL bộ.", document="1/QĐ", by=leader)
    page = look(client)
    assert "<b>" not in page.text_.split("đã đủ 1 bộ dữ liệu")[0].split("<main")[1]
    done = page.text_.split("Đã xong kỳ này (2)")[1]
    assert "Không phát sinh" in done
    assert "Được miễn" in done


def test_an_approver_sees_what_waits_and_gets_no_button_to_deliver(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("approver")
    resource, other = registered(agency), registered(agency, "Bộ chưa nộp")
    opened()
    with at("2026-10-05"):
        waiting = factories.release_at(ReleaseState.SUBMITTED, of=resource, period=QUARTER)
    page = look(client).text_
    assert reverse("release_decide", args=[waiting.pk]) in page
    assert reverse("upload", args=[other.pk]) not in page
    assert reverse("duty_ask_extension", args=[duty_of("Bộ chưa nộp").pk]) not in page
    assert "Cần làm (0)" in page
    assert "Bộ chưa nộp" in page.split("<summary>Việc của người khác trong cơ quan (1)")[1]
    assert "1 mục chờ phê duyệt" in page


def test_a_review_is_reported_by_the_approver(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    resource = registered(agency)
    with at("2026-06-20"):
        factories.published(of=resource, period="2026Q1")
    opened()
    review = Duty.objects.get(kind="open_data_list_review")
    sign_in("approver")
    page = look(client)
    assert "Rà soát danh mục dữ liệu mở" in page.text_
    assert reverse("duty_done", args=[review.pk]) in page.text_
    sign_in("contributor")
    assert reverse("duty_done", args=[review.pk]) not in look(client).text_


def test_a_description_to_publish_waits_for_the_approver(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("approver")
    dataset = factories.dataset(at=agency, access=Dataset.Access.LISTED)
    page = client.get(reverse("work")).content.decode()
    assert reverse("dataset_publish_description", args=[dataset.slug]) in page


def test_nothing_is_asked_of_a_dataset_whose_data_stay_away(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    with at("2026-06-15"):
        factories.dataset(at=agency, access=Dataset.Access.LISTED)
    opened()
    page = look(client)
    assert (page.work.to_do, page.work.rounds) == ([], [])
    assert "Cơ quan chưa đăng ký bộ dữ liệu nào phải cập nhật." in page.text_


def test_dates_to_come_are_counted_by_the_rules(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    registered(agency)
    registered(agency, "Nhân lực", frequency=Dataset.Frequency.YEARLY)
    opened()
    dates = [(one.due, one.kind.code, one.period, one.count) for one in look(client).work.dates]
    assert dates == [
        (date(2026, 10, 16), "dataset_update", QUARTER, 1),
        (date(2026, 12, 30), "annual_self_assessment", "2026", 1),
        (date(2027, 1, 18), "dataset_update", "2026Q4", 1),
    ]


def test_results_of_closed_quarters_with_the_rank(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    resources = [registered(agency, f"Bộ {number}") for number in range(3)]
    opened()
    with at("2026-10-10"):
        for resource in resources[:2]:
            factories.published(of=resource, period=QUARTER)
    with at("2026-11-20"):
        sweep()
    page = look(client, "2026-11-20")
    (record,) = page.work.records
    assert (record.counts.on_time, record.counts.owed, record.counts.missing) == (2, 3, 1)
    assert (record.rank, record.ranked, record.is_shared) == (1, 1, False)
    assert "2/3" in page.text_.split("Kết quả các quý trước")[1]
    assert "Quá hạn 35 ngày" in page.text_  # closed or not, it is still to be done
    assert "Còn 1 bộ dữ liệu quá hạn của kỳ đã chốt" in page.text_
    assert "Hiện không có bộ dữ liệu nào đến hạn" not in page.text_
    assert "Đã xong kỳ này (2)" in page.text_
    assert all(done.duty for done in page.work.done)


def test_what_waits_for_approval_is_not_said_to_be_owed(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    """Overdue, of a closed round, and delivered at last: it is with the approver now."""
    sign_in("contributor")
    resource = registered(agency)
    opened()
    with at("2026-11-20"):
        sweep()
    assert "Còn 1 bộ dữ liệu quá hạn" in look(client, "2026-11-20").text_
    with at("2026-11-21"):
        factories.release_at(ReleaseState.SUBMITTED, of=resource, period=QUARTER)
    page = look(client, "2026-11-21")
    assert "bộ dữ liệu quá hạn của kỳ đã chốt" not in page.text_
    assert "Chờ duyệt (1)" in page.text_


def test_each_agency_has_its_own_part(client: Client, agency: Agency, sign_in: SignIn) -> None:
    person = sign_in("contributor")
    other = factories.agency("Sở Nội vụ")
    person.memberships.create(agency=other, role_code="approver", valid_from=date(2023, 10, 10))
    registered(agency)
    registered(factories.agency("Sở khác"), "Của sở khác")
    opened()
    sections = look(client).context["sections"]
    assert {section.work.agency for section in sections} == {agency, other}
    assert sum(len(section.work.to_do) for section in sections) == 1


def test_somebody_without_a_role_is_told_whom_to_ask(client: Client, sign_in: SignIn) -> None:
    sign_in(None)
    assert "quản trị của cơ quan" in client.get(reverse("work")).content.decode()


@pytest.mark.parametrize("datasets", [1, 6])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    agency: Agency,
    sign_in: SignIn,
    django_assert_num_queries: Any,
    datasets: int,
) -> None:
    contributor: Person = sign_in("contributor")
    for number in range(datasets):
        resource = registered(agency, f"Bộ {number}")
        with at("2026-06-20"):
            factories.published(of=resource, period="2025Q4")
        registered(agency, f"Đang làm {number}")
        registered(agency, f"Xin {number}")
        registered(agency, f"Xong {number}")
    opened()
    with at("2026-10-05"):
        for number in range(datasets):
            table = Resource.objects.get(dataset__title_vi=f"Đang làm {number}")
            factories.release_at(ReleaseState.SUBMITTED, of=table, period=QUARTER)
            table = Resource.objects.get(dataset__title_vi=f"Xong {number}")
            factories.published(of=table, period=QUARTER)
            petitions.declare_nothing(
                duty=duty_of(f"Xin {number}"), reason="Không phát sinh gì.", by=contributor
            )
    look(client)
    with django_assert_num_queries(QUERIES):
        look(client)


QUERIES = 21
