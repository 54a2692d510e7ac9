"""A worker that dies in the middle of a sweep, and two sweeps at once: nothing lost, nothing doubled.

The sweep is held in its middle by the audit trail's own lock: it has written its duties by then, and
waits to record them before it commits.
"""

import threading
from pathlib import Path

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection, transaction

from accounts.actions.audit import broken_links
from accounts.models import AuditEvent, Notice, OutboxMessage, Person
from deadlines.actions.sweep import sweep
from deadlines.models import Duty, Round
from tests import factories as make
from tests import processes
from tests.deadlines.moments import at
from tests.resilience.test_killed_web import hold_audit_chain, somebody_waits_for_the_chain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff() -> Person:
    """Somebody whose agency owes five datasets since the middle of 2026."""
    call_command("load_deadlines", verbosity=0)
    agency = make.agency()
    someone = make.person("contributor", agency)
    with at("2026-06-15"):
        for number in range(5):
            make.dataset(f"Bộ {number}", at=agency, by=someone)
    return someone


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(staff: Person, tmp_path: Path):
    with processes.worker(tmp_path, queues="default") as first, transaction.atomic():
        hold_audit_chain()
        current_app.send_task("deadlines.sweep")
        processes.wait_for(somebody_waits_for_the_chain, "the sweep to reach its middle")
        first.kill()
    assert not Duty.objects.exists()
    assert not Round.objects.filter(period="2026Q3").exists()

    with processes.worker(tmp_path, queues="default"):
        # The message of the killed worker comes back by itself only after an hour: the next beat.
        current_app.send_task("deadlines.sweep")
        processes.wait_for(
            lambda: Duty.objects.filter(kind="dataset_update", period="2026Q3").count() == 5,
            "the second sweep",
        )
        current_app.send_task("deadlines.sweep")
        processes.wait_for(swept_twice(tmp_path), "the third sweep")
    opened = AuditEvent.objects.filter(action="duty.opened")
    assert opened.count() == Duty.objects.count()
    assert not list(broken_links())


def test_two_sweeps_at_once_do_nothing_twice(staff: Person):
    with at("2026-10-01"):
        sweep()
    begin = threading.Barrier(4)
    threads = [threading.Thread(target=sweep_on, args=("2026-10-17", begin)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(processes.PATIENCE)
    assert AuditEvent.objects.filter(action="duty.pass_due").count() == 5
    assert Notice.objects.filter(person=staff, kind="duty.digest").count() == 1
    assert OutboxMessage.objects.filter(to=staff.email).count() == 1
    assert not list(broken_links())


def sweep_on(day: str, begin: threading.Barrier) -> None:
    begin.wait(processes.PATIENCE)
    try:
        with at(day):
            sweep()
    finally:
        connection.close()


def swept_twice(folder: Path):
    def seen() -> bool:
        log = (folder / "worker.log").read_text(errors="replace")
        return log.count("deadlines.sweep") and log.count("succeeded") >= 2

    return seen
