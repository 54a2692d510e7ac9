"""What a request says, field by field of its form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.vietnamese import normalise
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


def words_by_key(request: ConnectionRequest) -> dict[str, str]:
    """Each answer in words under the key of its field; one query."""
    return {answer.field.key: answer.words for answer in answers_of(request)}


def check_term(answers: Mapping[str, Any], today: date) -> None:
    """Raises ValidationError, code ends_on, for a term that ends before it begins or has ended."""
    starts = parse_date(str(answers.get("starts_on") or ""))
    ends = parse_date(str(answers.get("ends_on") or ""))
    if ends and starts and ends < starts:
        raise ValidationError(
            _("Ngày kết thúc không thể trước ngày bắt đầu sử dụng."), code="ends_on"
        )
    if ends and ends < today:
        raise ValidationError(_("Ngày kết thúc đã qua. Hãy chọn ngày khác."), code="ends_on")


def asked_until(request: ConnectionRequest) -> date | None:
    """The last day the agency asked for; none where it asked for no term."""
    return parse_date(str(request.answers.get("ends_on") or ""))


def asked_calls(request: ConnectionRequest) -> int | None:
    """How many calls a day the agency expects, where its words say so; none where they leave it open.

    It is asked in words ("200 lượt mỗi ngày, chủ yếu trong giờ hành chính"), so only a number that
    stands directly before calls a day is taken for one.
    """
    said = _CALLS_A_DAY.search(normalise(str(request.answers.get("frequency") or "")))
    calls = int(re.sub(r"\D", "", said[1])) if said else 0
    return calls or None


_CALLS_A_DAY = re.compile(
    r"(?<![\d.,–-])(\d{1,3}(?:[. ]\d{3})+|\d{1,8})\s*"
    r"(?:lượt(?:\s+gọi|\s+truy\s+vấn)?|lần|yêu\s+cầu|calls?|requests?)\s*"
    r"(?:/\s*|mỗi\s+|một\s+|per\s+|an?\s+|every\s+)(?:ngày|day)\b",
    re.IGNORECASE,
)
