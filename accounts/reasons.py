"""Reasons people give for what they decide."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_reason(reason: str) -> str:
    """The reason without outer spaces; at least ten characters, so that it says something."""
    reason = reason.strip()
    if len(reason) < 10:
        raise ValidationError(
            _("Hãy ghi rõ lý do (ít nhất 10 ký tự) để người nhận biết phải làm gì."), code="reason"
        )
    return reason
