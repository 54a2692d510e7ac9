"""Whose failed sign-ins are counted together, and until when somebody is locked out."""

from datetime import datetime
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest

from accounts.devices import device_of
from accounts.models import Person
from accounts.origin import current_origin
from core import clock


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The address somebody tries to sign in with, in one spelling; None when there is none."""
    known = credentials or {}
    email = known.get("email") or known.get("login") or request.POST.get("login")
    return email.strip().lower() if email else None


def caller_address(request: HttpRequest | None) -> str | None:
    """Who counts as one caller, as an address; of IPv6 the first of the customer's network."""
    network = current_origin().network
    return None if network == "unknown" else network.removesuffix("/64")


def is_known_browser(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether the person has signed in here before: colleagues behind one address do not lock them out."""
    email = attempted_email(request, credentials)
    person = Person.objects.filter(email=email).first() if email else None
    return person is not None and bool(device_of(request, person))


def locked_until(email: str | None) -> datetime:
    """When this caller may try that address again."""
    attempts = AccessAttempt.objects.filter(username=email, ip_address=caller_address(None))
    last: datetime | None = attempts.aggregate(last=Max("attempt_time"))["last"]
    return (last or clock.now()) + get_cool_off()
