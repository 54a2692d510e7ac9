"""Reading the audit trail: which events, in which order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.audit_words import Change, action_words, changes, label_words, object_words
from accounts.models import Agency, AuditEvent, Person
from core import clock
from core.vietnamese import fold

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One event in words. `actor` empty: the portal itself; `agency` empty: of no agency."""

    event: AuditEvent
    action: str
    object: str
    label: str
    email: str
    agency: str
    changes: list[Change]


def events(
    *,
    agency_key: str = "",
    action: str = "",
    actor: str = "",
    subject: str = "",
    begin: date | None = None,
    end: date | None = None,
) -> QuerySet[AuditEvent]:
    """The events that fit, newest first.

    `actor`: part of a name or e-mail, marks may be left out; `subject`: part of the name by which the
    object was recorded, or its whole key.
    """
    # A name can be changed to anybody's, even the portal's: the address tells who it was.
    address = Person.objects.filter(pk=OuterRef("actor_id")).values("email")
    found = AuditEvent.objects.order_by("-id").annotate(actor_email=Subquery(address))
    if agency_key:
        found = found.filter(agency_key=agency_key)
    if action:
        found = found.filter(action=action)
    if actor:
        found = found.filter(Q(actor_name__icontains=actor) | Q(actor_id__in=_people_like(actor)))
    if subject:
        found = found.filter(Q(object_label__icontains=subject) | Q(object_id=subject))
    if begin:
        found = found.filter(at__gte=clock.midnight(begin))
    if end:
        found = found.filter(at__lt=clock.midnight(end + timedelta(days=1)))
    return found


def in_words(found: Iterable[AuditEvent]) -> Iterator[Line]:
    """Put events into words, in the present language."""
    agencies = {agency.key: str(agency) for agency in Agency.objects.all()}
    for event in found:
        yield Line(
            event=event,
            action=action_words(event.action),
            email=getattr(event, "actor_email", None) or "",
            object=object_words(event.object_type),
            label=label_words(event),
            agency=agencies.get(event.agency_key, event.agency_key),
            changes=changes(event),
        )


def filters(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The filter form's answers in the words of `events`."""
    return {
        "agency_key": cleaned.get("co_quan", ""),
        "action": cleaned.get("viec", ""),
        "actor": cleaned.get("nguoi", ""),
        "subject": cleaned.get("doi_tuong", ""),
        "begin": cleaned.get("tu"),
        "end": cleaned.get("den"),
    }


def _people_like(text: str) -> list[int]:
    wanted = fold(text)
    people = Person.objects.values_list("pk", "full_name", "email")
    return [pk for pk, name, email in people if wanted in fold(name) or wanted in email]


def recent_events(agency_keys: Iterable[str]) -> QuerySet[AuditEvent]:
    """What was recorded of the agencies lately, in no order."""
    since = clock.now() - RECENT
    return AuditEvent.objects.filter(agency_key__in=list(agency_keys), at__gte=since).order_by()


def agencies_named(text: str) -> QuerySet[Agency]:
    """Agencies of today by name; `text`: beginnings of its words, marks may be left out."""
    agencies, words = Agency.objects.current().order_by("name_sort"), fold(text).split()
    if not words:
        return agencies
    names = agencies.values_list("pk", "name_vi", "name_en", "short_name")
    return agencies.filter(
        pk__in=[pk for pk, *own in names if _begins_with(words, fold(" ".join(own)).split())]
    )


def _begins_with(wanted: list[str], own: list[str]) -> bool:
    """Whether each wanted word begins one of the own ones."""
    return all(any(word.startswith(one) for word in own) for one in wanted)
