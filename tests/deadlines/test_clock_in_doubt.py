"""A clock that jumps: nothing is brought about by it until somebody says that it is right."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notice, Person
from accounts.notices import body_of
from accounts.permissions import Forbidden
from catalog.actions import housekeeping, pull_schedule
from catalog.tasks import pull_due, remove_orphans
from core import clock
from deadlines import witnesses
from deadlines.actions import trust
from deadlines.actions.sweep import Swept, sweep
from deadlines.models import Duty, Round, Sweep
from deadlines.witnesses import Witness
from sharing.actions import calls
from sharing.tasks import prune_calls, watch_terms
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made

pytestmark = pytest.mark.django_db
START = datetime(2026, 10, 13, 2, 5, tzinfo=UTC)  # five past nine in Nghệ An


@dataclass
class Machine:
    """One whose clock can be set wrong: `shift` is by how much it differs from the time that passes."""

    patch: pytest.MonkeyPatch
    passed: timedelta = timedelta()
    shift: timedelta = timedelta()
    boot: str = "one"
    started: timedelta = timedelta(days=-20)
    database_is_elsewhere: bool = False

    def __post_init__(self) -> None:
        self.patch.setattr(clock, "wall", lambda: self.now)
        self.patch.setattr(witnesses, "present", self.witness)

    @property
    def now(self) -> datetime:
        return START + self.passed + self.shift

    def witness(self) -> Witness:
        database = START + self.passed if self.database_is_elsewhere else self.now
        return Witness(self.boot, (self.passed - self.started).total_seconds(), database)

    def runs(self, *, hours: float = 1) -> None:
        self.passed += timedelta(hours=hours)

    def starts_again(self) -> None:
        self.boot, self.started = self.boot + "'", self.passed


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def operator() -> Person:
    return make.person("operator", make.agency("Trung tâm CNTT"))


@pytest.fixture
def duty(machine: Machine, operator: Person) -> Duty:
    """Data of the third quarter, due on 16 October; it is the 13th, and sweeps have come."""
    call_command("load_deadlines", verbosity=0)
    agency = make.agency()
    make.person("contributor", agency)
    with at("2026-06-15"):
        make.dataset(at=agency)
    sweep()
    machine.runs()
    sweep()
    return Duty.objects.get(kind="dataset_update", period="2026Q3")


def state(duty: Duty) -> str:
    duty.refresh_from_db()
    return duty.state


def closed() -> int:
    return Round.objects.filter(closed_at__isnull=False, period="2026Q3").count()


@pytest.mark.parametrize("days", [3, 5, 120])
def test_nothing_is_marked_or_closed_by_a_clock_that_ran_ahead(
    machine: Machine, duty: Duty, operator: Person, days: int
):
    before = Sweep.objects.get()
    machine.runs()
    machine.shift = timedelta(days=days)
    for _hour in range(3):
        assert sweep() == Swept()
        machine.runs()
    assert (state(duty), closed()) == ("open", 0)
    row = Sweep.objects.get()
    assert (row.doubt, row.last_at, row.known_at) == ("ahead", before.last_at, before.known_at)
    assert AuditEvent.objects.filter(action="sweep.clock_doubted").count() == 1
    told = Notice.objects.get(kind="sweep.clock_doubted")
    assert told.person == operator
    assert "Rà soát thời hạn đã dừng" in body_of(told)
    assert "nhảy về phía trước" in body_of(told)


def test_it_goes_on_by_itself_when_the_clock_returns(machine: Machine, duty: Duty):
    machine.shift = timedelta(days=120)
    sweep()
    machine.runs()
    machine.shift = timedelta()
    sweep()
    row = Sweep.objects.get()
    assert (row.doubt, row.last_at) == ("", machine.now)
    assert AuditEvent.objects.filter(action="sweep.clock_agrees").exists()
    machine.runs(hours=24 * 4)  # while sweeps come every hour
    sweep()
    assert state(duty) == "overdue"


def test_an_operator_says_that_the_clock_is_right(
    client: Client, machine: Machine, duty: Duty, operator: Person
):
    """By the pages: the notice leads to the one, its button to the other."""
    machine.shift = timedelta(days=5)
    sweep()
    client.force_login(operator)
    page = client.get(Notice.objects.get(person=operator).path)
    assert "nhảy về phía trước" in markup(page)
    assert reverse("operations_clock") in page.content.decode()
    page = markup(client.get(reverse("operations_clock")))
    assert "13/10/2026" in page
    assert "18/10/2026" in page
    assert client.post(reverse("operations_clock")).url == reverse("operations")
    event = AuditEvent.objects.get(action="sweep.clock_believed")
    assert (event.actor_id, event.before) == (operator.pk, {"doubt": "ahead"})
    assert "nhảy về phía trước" not in markup(client.get(reverse("operations")))
    sweep()
    assert state(duty) == "overdue"
    page = markup(client.post(reverse("operations_clock")))
    assert "không có gì phải xác nhận" in page


def test_only_an_operator_says_so(machine: Machine, duty: Duty):
    machine.shift = timedelta(days=5)
    sweep()
    for role in ("ict_leader", "province_leader", "auditor"):
        with pytest.raises(Forbidden):
            trust.believe_clock(by=make.person(role, make.agency()))
    assert Sweep.objects.get().doubt == "ahead"


@pytest.mark.parametrize("days", [1, 3, 6])
def test_an_outage_is_made_up_for(machine: Machine, duty: Duty, days: int):
    """The machine was off, or only the worker was: nobody is asked."""
    for starts_again in (True, False):
        machine.runs(hours=24 * days)
        if starts_again:
            machine.starts_again()
        assert trust.may_go_on()
        assert Sweep.objects.get().doubt == ""
    sweep()
    assert state(duty) == ("overdue" if days > 1 else "open")


def test_while_the_machine_runs_even_a_long_outage_is_explained(machine: Machine, duty: Duty):
    machine.runs(hours=24 * 60)
    sweep()
    assert (state(duty), closed()) == ("overdue", 1)


@pytest.mark.usefixtures("operator")
def test_after_a_new_start_a_long_time_waits(machine: Machine, duty: Duty, settings: Any):
    machine.runs()
    machine.starts_again()
    machine.shift = timedelta(days=settings.SWEEP_CATCH_UP_DAYS, hours=1)
    assert sweep() == Swept()
    assert (Sweep.objects.get().doubt, state(duty)) == ("away", "open")


def test_two_clocks_that_differ_are_settled_by_no_word(
    machine: Machine, duty: Duty, operator: Person
):
    machine.database_is_elsewhere = True
    machine.starts_again()
    machine.shift = timedelta(days=4)
    assert sweep() == Swept()
    assert Sweep.objects.get().doubt == "apart"
    with pytest.raises(ValidationError, match="lệch nhau"):
        trust.believe_clock(by=operator)
    machine.shift = timedelta(minutes=20)
    sweep()
    assert Sweep.objects.get().doubt == ""


def test_a_clock_that_went_back_stops_nothing_and_repeats_nothing(
    machine: Machine, duty: Duty, operator: Person
):
    """It had run ahead and been believed; now it is right again, three days earlier."""
    machine.shift = timedelta(days=5)
    sweep()
    trust.believe_clock(by=operator)
    sweep()
    assert state(duty) == "overdue"
    said = Notice.objects.filter(kind="duty.digest").count()
    machine.runs()
    machine.shift = timedelta()
    with at("2026-10-12"):
        other = make.agency("Sở Mới")
        staff = make.person("contributor", other)
    for _hour in range(2):
        sweep()
        machine.runs()
    row = Sweep.objects.get()
    assert (row.doubt, row.is_held) == ("back", False)
    assert row.last_at == machine.now - timedelta(hours=1)
    assert state(duty) == "overdue"  # nothing is undone
    assert Notice.objects.filter(kind="duty.digest").count() == said
    assert Notice.objects.filter(kind="sweep.clock_doubted", person=operator).count() == 2
    late = Duty.objects.get(pk=duty.pk)
    late.pk, late.subject, late.agency = None, "khác", other
    late.state, late.due, late.counted_due = "open", machine.now.date(), machine.now.date()
    late.reminded = late.escalated = None
    late.save()
    machine.runs(hours=30)
    sweep()
    assert state(late) == "overdue"  # on the right day, not when real time has caught up
    assert Notice.objects.filter(kind="duty.digest", person=staff).count() == 1


def test_small_corrections_are_no_news(machine: Machine, duty: Duty):
    for minutes in (20, -20, 30, -25):
        machine.runs()
        machine.shift = timedelta(minutes=minutes)
        sweep()
        assert Sweep.objects.get().doubt == ""
        assert Sweep.objects.get().last_at == machine.now


def test_what_ends_other_things_for_good_waits_too(
    machine: Machine, duty: Duty, monkeypatch: pytest.MonkeyPatch
):
    call_command("load_sharing", verbosity=0)
    with at("2026-10-10"):
        account = made.issued(made.Cast()).account
    assert account.state == "active"
    machine.shift = timedelta(days=1000)
    for module, name in ((housekeeping, "remove_orphans"), (calls, "prune")):
        monkeypatch.setattr(module, name, lambda: pytest.fail("it ran"))
    monkeypatch.setattr(pull_schedule, "due_sources", lambda: pytest.fail("it ran"))
    assert (remove_orphans(), prune_calls(), pull_due()) == (0, 0, None)
    watch_terms()
    account.refresh_from_db()
    assert account.state == "active"


def test_readyz_and_the_status_page_say_so(client: Client, machine: Machine, duty: Duty):
    machine.shift = timedelta(days=5)
    sweep()
    told = client.get("/readyz").json()
    assert told["degraded"]["sweep"]["error"] == "held back: the clock is in doubt (ahead)"
    assert "Cần xem lại" in markup(client.get(reverse("status")))


def test_the_machine_is_really_asked():
    """Without a stand-in: this machine tells its start, and its database the time."""
    seen = witnesses.present()
    assert seen.boot
    assert seen.uptime > 0
    assert abs(seen.database - clock.now()) < timedelta(hours=1)
    row = Sweep(known_at=seen.database, known_boot=seen.boot, known_uptime=seen.uptime)
    assert witnesses.doubt_about(seen.database, seen, row) is None
    later = replace(seen, database=seen.database + timedelta(days=3))
    assert witnesses.doubt_about(later.database, later, row) == "ahead"


def test_a_system_that_tells_nothing_of_its_start_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    monkeypatch.setattr(witnesses, "PROC", tmp_path)
    assert (witnesses.present().boot, witnesses.present().uptime) == ("", 0.0)
