"""The page after too many failed sign-ins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any) -> HttpResponse:
    """429 with when to try again; the password typed is never echoed."""
    return render(request, "accounts/locked_out.html", status=429)
