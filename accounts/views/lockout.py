"""The page after too many failed sign-ins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.lockout import attempted_email, locked_until
from core import clock


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """429 with when to try again; the password typed is never echoed."""
    until = locked_until(attempted_email(request, credentials))
    page = render(request, "accounts/locked_out.html", {"until": until}, status=429)
    page.headers["Retry-After"] = str(max(1, int((until - clock.now()).total_seconds())))
    return page
