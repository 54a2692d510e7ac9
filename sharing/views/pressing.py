"""Buttons without a form: the action's answer is a message on the page one comes back to."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def press(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do it and say `done`, or the sentence with which the action refuses."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
