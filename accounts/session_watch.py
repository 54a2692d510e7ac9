"""When a session was last used, and from where: noted every few minutes, not with every page."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from accounts.origin import current_origin
from core import clock

EVERY = timedelta(minutes=5)
NOTED = "seen_at"  # in the session: seconds


def begin(request: HttpRequest) -> None:
    """The session that has just been signed in is watched from now on."""
    request.session[NOTED] = clock.now().timestamp()


def note(request: HttpRequest) -> None:
    """Costs nothing but a look into the session, which is there already, until it is time again."""
    noted, now = request.session.get(NOTED), clock.now()
    if noted is None or now.timestamp() - noted < EVERY.total_seconds():
        return
    facts: dict[str, Any] = {"last_seen_at": now}
    if current_origin().address:
        facts["ip"] = current_origin().address
    UserSession.objects.filter(session_key=request.session.session_key).update(**facts)
    request.session[NOTED] = now.timestamp()
