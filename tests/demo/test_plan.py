"""The plan of the demonstration's past: the same everywhere, in order, by people who may."""

import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.clock import VIETNAM
from deadlines.calendar import Calendar, read_calendar
from demo.agencies import agencies
from demo.catalogue import DATASETS
from demo.history.events import Event, What
from demo.history.fates import Fate
from demo.history.plan import BEGINNING, Plan, cases, make_plan, registration_day
from demo.people import PEOPLE

NOW = datetime(2026, 11, 28, 11, 0, tzinfo=VIETNAM)
CALENDAR = Calendar(read_calendar())
ROLES = {person.email: {role for role, _ in person.roles} for person in PEOPLE}
BY_APPROVER = {
    What.DESCRIBE,
    What.PUBLISH,
    What.RETURN,
    What.SIGN_NOTHING,
    What.REVIEW,
    What.ASSESS,
}
BY_AUTHORITY = {What.EXTEND, What.REFUSE_EXTENSION, What.WAIVE}
# Each may only follow what is named, about the same table or the same period.
AFTER = {
    What.SUBMIT: What.UPLOAD,
    What.PUBLISH: What.SUBMIT,
    What.RETURN: What.SUBMIT,
    What.SIGN_NOTHING: What.DECLARE_NOTHING,
    What.EXTEND: What.ASK_EXTENSION,
    What.REFUSE_EXTENSION: What.ASK_EXTENSION,
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(NOW)


def fates(now: datetime = NOW) -> Counter[Fate]:
    found: Counter[Fate] = Counter()
    for dataset in DATASETS:
        registered = registration_day(dataset, BEGINNING, now.date())
        found.update(case.fate for case in cases(dataset, registered, BEGINNING, now))
    return found


def digest(plan: Plan) -> str:
    return hashlib.sha256("\n".join(map(repr, plan.events)).encode()).hexdigest()


def test_two_plans_are_equal(plan: Plan) -> None:
    assert make_plan(NOW) == plan


def test_it_is_the_same_in_another_process(plan: Plan) -> None:
    program = (
        "from tests.demo.test_plan import NOW, digest, make_plan; print(digest(make_plan(NOW)))"
    )
    there = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "4711", "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == digest(plan)


def test_most_come_on_time_and_every_other_fate_is_there() -> None:
    found = fates()
    assert set(found) == set(Fate)
    owed = found.total() - found[Fate.EARLIER]
    assert 0.80 < found[Fate.ON_TIME] / owed < 0.92
    assert 0.05 < (found[Fate.LATE] + found[Fate.AFTER_CLOSING]) / owed < 0.12
    assert 0.01 < found[Fate.MISSING] / owed < 0.05


def test_nobody_decides_on_requests_before_the_data_authority_is_there(plan: Plan) -> None:
    founded = date.fromisoformat(agencies()["SKHCN2025"]["valid_from"])
    asked = [event for event in plan.events if event.what in BY_AUTHORITY]
    assert asked
    assert all(event.moment.astimezone(VIETNAM).date() > founded for event in asked)


def test_a_dataset_owes_from_the_first_period_of_its_history_where_its_agency_is_old_enough():
    old = [one for one in DATASETS if one.agency_key == "STP"]
    for dataset in old:
        registered = registration_day(dataset, BEGINNING, NOW.date())
        first = dataset.all_periods(NOW.date())[0]
        assert first.previous().first_day <= registered < first.first_day


def test_a_draft_owes_nothing_yet() -> None:
    [draft] = [one for one in DATASETS if one.draft]
    assert date(2026, 10, 1) <= registration_day(draft, BEGINNING, NOW.date()) < NOW.date()


def test_what_waits_was_handed_in_lately(plan: Plan) -> None:
    last = {(event.dataset, event.period): event for event in plan.events if event.period}
    newest = [event for event in last.values() if event.what in (What.SUBMIT, What.RETURN)]
    assert len(newest) == 4
    assert all(NOW - event.moment < timedelta(days=15) for event in newest)


# Whole plans: making a failing one smaller would take minutes and say little.
@settings(max_examples=20, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 1500), st.integers(-400, 900), st.integers(0, 23))
def test_events_are_in_order_in_office_hours_and_by_those_who_may(
    begun: int, later: int, hour: int
) -> None:
    begin = BEGINNING + timedelta(days=begun)
    now = max(NOW + timedelta(days=later), datetime.combine(begin, time(12), VIETNAM))
    now = now.replace(hour=hour)
    events = make_plan(now, begin=begin).events
    done: dict[tuple[str, str, str], dict[What, Event]] = defaultdict(dict)
    registered: set[str] = set()
    before = datetime.combine(begin, time(), VIETNAM)
    for event in events:
        assert before <= event.moment <= now
        before = event.moment
        _check_office_hours(event)
        _check_role(event)
        if event.what is What.REGISTER:
            registered.add(event.dataset)
        elif event.dataset:
            assert event.dataset in registered
        steps = done[event.dataset or event.agency, event.table, event.period]
        if earlier := AFTER.get(event.what):
            assert steps[earlier].moment < event.moment
            assert event.what is What.SUBMIT or steps[earlier].who != event.who
        steps[event.what] = event


def _check_office_hours(event: Event) -> None:
    there = event.moment.astimezone(VIETNAM)
    assert CALENDAR.is_working(there.date())
    assert time(7, 30) <= there.time() < time(11, 30) or time(13, 30) <= there.time() < time(17, 0)


def _check_role(event: Event) -> None:
    if event.what is What.APPOINT:
        return
    if event.what in BY_AUTHORITY:
        assert "ict_leader" in ROLES[event.who]
    else:
        assert ("approver" if event.what in BY_APPROVER else "contributor") in ROLES[event.who]
