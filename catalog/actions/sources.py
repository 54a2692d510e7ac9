"""Setting up the API of a table, approving that it publishes by itself, switching it off and on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.reasons import check_reason
from accounts.roles import Permission
from accounts.sealing import seal
from catalog import source_policies
from catalog.actions.pulls import held
from catalog.models import Resource, Source
from catalog.policies import check_takes_data
from core import clock

# A change of one of these is a change of what gets published: it needs another approval.
FETCHING = ("url", "header_name", "format", "rows_path")
FACTS = (*FETCHING, "every_hours", "from_hour")


@dataclass(frozen=True)
class Settings:
    """How a source is set up. `secret` empty: the value kept for that header stays."""

    url: str
    header_name: str = ""
    secret: str = ""
    format: str = Source.Format.AUTO
    rows_path: str = ""
    every_hours: int = 24
    from_hour: int = 1


@transaction.atomic
def configure(*, resource: Resource, settings: Settings, by: Person) -> Source:
    """Set up the API of the table, or change it. Raises ValidationError with the field as its code.

    The value of the header is sealed and leaves the database for the API alone. Whatever changes where
    and how to fetch takes the approval back.
    """
    dataset = resource.dataset
    check_permission(by, Permission.REGISTER_DATASET, dataset.agency)
    check_takes_data(dataset)
    Resource.objects.select_for_update().get(pk=resource.pk)
    known = Source.objects.filter(resource=resource).first()
    source = held(known.pk) if known else Source(resource=resource, configured_by=by)
    before, told = _facts(source), _told(source)
    new_secret = _set(source, settings)
    changed = {name for name, value in _facts(source).items() if before[name] != value}
    if known and not changed and not new_secret:
        return source
    if not known or new_secret or changed & set(FETCHING):
        source.configured_by, source.configured_at = by, clock.now()
        source.approved_by = source.approved_at = None
        source.failures = 0
    source.save()
    record(
        by=by,
        action="source.changed" if known else "source.set_up",
        target=source,
        agency=dataset.agency,
        before=told if known else {},
        after={**_told(source), "secret_changed": new_secret, "url_changed": "url" in changed},
    )
    return source


@transaction.atomic
def approve(*, source: Source, seen: datetime, by: Person) -> Source:
    """Agree that what passes the checks is published without anybody's look.

    `seen`: since when the settings that were looked at stand. Raises ValidationError when they have
    changed, were made by the same person, or have not been tried.
    """
    check_permission(by, Permission.DECIDE_RELEASE, source.resource.dataset.agency)
    source = held(source.pk)
    source_policies.check_approvable(source, by, seen)
    source.approved_by, source.approved_at = by, clock.now()
    _save(source, "source.approved", by, {"url": source.address})
    return source


@transaction.atomic
def revoke(*, source: Source, reason: str, by: Person) -> Source:
    """Take the agreement back: nothing more is pulled on schedule."""
    check_permission(by, Permission.DECIDE_RELEASE, source.resource.dataset.agency)
    source = held(source.pk)
    if source.approved_at is None:
        raise ValidationError(_("Việc tự công bố chưa được phê duyệt."), code="not_approved")
    source.approved_by = source.approved_at = None
    _save(source, "source.revoked", by, {"reason": check_reason(reason)})
    return source


@transaction.atomic
def switch(*, source: Source, on: bool, by: Person) -> Source:
    """Off: the source is not asked any more. On: as it was approved. Nothing happens the second time."""
    check_permission(by, Permission.REGISTER_DATASET, source.resource.dataset.agency)
    source = held(source.pk)
    if source.enabled == on:
        return source
    source.enabled, source.failures = on, 0
    _save(source, "source.switched_on" if on else "source.switched_off", by, {})
    return source


def _set(source: Source, settings: Settings) -> bool:
    """Fill in what was asked for, checked; whether the secret is a new one."""
    url = source_policies.check_url(settings.url)
    name = settings.header_name.strip()
    moved = bool(source.url) and _origin(source.url) != _origin(url)
    renamed = name != source.header_name
    source.url, source.format = url, settings.format
    source.rows_path = source_policies.check_rows_path(settings.rows_path)
    source.every_hours, source.from_hour = settings.every_hours, settings.from_hour
    if not name:
        source.header_name = source.header_sealed = ""
        return False
    source.header_name = source_policies.check_header_name(name)
    if settings.secret:
        source.header_sealed = seal(source_policies.check_header_value(settings.secret))
        return True
    if moved or renamed or not source.header_sealed:
        # A kept secret goes to nobody but the server it was meant for.
        raise ValidationError(
            _("Hãy nhập giá trị của tiêu đề cho máy chủ này."), code="header_value"
        )
    return False


def _origin(url: str) -> str:
    """Scheme, host and port: whom a secret is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _facts(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in FACTS}


def _told(source: Source) -> dict[str, Any]:
    """What the audit trail tells: never the secret, nor the query of the address."""
    return {**_facts(source), "url": source.address}


def _save(source: Source, action: str, by: Person, facts: dict[str, Any]) -> None:
    source.save()
    record(
        by=by,
        action=action,
        target=source,
        agency=source.resource.dataset.agency,
        after=facts,
    )
