"""Whose failed sign-ins are counted together, and until when somebody is locked out."""

from datetime import datetime
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest

from accounts.origin import current_origin
from portal import clock


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The address somebody tries to sign in with, in one spelling; None when there is none."""
    known = credentials or {}
    email = known.get("email") or known.get("login") or request.POST.get("login")
    return email.strip().lower() if email else None


def caller_address(request: HttpRequest) -> str | None:
    """The caller as the audit trail knows them: behind our proxies, not the proxy."""
    return current_origin().address


def locked_until(email: str | None) -> datetime:
    """When this caller may try that address again."""
    attempts = AccessAttempt.objects.filter(username=email, ip_address=current_origin().address)
    last: datetime | None = attempts.aggregate(last=Max("attempt_time"))["last"]
    return (last or clock.now()) + get_cool_off()
