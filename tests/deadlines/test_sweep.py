"""The sweep: opens, reminds, marks overdue, escalates, closes; whenever it comes, and however often."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Agency, AuditEvent, Notice, OutboxMessage
from catalog.models import Dataset
from core import clock
from deadlines.actions.sweep import Swept, sweep
from deadlines.models import Correction, Duty, Round, Standing, Sweep
from deadlines.states import DutyState
from tests import factories as make
from tests.deadlines.moments import at

pytestmark = pytest.mark.django_db


def registered(agency: Agency, title: str = "Trường học", on: str = "2026-06-15", **fields: Any):
    with at(on):
        return make.dataset(title, at=agency, **fields)


def quarterly(period: str = "2026Q3") -> list[Duty]:
    return list(Duty.objects.filter(kind="dataset_update", period=period).order_by("title_vi"))


def states(period: str = "2026Q3") -> list[str]:
    return [duty.state for duty in quarterly(period)]


def test_opens_a_duty_for_each_dataset_on_the_first_day_after_the_quarter(agency: Agency):
    registered(agency)
    with at("2026-09-30"):
        sweep()
    assert quarterly() == []
    with at("2026-10-01"):
        sweep()
    (duty,) = quarterly()
    assert (duty.agency, duty.title_vi, duty.due) == (agency, "Trường học", date(2026, 10, 16))
    assert duty.rule.code == "quarterly_update"
    assert Round.objects.get(kind="dataset_update", period="2026Q3").due == date(2026, 10, 16)


def test_a_dataset_registered_in_the_middle_of_a_quarter_owes_from_the_next_one(agency: Agency):
    registered(agency, on="2026-07-01")
    with at("2026-10-02"):
        sweep()
    assert quarterly() == []
    with at("2027-01-02"):
        sweep()
    assert len(quarterly("2026Q4")) == 1


@pytest.mark.parametrize(
    ("frequency", "period", "due"),
    [
        (Dataset.Frequency.MONTHLY, "2026-09", date(2026, 10, 16)),
        (Dataset.Frequency.QUARTERLY, "2026Q3", date(2026, 10, 16)),
        (Dataset.Frequency.YEARLY, "2025", date(2026, 1, 16)),
    ],
)
def test_each_frequency_by_its_own_rule(agency: Agency, frequency: str, period: str, due: date):
    registered(agency, on="2024-06-15", frequency=frequency)
    with at("2026-10-02"):
        sweep()
    assert Duty.objects.get(kind="dataset_update", period=period).due == due


def test_listed_withdrawn_and_ended_datasets_owe_nothing(agency: Agency):
    registered(agency, "Chỉ mô tả", access=Dataset.Access.LISTED)
    registered(agency, "Đã hết", temporal_end=date(2026, 6, 30))
    gone = registered(agency, "Đã rút")
    release = make.published(of=gone.resources.get(), period="2026Q2")
    make_withdrawn(release.resource.dataset, agency)
    with at("2026-10-02"):
        sweep()
    assert quarterly() == []


def test_data_from_before_the_regulation_are_never_owed(agency: Agency):
    dataset = registered(agency)
    with at("2020-01-15"):
        Dataset.objects.filter(pk=dataset.pk).update(created_at=clock.now())
    with at("2024-01-02"):
        sweep()
    periods = Duty.objects.filter(kind="dataset_update").values_list("period", flat=True)
    assert list(periods) == ["2023Q4"]


def test_what_came_early_is_fulfilled_when_the_duty_opens(agency: Agency):
    dataset = registered(agency)
    with at("2026-09-29"):
        make.published(of=dataset.resources.get(), period="2026Q3")
    with at("2026-10-01"):
        sweep()
    (duty,) = quarterly()
    assert (duty.state, duty.how, duty.fulfilled_on) == ("fulfilled", "release", date(2026, 9, 29))


def test_publishing_fulfils(agency: Agency):
    dataset = registered(agency)
    with at("2026-10-01"):
        sweep()
    with at("2026-10-16 23:59"):
        make.published(of=dataset.resources.get(), period="2026Q3")
    (duty,) = quarterly()
    assert duty.was_on_time
    assert AuditEvent.objects.filter(action="duty.fulfil", object_id=str(duty.pk)).exists()


def test_a_dataset_of_two_tables_is_there_when_both_are(agency: Agency):
    dataset = registered(agency)
    with at("2026-06-16"):
        second = make.resource(dataset, title="Bảng thứ hai")
    first = dataset.resources.exclude(pk=second.pk).get()
    with at("2026-10-01"):
        sweep()
    with at("2026-10-05"):
        make.published(of=first, period="2026Q3")
    assert states() == ["open"]
    with at("2026-10-18"):
        make.published(of=second, period="2026Q3")
    (duty,) = quarterly()
    assert duty.state == DutyState.FULFILLED
    assert not duty.was_on_time


def test_a_withdrawn_release_is_owed_again(agency: Agency):
    dataset = registered(agency)
    with at("2026-10-01"):
        sweep()
    with at("2026-10-05"):
        make.release_at("withdrawn", of=dataset.resources.get(), period="2026Q3")
    (duty,) = quarterly()
    assert (duty.state, duty.how) == ("open", "")
    with at("2026-10-17"):
        sweep()
    assert states() == ["overdue"]


def test_marks_overdue_on_the_day_after(agency: Agency):
    registered(agency)
    with at("2026-10-16"):
        sweep()
    assert states() == ["open"]
    with at("2026-10-17 00:05"):
        sweep()
    assert states() == ["overdue"]
    with at("2026-10-20"):
        make.published(of=Dataset.objects.get().resources.get(), period="2026Q3")
    (duty,) = quarterly()
    assert (duty.state, duty.was_on_time) == ("fulfilled", False)


def test_reminds_ten_five_two_days_before_and_on_the_day(agency: Agency):
    staff, head = make.person("contributor", agency), make.person("approver", agency)
    registered(agency, by=staff)
    told: dict[str, int] = {}
    for day in range(1, 17):
        before = Notice.objects.filter(person=staff, kind="duty.digest").count()
        with at(f"2026-10-{day:02}"):
            sweep()
        if Notice.objects.filter(person=staff, kind="duty.digest").count() > before:
            told[f"{day:02}"] = 16 - day
    assert told == {"06": 10, "11": 5, "14": 2, "16": 0}
    assert Notice.objects.filter(person=head, kind="duty.digest").count() == 4


def test_one_digest_a_day_however_many_datasets(agency: Agency):
    staff = make.person("contributor", agency)
    for number in range(7):
        registered(agency, f"Bộ {number}", by=staff)
    with at("2026-10-06"):
        sweep()
    with at("2026-10-06 15:00"):
        sweep()
    notice = Notice.objects.get(person=staff, kind="duty.digest")
    (line,) = notice.facts["digest"]["lines"]
    assert (line["count"], len(line["titles"]), line["due"]) == (7, 5, "2026-10-16")
    assert OutboxMessage.objects.filter(to=staff.email).count() == 1


def test_who_wants_no_letters_still_finds_the_notice(agency: Agency):
    staff = make.person("contributor", agency)
    staff.wants_email = False
    staff.save()
    registered(agency, by=staff)
    with at("2026-10-06"):
        sweep()
    assert Notice.objects.filter(person=staff, kind="duty.digest").count() == 1
    assert not OutboxMessage.objects.filter(to=staff.email).exists()


def test_nobody_is_told_at_night(agency: Agency):
    staff = make.person("contributor", agency)
    registered(agency, by=staff)
    with at("2026-10-06 06:55"):
        sweep()
    assert not Notice.objects.filter(person=staff).exists()
    with at("2026-10-06 07:05"):
        sweep()
    assert Notice.objects.filter(person=staff).exists()


def test_escalates_to_the_head_on_day_one_and_the_leader_on_day_five(
    agency: Agency, authority: Agency
):
    head, leader = make.person("approver", agency), make.person("ict_leader", authority)
    with at("2026-06-15"):
        make.dataset(at=agency)
    heard: dict[str, list[int]] = {"head": [], "leader": []}
    for day in range(16, 26):
        with at(f"2026-10-{day:02}"):
            sweep()
        for name, person in (("head", head), ("leader", leader)):
            lines = [n.facts["digest"]["lines"] for n in Notice.objects.filter(person=person)]
            if len([line for line in lines if line]) > len(heard[name]):
                heard[name].append(day)
    assert heard["head"] == [16, 17, 21]
    assert heard["leader"] == [21]


def test_the_data_authority_hears_once_a_week_of_what_is_late(agency: Agency, authority: Agency):
    officer = make.person("ict_officer", authority)
    registered(agency)
    for day in range(16, 31):
        with at(f"2026-10-{day:02}"):
            sweep()
    weekly = [n for n in Notice.objects.filter(person=officer) if n.facts["digest"]["weekly"]]
    days = sorted(n.created_at.astimezone().date().isoformat() for n in weekly)
    assert days == ["2026-10-17", "2026-10-19", "2026-10-26"]


def test_three_days_without_beat_change_nothing_but_the_time(agency: Agency):
    staff = make.person("contributor", agency)
    registered(agency, by=staff)
    for day in ("2026-10-01", "2026-10-05", "2026-10-12", "2026-10-18"):
        with at(day):
            sweep()
    steps = Notice.objects.filter(person=staff).order_by("id")
    assert [n.facts["digest"]["lines"][0]["days"] for n in steps] == [4, -2]
    assert states() == ["overdue"]


def test_again_at_once_does_nothing(agency: Agency):
    make.person("contributor", agency)
    registered(agency)
    with at("2026-10-06"):
        sweep()
        events, notices = AuditEvent.objects.count(), Notice.objects.count()
        assert sweep() == Swept()
    assert (AuditEvent.objects.count(), Notice.objects.count()) == (events, notices)


def test_a_clock_that_goes_back_does_nothing(agency: Agency):
    registered(agency)
    with at("2026-10-06"):
        sweep()
    before = AuditEvent.objects.count()
    Duty.objects.update(due=date(2026, 10, 1), counted_due=date(2026, 10, 1))
    with at("2026-10-02"):
        assert sweep() == Swept()
    assert AuditEvent.objects.count() == before
    assert Sweep.objects.get().last_at.date() == date(2026, 10, 6)


def test_closes_and_freezes(agency: Agency):
    done, late, missing = (registered(agency, title) for title in ("A", "B", "C"))
    with at("2026-10-01"):
        sweep()
    with at("2026-10-10"):
        make.published(of=done.resources.get(), period="2026Q3")
    with at("2026-10-20"):
        make.published(of=late.resources.get(), period="2026Q3")
    with at("2026-11-15"):
        sweep()
    assert not Standing.objects.exists()
    with at("2026-11-16"):
        sweep()
    standing = Standing.objects.get(round__period="2026Q3")
    assert (standing.owed, standing.on_time, standing.late, standing.missing) == (3, 1, 1, 1)
    with at("2026-11-20"):
        make.published(of=missing.resources.get(), period="2026Q3")
        sweep()
    again = Standing.objects.get(round__period="2026Q3")
    assert vars(again).items() - {("_state", again._state)} == vars(standing).items() - {
        ("_state", standing._state)
    }
    correction = Correction.objects.get()
    assert (correction.step, correction.duty.title_vi) == ("fulfil", "C")


def test_closing_days_late_gives_the_result_of_the_day(agency: Agency):
    dataset = registered(agency)
    with at("2026-10-01"):
        sweep()
    with at("2026-11-17"):
        make.published(of=dataset.resources.get(), period="2026Q3")
    with at("2026-11-19"):
        sweep()
    standing = Standing.objects.get(round__period="2026Q3")
    assert (standing.missing, standing.late) == (1, 0)
    assert Correction.objects.get().step == "fulfil"


def test_a_round_opened_and_closed_by_one_late_sweep_needs_no_corrections(agency: Agency):
    dataset = registered(agency)
    with at("2026-10-05"):
        make.published(of=dataset.resources.get(), period="2026Q3")
    with at("2026-12-01"):
        sweep()
    assert Standing.objects.get(round__period="2026Q3").on_time == 1
    assert not Correction.objects.exists()


def test_a_merged_agency_passes_on_what_it_owes(agency: Agency):
    new = make.agency("Sở Mới", valid_from=date(2026, 10, 5))
    dataset = registered(agency)
    with at("2026-10-01"):
        sweep()
    agency.valid_to, agency.successor = date(2026, 10, 4), new
    agency.save()
    with at("2026-10-05"):
        sweep()
    (duty,) = quarterly()
    assert duty.agency == new
    assert Dataset.objects.get(pk=dataset.pk).agency == new
    event = AuditEvent.objects.get(action="duty.pass_on")
    assert (event.before["agency"], event.after["agency"]) == (agency.key, new.key)


def make_withdrawn(dataset: Dataset, agency: Agency) -> None:
    from catalog.actions.dataset import withdraw

    withdraw(
        dataset=dataset, reason="Trùng với cơ sở dữ liệu khác.", by=make.person("approver", agency)
    )
