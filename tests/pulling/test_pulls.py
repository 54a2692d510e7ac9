"""Pulling: an API's data go the way of every file, and publish by themselves once that was approved."""

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import AuditEvent, Notice
from catalog.actions import checking, decision, delivery, pull_schedule, pulls, sources
from catalog.models import Pull, Release, Source
from catalog.pulling import fetching
from catalog.states import ReleaseState
from deadlines.actions.sweep import sweep
from deadlines.models import Duty
from tests import factories as make
from tests.deadlines.moments import at
from tests.pulling.api import Api, Handler
from tests.pulling.conftest import PERIOD, SECRET, Office

pytestmark = pytest.mark.django_db
NEW_CSV = make.GOOD_CSV.replace(",12,", ",13,")


def duty() -> Duty:
    return Duty.objects.get(kind="dataset_update", period=PERIOD)


def released(office: Office) -> list[str]:
    return list(
        office.table.releases.filter(period=PERIOD)
        .order_by("number")
        .values_list("state", flat=True)
    )


def count(kind: str) -> int:
    return Notice.objects.filter(kind=kind).count()


# --- What should happen -----------------------------------------------------------


def test_a_due_period_is_pulled_published_and_fulfils_the_duty(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    with at("2026-09-30"):
        assert pull_schedule.due_sources() == []
    with at("2026-10-01 00:05"):
        sweep()
        assert pull_schedule.due_sources() == []  # the day begins at one in the morning
    with at("2026-10-01 01:05"):
        assert pull_schedule.due_sources() == [source.pk]
        office.api.gives(NEW_CSV, ETag='"q3"')
        pull = office.pull_on_schedule(source)
    assert (pull.state, pull.rows, pull.status_code, pull.asked_by) == ("ok", 3, 200, None)
    release = pull.release
    assert (release.state, release.uploaded_by, release.submitted_by, release.decided_by) == (
        "published", None, None, None,
    )  # fmt: skip
    assert release.source == source
    assert (duty().state, duty().how, duty().fulfilled_on) == (
        "fulfilled",
        "pull",
        date(2026, 10, 1),
    )
    assert office.api.asked[-1].path == "/so-lieu?ky=2026Q3"
    told = AuditEvent.objects.get(action="release.publish_pulled")
    assert (told.actor_id, told.after["source"]) == (None, office.api.url("/so-lieu"))
    people = Notice.objects.filter(kind="release.published_by_itself").values_list(
        "person", flat=True
    )
    assert set(people) == {office.staff.pk, office.head.pk}
    assert count("release.ready") == 1  # of the first period's file: nobody has to do anything now


def test_what_was_pulled_before_the_duty_opened_counts_as_pulled(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    with at("2026-10-01 01:05"):
        office.api.gives(NEW_CSV)
        office.pull_on_schedule(source)
        sweep()
    assert (duty().state, duty().how) == ("fulfilled", "pull")


def test_the_same_data_are_not_published_again(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(NEW_CSV)
    with at("2026-10-01 01:05"):
        office.pull_on_schedule(source)
    with at("2026-10-02 01:05"):
        assert office.pull_on_schedule(source).state == Pull.State.UNCHANGED
    assert released(office) == ["published"]


def test_the_server_may_say_itself_that_nothing_has_changed(office: Office):
    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"q3"':
            handler.give(b"", status=304)
        else:
            handler.give(NEW_CSV.encode(), ETag='"q3"')

    with at("2026-09-20"):
        source = office.approved()
    office.api.answer = answer
    with at("2026-10-01 01:05"):
        office.pull_on_schedule(source)
    for day in ("2026-10-02 01:05", "2026-10-03 01:05"):
        with at(day):
            pull = office.pull_on_schedule(source)
        assert (pull.state, pull.status_code, pull.size) == ("unchanged", 304, None)
    with at("2026-10-03 09:00"):
        by_hand = office.pull_now(source)
    assert (by_hand.state, by_hand.status_code) == ("unchanged", 200)


def test_changed_data_replace_those_of_the_period_and_back_again(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    other = NEW_CSV.replace("Đô Lương", "Xã Đô Lương")
    for day, content in (("01", NEW_CSV), ("02", other), ("03", NEW_CSV)):
        office.api.gives(content)
        with at(f"2026-10-{day} 01:05"):
            assert office.pull_on_schedule(source).state == Pull.State.OK
    assert released(office) == ["superseded", "superseded", "published"]


def test_another_periods_file_is_not_published_without_a_person(office: Office):
    """The API still gives the last quarter: whoever delivers is told, and has to say that it is right."""
    with at("2026-09-20"):
        source = office.approved()
        (last,) = Release.objects.filter(state="published")
    with default_storage.open(last.file_key) as file:
        office.api.gives(file.read().decode())
    with at("2026-10-01 01:05"):
        pull = office.pull_on_schedule(source)
    assert (pull.state, pull.release.state, pull.release.sha256) == ("ok", "ready", last.sha256)
    assert Notice.objects.filter(kind="release.ready", path__contains=str(pull.release_id)).exists()


def test_json_wrapped_in_what_changes_every_time(office: Office):
    def answer(handler: Handler) -> None:
        rows = (
            '{"Mã xã": "00123", "Tên xã": "Đô Lương", "Số trường": 12, "Tỉ lệ": 45.50, '
            '"Ngày báo cáo": "2026-09-30"}'
        )
        body = f'{{"at": {len(office.api.asked)}, "data": {{"so": [1], "items": [{rows}]}}}}'
        handler.give(body.encode(), "application/json")

    with at("2026-07-20"):
        source = office.configure(format=Source.Format.JSON, rows_path="data.items")
        office.api.answer = answer
        first = office.pull_now(source, "2026Q2")
        assert (first.state, first.rows, first.release.state) == ("ok", 1, "ready")
        with default_storage.open(first.release.file_key) as file:
            kept = file.read().decode()
        assert "45.50" in kept
        assert "at" not in kept
        assert office.pull_now(source, "2026Q2").sha256 == first.sha256


def test_the_secret_goes_to_the_api_and_nowhere_else(office: Office, caplog: Any):
    caplog.set_level(logging.DEBUG)
    with at("2026-09-20"):
        source = office.approved(header_name="X-API-Key", secret=SECRET)
    office.api.answer = lambda handler: handler.give(b"", status=403)
    with at("2026-10-01 01:05"):
        office.pull_on_schedule(source)
    assert {one.headers["X-API-Key"] for one in office.api.asked} == {SECRET}
    kept = [str(row) for event in AuditEvent.objects.all() for row in (event.before, event.after)]
    kept += [str(vars(row)) for row in [*Source.objects.all(), *Pull.objects.all()]]
    kept += [str(notice.facts) for notice in Notice.objects.all()]
    assert SECRET not in " ".join([*kept, caplog.text])


def test_nothing_is_in_a_transaction_while_data_are_on_the_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    blocks: list[int] = []
    real = fetching.fetch

    def fetch(*args: Any, **how: Any) -> Any:
        blocks.append(len(connection.savepoint_ids))
        return real(*args, **how)

    monkeypatch.setattr(pulls, "fetch", fetch)
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(NEW_CSV)
    outside = len(connection.savepoint_ids)
    with at("2026-10-01 01:05"):
        office.pull_on_schedule(source)
    assert set(blocks) == {outside}


# --- Until it is approved ---------------------------------------------------------


def test_without_approval_a_pull_is_a_file_to_submit(office: Office):
    with at("2026-10-01"):
        sweep()
    with at("2026-10-02"):
        source = office.configure()
        office.api.gives(NEW_CSV)
        assert pull_schedule.due_sources() == []
        pull = office.pull_now(source)
        assert (pull.state, pull.release.state) == ("ok", "ready")
        delivery.submit(release=pull.release, by=office.staff)
        decision.publish(release=pull.release, by=office.head)
    release = Release.objects.get(pk=pull.release_id)
    assert (release.submitted_by, release.decided_by) == (office.staff, office.head)
    assert (duty().state, duty().how) == ("fulfilled", "pull")


def test_what_was_tried_before_is_published_once_approved(office: Office):
    with at("2026-10-02"):
        source = office.configure()
        office.api.gives(NEW_CSV)
        office.pull_now(source)
        assert count("source.waiting") == 1
        office.pull_now(source)
        assert count("source.waiting") == 1
        sources.approve(source=source, seen=source.configured_at, by=office.head)
        assert released(office) == ["ready"]
    with at("2026-10-03 01:05"):
        office.pull_on_schedule(source)
    assert released(office) == ["published"]


def test_a_change_in_the_middle_of_a_check_takes_the_approval_with_it(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(NEW_CSV)
    with at("2026-10-01 01:05"):
        pulls.run(source.pk)
        office.configure(url=office.api.url("/khac?ky={period}"))
        for release in Release.objects.filter(state="checking"):
            checking.check(release.pk)
    assert released(office) == ["ready"]


# --- What people have in hand -----------------------------------------------------


def test_a_file_somebody_prepares_is_left_alone(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    with at("2026-10-01 00:30"):
        make.release_at(ReleaseState.READY, of=office.table, period=PERIOD, by=office.staff)
    with at("2026-10-01 01:05"):
        assert pull_schedule.due_periods(source) == []
        with pytest.raises(ValidationError, match="do cán bộ tải lên"):
            pulls.ask(source=source, period_code=PERIOD, by=office.staff)


def test_a_correction_by_hand_is_not_overwritten(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(NEW_CSV)
    with at("2026-10-01 01:05"):
        office.pull_on_schedule(source)
    with at("2026-10-01 10:00"):
        make.published(of=office.table, period=PERIOD, by=office.staff, approver=office.head)
    office.api.gives(NEW_CSV.replace(",13,", ",14,"))
    with at("2026-10-02 01:05"):
        assert pull_schedule.due_sources() == []
        assert office.pull_now(source).release.state == ReleaseState.READY
    assert released(office) == ["superseded", "published", "ready"]


def test_what_was_withdrawn_does_not_come_back_by_itself(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(NEW_CSV)
    with at("2026-10-01 01:05"):
        release = office.pull_on_schedule(source).release
    with at("2026-10-01 10:00"):
        decision.withdraw(release=release, reason="Số liệu sai nguồn.", by=office.head)
        assert office.pull_now(source).state == Pull.State.UNCHANGED
    office.api.gives(NEW_CSV.replace(",13,", ",14,"))
    with at("2026-10-02 01:05"):
        assert pull_schedule.due_sources() == []
        office.pull_now(source)
    assert released(office) == ["withdrawn", "ready"]


def test_an_upload_takes_the_place_of_what_is_being_checked(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(NEW_CSV)
    with at("2026-10-01 01:05"):
        pulls.run(source.pk)
        make.release_at(ReleaseState.READY, of=office.table, period=PERIOD, by=office.staff)
    pull = source.pulls.first()
    assert (pull.state, pull.code) == ("failed", "discarded")
    assert released(office) == ["discarded", "ready"]


# --- When it goes wrong -----------------------------------------------------------


def test_data_with_errors_wait_for_people(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(make.BAD_CSV)
    with at("2026-10-01 01:05"):
        pull = office.pull_on_schedule(source)
    assert (pull.state, pull.release.state) == ("needs_fixing", "needs_fixing")
    assert set(
        Notice.objects.filter(kind="release.needs_fixing").values_list("person", flat=True)
    ) == {office.staff.pk}
    with at("2026-10-02 01:05"):
        assert office.pull_on_schedule(source).state == Pull.State.NEEDS_FIXING
    assert (released(office), count("release.needs_fixing")) == (["needs_fixing"], 1)
    office.api.gives(NEW_CSV)
    with at("2026-10-03 01:05"):
        office.pull_on_schedule(source)
    assert released(office) == ["discarded", "published"]


def test_wrong_columns(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives("Tên,Số\nA,1\n")
    with at("2026-10-01 01:05"):
        pull = office.pull_on_schedule(source)
    assert "missing_column" in pull.release.problem_counts
    assert pull.state == Pull.State.NEEDS_FIXING


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.4 ...", "document"),
        (b"\x00\x01\x02" * 500, "binary"),
        (b"Ma,Ten\n", "only_header"),
    ],
)
def test_what_cannot_be_read(office: Office, content: bytes, code: str):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(content)
    with at("2026-10-01 01:05"):
        pull = office.pull_on_schedule(source)
    assert pull.state == Pull.State.NEEDS_FIXING
    assert pull.release.reading["unreadable"]["code"] == code


@pytest.mark.parametrize("body", ['{"data": 1}', "{", '{"data": {"items": {}}}', "[1]"])
def test_json_without_the_list(office: Office, body: str):
    with at("2026-10-02"):
        source = office.configure(format=Source.Format.JSON, rows_path="data.items")
        office.api.gives(body, "application/json")
        pull = office.pull_now(source)
    assert (pull.state, pull.code) == ("failed", "unreadable")
    assert pull.release is None


def test_a_failing_source_is_asked_less_and_less_and_told_of_once(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.answer = lambda handler: handler.give(b"", status=500)
    asked_at = []
    for quarter in range(4, 40 * 4):  # forty hours, a look every quarter of an hour
        moment = f"2026-10-{1 + quarter // 96:02} {quarter // 4 % 24:02}:{quarter % 4 * 15:02}"
        with at(moment):
            if pull_schedule.due_sources():
                asked_at.append(moment[8:])
                assert office.pull_on_schedule(source).code == "server_error"
    assert asked_at == ["01 01:00", "01 02:00", "01 04:00", "01 08:00", "01 16:00", "02 08:00"]
    assert count("source.failing") == 1
    assert Source.objects.get().failures == 6
    office.api.gives(NEW_CSV)
    with at("2026-10-03 09:00"):
        office.pull_on_schedule(source)
    assert (Source.objects.get().failures, released(office)) == (0, ["published"])


def test_what_is_too_large_leaves_nothing(office: Office, settings: Any):
    with at("2026-10-02"):
        source = office.configure()
        settings.UPLOAD_MAX_BYTES = 50
        office.api.gives(make.GOOD_CSV)
        pull = office.pull_now(source)
    assert (pull.code, released(office)) == ("too_large", [])
    assert list((Path(settings.PORTAL_DATA) / "work").iterdir()) == []


def test_a_private_address_is_refused(office: Office, settings: Any):
    with at("2026-10-02"):
        source = office.configure()
        settings.PULL_ALLOWED_PRIVATE_HOSTS = []
        pull = office.pull_now(source)
    assert pull.code == "port"
    assert office.api.asked == []


def test_a_secret_sealed_with_a_lost_key(office: Office, settings: Any):
    with at("2026-10-02"):
        source = office.configure(header_name="X-API-Key", secret=SECRET)
        settings.SECRET_KEY = "khac" * 20
        assert office.pull_now(source).code == "sealed"
    assert office.api.asked == []


# --- Which periods, and who ------------------------------------------------------


def test_until_the_result_is_closed(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    with at("2026-10-01"):
        sweep()
    with at("2026-11-15"):
        assert [one.code for one in pull_schedule.due_periods(source)] == [PERIOD]
    with at("2026-11-16"):
        sweep()
        assert pull_schedule.due_periods(source) == []


@pytest.mark.parametrize("change", ["off", "revoked", "withdrawn"])
def test_not_asked_any_more(office: Office, change: str):
    from catalog.actions import dataset as datasets

    with at("2026-09-20"):
        source = office.approved()
        if change == "off":
            sources.switch(source=source, on=False, by=office.staff)
        elif change == "revoked":
            sources.revoke(source=source, reason="Nguồn cần rà soát.", by=office.head)
        else:
            datasets.withdraw(
                dataset=office.table.dataset, reason="Trùng dữ liệu khác.", by=office.head
            )
    with at("2026-10-01 01:05"):
        assert pull_schedule.due_sources() == []


def test_a_table_registered_after_the_period_is_not_pulled_for_it(office: Office):
    with at("2026-10-02"):
        assert pull_schedule.wanted_periods(office.approved()) != []
        office.table.created_at = "2026-10-01T00:00:00+07:00"
        office.table.save()
        assert pull_schedule.wanted_periods(Source.objects.get()) == []


def test_an_address_without_the_period_gives_the_last_one_only(office: Office):
    with at("2026-10-02"):
        source = office.configure(url=office.api.url("/hien-tai"))
        with pytest.raises(ValidationError, match="không có chỗ cho kỳ"):
            pulls.ask(source=source, period_code="2026Q2", by=office.staff)
        office.api.gives(NEW_CSV)
        assert office.pull_now(source).state == Pull.State.OK


def test_asking_twice_is_one_attempt(office: Office):
    with at("2026-10-02"):
        source = office.configure()
        first = pulls.ask(source=source, period_code=PERIOD, by=office.staff)
        assert pulls.ask(source=source, period_code=PERIOD, by=office.staff) == first


def test_from_and_to_in_the_address(office: Office, api: Api):
    with at("2026-10-02"):
        source = office.configure(url=api.url("/x?tu={from}&den={to}"))
        api.gives(NEW_CSV)
        office.pull_now(source)
    assert api.asked[-1].path == "/x?tu=2026-07-01&den=2026-09-30"


def test_an_attempt_that_died_is_closed_by_the_next_run(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    with at("2026-10-01 01:05"):
        Pull.objects.create(source=source, period=PERIOD, state=Pull.State.FETCHING)
        assert pull_schedule.due_sources() == [source.pk]
        pulls.run(source.pk)
        dead = source.pulls.get(period=PERIOD)
        assert (dead.state, dead.code) == ("failed", "interrupted")
    office.api.gives(NEW_CSV)
    with at("2026-10-01 02:10"):
        assert office.pull_on_schedule(source).state == Pull.State.OK
