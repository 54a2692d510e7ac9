"""A notice changes the calendar: what is still to be done is counted anew, what is closed stays."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Agency, AuditEvent, Person
from accounts.permissions import Forbidden
from deadlines.actions.calendar import remove_day, set_day
from deadlines.actions.sweep import sweep
from deadlines.models import CalendarDay, Duty, Round
from deadlines.states import DutyState
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.desk import Desk
from tests.deadlines.moments import at

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 16)  # a Friday
MONDAY = date(2026, 10, 19)


def off(by: Person, day: date = DUE, on: str = "2026-10-08") -> int:
    with at(on):
        return set_day(
            day=day, kind="holiday", name_vi="Nghỉ bão", certainty=3, document="15/TB", by=by
        )


def test_open_duties_move_and_each_move_is_logged(desk: Desk):
    assert off(desk.officer) == 2
    live = desk.round.duties.filter(state=DutyState.OPEN)
    assert set(live.values_list("due", "counted_due")) == {(MONDAY, MONDAY)}
    events = AuditEvent.objects.filter(action="duty.recount")
    assert {event.object_id for event in events} == {str(duty.pk) for duty in live}
    assert {(event.before["counted_due"], event.after["counted_due"]) for event in events} == {
        ("2026-10-16", "2026-10-19")
    }
    (changed,) = AuditEvent.objects.filter(action="calendar.set")
    assert (changed.after["document"], changed.before) == ("15/TB", {})


def test_the_round_and_its_closing_move_with_them(desk: Desk):
    closing = desk.round.closing_on
    off(desk.officer)
    assert desk.round.due == MONDAY
    assert (desk.round.closing_on - closing).days == 3


def test_what_is_done_stays(desk: Desk):
    off(desk.officer)
    done = desk.round.duties.filter(state=DutyState.FULFILLED)
    assert set(done.values_list("due", flat=True)) == {DUE}


def test_a_closed_round_stays(desk: Desk):
    with at("2026-11-16"):
        sweep()
    closed = Round.objects.get(pk=desk.round.pk)
    off(desk.officer, on="2026-11-20")
    after = Round.objects.get(pk=closed.pk)
    assert (after.due, after.closing_on) == (closed.due, closed.closing_on)


def test_a_day_given_by_an_extension_stays(desk: Desk):
    rounds.extended(desk.missing, date(2026, 10, 30), "2026-10-07", desk.leader)
    off(desk.officer)
    duty = desk.duty(desk.lacking)
    assert (duty.due, duty.counted_due) == (date(2026, 10, 30), MONDAY)


def test_what_was_late_by_the_old_calendar_is_not_late_any_more(desk: Desk):
    with at("2026-10-17 08:00"):
        sweep()
    assert desk.duty().state == DutyState.OVERDUE
    off(desk.officer, on="2026-10-17 10:00")
    assert desk.duty().state == DutyState.OPEN
    assert AuditEvent.objects.filter(action="duty.give_back").count() == 2


def test_a_day_taken_out_again_moves_them_back(desk: Desk):
    off(desk.officer)
    with at("2026-10-09"):
        assert remove_day(day=DUE, document="16/TB", by=desk.officer) == 2
    assert desk.duty().due == DUE
    event = AuditEvent.objects.get(action="calendar.removed")
    assert (event.before["document"], event.after["document"]) == ("15/TB", "16/TB")
    with at("2026-10-09"):
        assert remove_day(day=DUE, document="", by=desk.officer) == 0


def test_changing_a_row_keeps_one_row(desk: Desk):
    off(desk.officer)
    with at("2026-10-09"):
        set_day(
            day=DUE, kind="holiday", name_vi="Nghỉ lũ", certainty=1, document="", by=desk.officer
        )
    row = CalendarDay.objects.get(day=DUE)
    assert (row.name_vi, row.certainty, row.changed_by) == ("Nghỉ lũ", 1, desk.officer)
    assert (
        AuditEvent.objects.filter(action="calendar.set").latest("id").before["name_vi"]
        == "Nghỉ bão"
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"certainty": 3, "document": "  "}, "document"), ({"kind": "swap_work"}, "kind")],
)
def test_refused_whole(authority: Agency, facts: dict, code: str):
    officer = make.person("ict_officer", authority)
    whole = {"kind": "holiday", "name_vi": "Nghỉ bão", "certainty": 3, "document": "15/TB"}
    with pytest.raises(ValidationError) as refusal:
        set_day(day=DUE, by=officer, **{**whole, **facts})
    assert refusal.value.code == code
    assert not CalendarDay.objects.filter(day=DUE).exists()
    assert not AuditEvent.objects.filter(action="calendar.set").exists()


def test_without_the_right(desk: Desk):
    stranger = make.person("approver", desk.silent)
    with pytest.raises(Forbidden):
        off(stranger)
    with pytest.raises(Forbidden):
        remove_day(day=date(2026, 9, 2), document="", by=stranger)
    assert set(Duty.objects.filter(round=desk.round).values_list("due", flat=True)) == {DUE}
