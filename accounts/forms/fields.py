"""Inputs that forms of every room have: a day, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.reasons import check_reason

NO_DAY = _("Nhập ngày đúng dạng, ví dụ 16/10/2026.")


def day_field(
    label: Any,
    *,
    required: bool = True,
    help_text: Any = "",
    invalid: Any = NO_DAY,
) -> forms.DateField:
    """As a browser's calendar sends a day or as people write it; `invalid` is said of anything else."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": invalid},
    )


class ReasonField(forms.CharField):
    """A reason by the rule of the actions, said beside the form's other errors."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return check_reason(text) if text else text


def reason_field(label: Any, help_text: Any = "", *, required: bool = True) -> ReasonField:
    """A few lines of text."""
    return ReasonField(label=label, required=required, max_length=2000, help_text=help_text)
