"""Where a person is signed in, and ending that.

The sign-in library keeps a row for each session (UserSession); what ends here ends at once, wherever the
session is kept.
"""

from collections.abc import Iterable

from allauth.core import context
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person


def sessions_of(person: Person) -> list[UserSession]:
    """Those that still open something, the last used first; two queries."""
    rows = list(UserSession.objects.filter(user=person).order_by("-last_seen_at"))
    living = Session.objects.filter(
        session_key__in=[row.session_key for row in rows],
        expire_date__gt=timezone.now(),  # noqa: TID251  as the sessions themselves expire
    )
    keys = set(living.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in keys]


@transaction.atomic
def end_session(*, session: UserSession, by: Person) -> None:
    """End one of one's own sessions."""
    session.end()
    record(
        by=by,
        action="person.session_ended",
        target=by,
        after={"addresses": [session.ip], "device": session.user_agent[:200]},
    )


@transaction.atomic
def end_others(*, by: Person, but: str) -> int:
    """End all of one's own sessions but the one with that key; how many."""
    ended = _end(row for row in sessions_of(by) if row.session_key != but)
    if ended:
        record(by=by, action="person.sessions_ended", target=by, after={"sessions": ended})
    return ended


def end_all(person: Person) -> int:
    """End every session of the person but the one in which they ask for it themselves; how many."""
    request = context.request
    own = request is not None and request.user.is_authenticated and request.user.pk == person.pk
    kept = request.session.session_key if own and request is not None else None
    return _end(row for row in sessions_of(person) if row.session_key != kept)


def _end(sessions: Iterable[UserSession]) -> int:
    found = list(sessions)
    for session in found:
        session.end()
    return len(found)
