"""What a request says, field by field of its form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sharing.models import ConnectionRequest, FormField


@dataclass(frozen=True)
class Answer:
    """One field with what was answered, in words; empty where nothing was."""

    field: FormField
    words: str


def answers_of(request: ConnectionRequest) -> Iterator[Answer]:
    """Every field of the form, in its order."""
    for field in request.form.fields.all():
        yield Answer(field, words_of(field, request.answers.get(field.key)))


def missing_answers(request: ConnectionRequest) -> list[FormField]:
    """The required fields without an answer."""
    return [
        field
        for field in request.form.fields.all()
        if field.required and not request.answers.get(field.key)
    ]


def words_of(field: FormField, value: Any) -> str:
    if value in (None, "", [], False):
        return ""
    match field.kind:
        case FormField.Kind.CHOICE:
            english = get_language() == "en"
            words = {code: en if english and en else vi for code, vi, en in field.choices}
            return str(words.get(value, value))
        case FormField.Kind.DATE:
            day = parse_date(str(value))
            return formats.date_format(day, "SHORT_DATE_FORMAT") if day else ""
        case FormField.Kind.ADDRESSES:
            return ", ".join(value)
        case FormField.Kind.UNDERTAKING:
            return _("Đã cam kết")
    return str(value)
