"""Carrying out what a form or a button asks, with the action's refusal said where one looks for it."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

Result = TypeVar("Result")


def carry_out(
    form: BaseForm, act: Callable[[], Result], *, fields: Mapping[str, str] | None = None
) -> Result | None:
    """What `act` returns; None after a ValidationError, whose sentence is then in the form.

    `fields` says beside which field a refusal of which code belongs.
    """
    try:
        return act()
    except ValidationError as refusal:
        field = (fields or {}).get(getattr(refusal, "code", None) or "")
        form.add_error(field, refusal)
        return None


def press(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """For a button without a form: do it and say `done`, or the sentence with which the action refuses.

    Returns whether it was done.
    """
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, done)
    return True


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, None when it is only being opened."""
    return request.POST if request.method == "POST" else None


def refusal_of(check: Callable[[], object]) -> str:
    """The sentence with which a policy refuses, empty when it does not."""
    try:
        check()
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
