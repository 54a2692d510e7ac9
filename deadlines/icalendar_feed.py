"""An agency's due dates as a calendar (RFC 5545) that calendar programs subscribe to.

Such programs cannot sign in, so the address itself is the key: the agency and the person it was shown
to, with a signature that nobody can guess. Whoever has the address reads titles and dates of the agency's
duties, and nothing else, for as long as that person may; a new SECRET_KEY makes every address a new one.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency, Person
from accounts.permissions import NotFound, has_permission
from accounts.roles import Permission
from core import clock
from deadlines.counting import Unit
from deadlines.distance import distance_of
from deadlines.duty_words import due_history, full_name
from deadlines.models import Duty
from deadlines.selectors.agenda import Entry

SALT = "deadlines.icalendar_feed"
REFRESHED = timedelta(hours=6)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def feed_path(agency: Agency, person: Person) -> str:
    """Where the agency's calendar is for that person's calendar program."""
    return reverse("duty_calendar_feed", args=[_signer().sign(f"{person.pk}-{agency.key}")])


def agency_in(token: str) -> Agency:
    """The agency whose calendar the token opens today.

    Raises NotFound for a token nobody made, and for one whose person was disabled or may not look into
    the agency's work any more.
    """
    try:
        person_id, key = _signer().unsign(token).split("-", 1)
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    person = Person.objects.filter(pk=person_id).first() if person_id.isdecimal() else None
    agency = Agency.objects.filter(key=key).first()
    if agency is None or not has_permission(person, Permission.SEE_AGENCY_WORK, agency):
        raise NotFound
    return agency


def calendar_of(agency: Agency, duties: Iterable[Duty], ahead: Iterable[Entry]) -> bytes:
    """Every live duty, and what will be due next, each as a day."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{_host()}//deadlines//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Thời hạn dữ liệu: %(agency)s") % {"agency": agency.name})
    calendar.add("x-wr-timezone", str(clock.VIETNAM))
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", REFRESHED)
    for duty in duties:
        event = _event(f"duty-{duty.pk}", full_name(duty), duty.due)
        if notes := list(_notes(duty)):
            event.add("description", " ".join(notes))
        calendar.add_component(event)
    for entry in ahead:
        code = f"{entry.kind.code}-{entry.period}-{agency.key}"
        calendar.add_component(_event(code, entry.title, entry.due))
    return calendar.to_ical()


def _notes(duty: Duty) -> Iterator[str]:
    """Where the last day was moved, the first one; how far it is, where that is counted in working days.

    A calendar program counts nights by itself, and not the days on which nobody works.
    """
    if history := due_history(duty):
        yield history[:1].upper() + history[1:] + "."
    left = distance_of(duty, clock.today())
    if left.unit == Unit.WORKING_DAY:
        yield f"{left.words}."


def _event(code: str, title: str, due: date) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{code}@{_host()}")
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("dtstart", due)
    event.add("summary", _("Hạn: %(duty)s") % {"duty": title})
    event.add("transp", "TRANSPARENT")  # a day on which somebody is still free
    return event


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
