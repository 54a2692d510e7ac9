"""That whoever is signed in reads the account's post: noted in the session, for half an hour.

The first second factor of an account is added only then: where a second factor is required, a password
that somebody else knows must not be enough to become the account's owner.
"""

import hashlib
import secrets
from datetime import timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import Person
from core import clock

GOOD_FOR = timedelta(minutes=30)
ASKED, PROVED = "address_asked", "address_proved"  # in the session


def needs_proof(session: SessionBase, person: Person) -> bool:
    """Whether the person has to prove the address before adding a second factor."""
    if not settings.REQUIRE_2FA or is_mfa_enabled(person):
        return False
    return not _is_fresh(session.get(PROVED), person)


def ask(session: SessionBase, person: Person) -> str:
    """The token of a link that proves the address, in this session only; an earlier one is void."""
    token = secrets.token_urlsafe(32)
    session[ASKED] = {**_now(person), "hash": _hash(token)}
    return token


def answer(session: SessionBase, person: Person, token: str) -> bool:
    """Whether the token is the one asked for here; it works once."""
    asked = session.get(ASKED)
    if asked is None or not _is_fresh(asked, person):
        return False
    if not secrets.compare_digest(asked["hash"], _hash(token)):
        return False
    del session[ASKED]
    prove(session, person)
    return True


def prove(session: SessionBase, person: Person) -> None:
    """The person has just opened a link that only the account's post has."""
    session[PROVED] = _now(person)


def _now(person: Person) -> dict[str, float]:
    return {"person": person.pk, "at": clock.now().timestamp()}


def _is_fresh(noted: dict[str, float] | None, person: Person) -> bool:
    if noted is None or noted["person"] != person.pk:
        return False
    return clock.now().timestamp() - noted["at"] < GOOD_FOR.total_seconds()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
