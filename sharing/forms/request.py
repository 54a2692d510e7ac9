"""The pages of a connection request: fields made from the rows of its form."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from sharing.models import ConnectionRequest, FormField
from sharing.policies import check_networks

LONG_TEXT, LINES = 2000, 4
_phone = RegexValidator(
    r"^[0-9 .()+-]{8,20}$", _("Số điện thoại gồm 8–20 chữ số, ví dụ 0238 3840 000.")
)


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Nhập ngày đúng dạng, ví dụ 16/10/2026.")},
        **options,
    )


class StepForm(PlainSentences, forms.Form):
    """One page. Nothing is required before the request is sent; what is given must make sense."""

    def __init__(self, *args: Any, request: ConnectionRequest, step: str, **kwargs: Any) -> None:
        self._rows = list(request.form.fields.filter(step=step))
        kwargs["initial"] = {
            row.key: _shown(row, request.answers.get(row.key)) for row in self._rows
        }
        super().__init__(*args, **kwargs)
        for row in self._rows:
            self.fields[row.key] = _field(row)

    def clean(self) -> dict[str, Any]:
        for row in self._rows:
            if row.kind == FormField.Kind.ADDRESSES and row.key in self.cleaned_data:
                self._clean_addresses(row.key)
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """What was given, as JSON values."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
        }

    def _clean_addresses(self, key: str) -> None:
        lines = [line for line in self.cleaned_data[key].splitlines() if line.strip()]
        try:
            self.cleaned_data[key] = check_networks(lines)
        except ValidationError as refusal:
            self.add_error(key, refusal)


class DocumentStepForm(PlainSentences, forms.Form):
    """The document that carries the request; whether its number can be read is the action's rule."""

    document_number = forms.CharField(
        label=_("Số, ký hiệu văn bản yêu cầu"),
        required=False,
        max_length=100,
        help_text=_(
            "Như trên văn bản đã gửi cơ quan đầu mối và cơ quan chủ quản, ví dụ 845/STP-VP."
        ),
    )
    document_date = day_field(label=_("Ngày văn bản"), required=False)


class NoteForm(PlainSentences, forms.Form):
    """A reason or a note that goes with a step; whether it may be empty is the action's rule."""

    note = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": LINES}),
    )


def _shown(row: FormField, value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def _field(row: FormField) -> forms.Field:
    given: dict[str, Any] = {"label": row.label, "help_text": row.help, "required": False}
    match row.kind:
        case FormField.Kind.LONG_TEXT:
            area = forms.Textarea(attrs={"rows": LINES})
            return forms.CharField(widget=area, max_length=LONG_TEXT, **given)
        case FormField.Kind.ADDRESSES:
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(widget=area, max_length=LONG_TEXT, **given)
        case FormField.Kind.CHOICE:
            return forms.ChoiceField(choices=_choices(row), widget=forms.RadioSelect, **given)
        case FormField.Kind.DATE:
            return day_field(**given)
        case FormField.Kind.NUMBER:
            return forms.IntegerField(min_value=0, **given)
        case FormField.Kind.EMAIL:
            return forms.EmailField(
                error_messages={"invalid": _("Thư điện tử chưa đúng, ví dụ vanthu@nghean.gov.vn.")},
                **given,
            )
        case FormField.Kind.PHONE:
            return forms.CharField(validators=[_phone], **given)
        case FormField.Kind.UNDERTAKING:
            return forms.BooleanField(**given)
    return forms.CharField(max_length=300, **given)


def _choices(row: FormField) -> list[tuple[str, str]]:
    english = get_language() == "en"
    return [(code, en if english else vi) for code, vi, en in row.choices]
