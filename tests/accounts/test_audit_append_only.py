"""The database itself refuses to change the audit trail; who gets past it is found."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.actions.audit import record
from accounts.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def events() -> list[AuditEvent]:
    agency = factories.agency()
    return [record(by=None, action="t", target=agency, after={"n": number}) for number in range(4)]


def _run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _behind_the_trigger(sql: str, *values: Any) -> None:
    """What only the owner of the table can do."""
    _run("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
    _run(sql, *values)
    _run("ALTER TABLE accounts_auditevent ENABLE TRIGGER USER")


def test_unbroken_chain_passes(events: list[AuditEvent]) -> None:
    output = io.StringIO()
    call_command("verify_audit", stdout=output)
    assert output.getvalue().strip() == (
        f"4 events, unbroken. Last id {events[-1].pk}, hash {events[-1].hash}"
    )


def test_empty_trail_passes() -> None:
    output = io.StringIO()
    call_command("verify_audit", stdout=output)
    assert output.getvalue().startswith("0 events")


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEvent.objects.update(actor_name="Người khác"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: _run(
            "DELETE FROM accounts_auditevent WHERE id = (SELECT max(id) FROM accounts_auditevent)"
        ),
    ],
    ids=["update", "delete", "delete one"],
)
def test_change_is_refused(events: list[AuditEvent], change: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
    assert AuditEvent.objects.filter(actor_name="").count() == 4


def test_emptying_is_refused(events: list[AuditEvent]) -> None:
    # tests/conftest.py puts this trigger to sleep, so that tests with real transactions can clean up.
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run("ALTER TABLE accounts_auditevent ENABLE TRIGGER audit_table_stays")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        _run("TRUNCATE accounts_auditevent")
    assert AuditEvent.objects.count() == 4


@pytest.mark.parametrize(
    ("sql", "found_at"),
    [
        ("UPDATE accounts_auditevent SET actor_name = 'x' WHERE id = %s", 1),
        ("UPDATE accounts_auditevent SET after = '{\"n\": 7}' WHERE id = %s", 1),
        ("UPDATE accounts_auditevent SET at = at + interval '1 microsecond' WHERE id = %s", 1),
        ("UPDATE accounts_auditevent SET hash = repeat('a', 64) WHERE id = %s", 1),
        ("DELETE FROM accounts_auditevent WHERE id = %s", 2),
    ],
)
def test_tampering_is_found(events: list[AuditEvent], sql: str, found_at: int) -> None:
    _behind_the_trigger(sql, events[1].pk)
    with pytest.raises(CommandError, match=rf"broken at id {events[found_at].pk}\b"):
        call_command("verify_audit")


def test_missing_beginning_is_found(events: list[AuditEvent]) -> None:
    _behind_the_trigger("DELETE FROM accounts_auditevent WHERE id = %s", events[0].pk)
    with pytest.raises(CommandError, match=f"broken at id {events[1].pk}"):
        call_command("verify_audit")
