"""The form of an agreement: its eleven headings and its term."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.sentences import PlainSentences
from sharing.agreement_headings import HEADINGS


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
        self.fields["valid_from"] = day_field(_("Hiệu lực từ ngày"), required=False)
        self.fields["valid_to"] = day_field(_("Hiệu lực đến hết ngày"), required=False)

    @property
    def headings(self) -> dict[str, str]:
        return {heading.key: self.cleaned_data[heading.key] for heading in HEADINGS}
