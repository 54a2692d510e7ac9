"""Browsers in which somebody has signed in: known again by a signed cookie, which opens nothing by itself.

It only says that whoever tries a password here has known it before (accounts.actions.trials).
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import Person

COOKIE = "device"
SALT = "accounts.devices"
LIFETIME = 365 * 24 * 3600  # seconds
MOST_PEOPLE = 5  # who share a browser


def device_of(request: HttpRequest, person: Person) -> str:
    """What the person's trials in this browser are counted under; empty for a stranger."""
    known = _known(request).get(str(person.pk))
    if known:
        return known
    if request.user.is_authenticated and request.user.pk == person.pk:
        key = request.session.session_key or ""
        return "s" + hashlib.sha256(key.encode()).hexdigest()[:40]
    return ""


def remember(request: HttpRequest, person: Person) -> None:
    """The answer to this request will make the browser known as the person's."""
    request.known_person = person  # type: ignore[attr-defined]


def write_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Sets the cookie when somebody is to be remembered."""
    person: Person | None = getattr(request, "known_person", None)
    if person is None:
        return
    known = _known(request)
    mine = known.pop(str(person.pk), None) or secrets.token_hex(16)
    known = dict([*known.items()][-(MOST_PEOPLE - 1) :]) | {str(person.pk): mine}
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """Person's id → the browser's, as far as the cookie is ours."""
    try:
        known: dict[str, str] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFETIME
        )
    except signing.BadSignature:
        return {}
    return known
