"""The form of an agreement: its eleven headings and its term."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from sharing.agreement_headings import HEADINGS


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Nhập ngày đúng dạng, ví dụ 16/10/2026.")},
    )


class AgreementForm(PlainSentences, forms.Form):
    """Nothing is required while it is being written; approving asks for every heading."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, heading in enumerate(HEADINGS, start=1):
            self.fields[heading.key] = forms.CharField(
                label=f"{number}. {heading.title}",
                required=False,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["valid_from"] = _day_field(_("Hiệu lực từ ngày"))
        self.fields["valid_to"] = _day_field(_("Hiệu lực đến hết ngày"))

    @property
    def headings(self) -> dict[str, str]:
        return {heading.key: self.cleaned_data[heading.key] for heading in HEADINGS}
