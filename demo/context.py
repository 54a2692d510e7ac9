"""What pages of the demonstration know beyond those of any other installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from demo.people import PASSWORD, PEOPLE


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """`demonstration`: the accounts the sign-in page offers; None in any other installation."""
    known = {"password": PASSWORD, "people": PEOPLE} if settings.DEMO else None
    return {"demonstration": known}
