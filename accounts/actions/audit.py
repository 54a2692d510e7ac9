"""Writing and verifying the audit trail."""

import hashlib
import ipaddress
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.utils import translation

from accounts.models import Agency, AuditEvent, Person
from accounts.origin import current_origin
from core import clock

# Rows are chained, so they are written one after another: this lock is held until the commit.
CHAIN_LOCK = 0x4E41_7564
FIRST_HASH = "0" * 64


@dataclass(frozen=True)
class Entry:
    """What one event tells; `before` and `after`: changed fields only, JSON values, never a secret."""

    action: str
    target: models.Model
    agency: Agency | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def record(
    *,
    by: Person | None,
    action: str,
    target: models.Model,
    agency: Agency | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event, in the transaction of the change it tells of.

    Raises TransactionManagementError outside a transaction: a change and its record stand or fall together.
    """
    entry = Entry(action, target, agency, before or {}, after or {})
    return record_many(by=by, entries=[entry])[0]


def record_many(*, by: Person | None, entries: Sequence[Entry]) -> list[AuditEvent]:
    """Append events in the order given; three queries for up to a thousand of them.

    Raises TransactionManagementError as record.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "an audit event belongs in the transaction of its change"
        )
    if not entries:
        return []
    now, previous = clock.now(), _last_hash()
    events = []
    for entry in entries:
        event = _event(by, entry, now)
        event.previous_hash = previous
        event.hash = previous = hash_of(event)
        events.append(event)
    return AuditEvent.objects.bulk_create(events, batch_size=1000)


def record_export(*, by: Person, asked: dict[str, Any]) -> None:
    """Somebody takes the trail home; `asked`: the filters, empty ones left out."""
    said = {name: value for name, value in asked.items() if value}
    with transaction.atomic():
        record(by=by, action="audit.exported", target=by, after=said)


def _event(by: Person | None, entry: Entry, at: datetime) -> AuditEvent:
    origin = current_origin()
    with translation.override(settings.LANGUAGE_CODE):  # the reader's language is not the actor's
        label = str(entry.target)[:300]
    return AuditEvent(
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.full_name if by else "",
        agency_key=entry.agency.key if entry.agency else "",
        action=entry.action,
        object_type=entry.target._meta.model_name or "",
        object_id=str(entry.target.pk),
        object_label=label,
        before=entry.before,
        after=entry.after,
        address=_address(origin.address),
        request_id=origin.request_id,
    )


def revision() -> int:
    """A number that grows with every recorded change: the id of the newest event.

    What is kept under it is never older than the change. Read it before the data: a change that
    comes between the two is then kept under the number before it, where nobody looks again.
    """
    # Every public request asks, and most ask nothing else. Whether the connection still lives comes
    # out by asking; Django would ask something else before.
    asked = connection.health_check_done  # type: ignore[attr-defined]  # the stubs forget it
    if asked or connection.connection is None or connection.in_atomic_block:
        return _newest()
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _newest()
    except (OperationalError, InterfaceError):
        connection.close()  # the database has been started again: the next question opens another
        return _newest()


def _newest() -> int:
    # Plain SQL: the ORM takes five times as long as the database.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {AuditEvent._meta.db_table}")  # noqa: S608  our own name
        (newest,) = cursor.fetchone()
    return newest or 0


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over the hash before and every field of the event, in canonical JSON.

    The same for an event about to be written and for the one the database hands back.
    """
    fields = {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "agency_key": event.agency_key,
        "action": event.action,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "object_label": event.object_label,
        "before": event.before,
        "after": event.after,
        "address": _address(event.address),
        "request_id": event.request_id,
        "previous_hash": event.previous_hash,
    }
    return hashlib.sha256(canonical_json(fields).encode()).hexdigest()


def canonical_json(value: Any) -> str:
    """One text for equal JSON values, whatever PostgreSQL's jsonb does to their numbers and keys.

    jsonb keeps numbers as decimals: 1e16 comes back as an integer, -0.0 as 0. So numbers are written
    as their decimal value. Strings and numbers carry a letter in front, lest "1" and 1 look the same.
    """
    plain = json.loads(json.dumps(value, allow_nan=False))
    return json.dumps(_tagged(plain), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def broken_links() -> Iterator[AuditEvent]:
    """The events whose hash does not follow from themselves and the one before."""
    previous = FIRST_HASH
    for event in AuditEvent.objects.order_by("id").iterator(chunk_size=2000):
        if event.previous_hash != previous or event.hash != hash_of(event):
            yield event
        previous = event.hash


def _tagged(value: Any) -> Any:
    match value:
        case dict():
            return {key: _tagged(one) for key, one in value.items()}
        case list():
            return [_tagged(one) for one in value]
        case str():
            return f"s{value}"
        case bool() | None:
            return value
        case _:
            return f"n{_decimal_text(value)}"


def _decimal_text(number: float) -> str:
    """The decimal value as sign, digits without zeros at the end, exponent: 1500.0 → "15e2"."""
    sign, digits, exponent = Decimal(repr(number)).as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    significant = text.rstrip("0")
    if not significant:
        return "0"
    zeros = len(text) - len(significant)
    return f"{'-' if sign else ''}{significant}e{int(exponent) + zeros}"


def _address(text: str | None) -> str | None:
    """One spelling of an address; what is none (a proxy may pass on anything) is left out."""
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None


def _last_hash() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEvent.objects.order_by("-id").values_list("hash", flat=True).first()
    return last or FIRST_HASH
