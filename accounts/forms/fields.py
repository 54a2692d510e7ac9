"""Inputs that forms of every room have: a day, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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


def reason_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A few lines of text; how long a reason must be is the action's rule."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )
