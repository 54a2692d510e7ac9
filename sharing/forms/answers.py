"""One page of a connection request, built from the rows of its form version."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.sentences import PlainSentences
from sharing.models import ConnectionRequest, FormField
from sharing.policies import check_networks

Kind = FormField.Kind
MOST_LETTERS, MOST_IN_A_LINE = 4000, 300


class NetworksField(forms.CharField):
    """Addresses one a line, as a list."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        return check_networks(line for line in super().clean(value).splitlines() if line.strip())


class AnswersForm(PlainSentences, forms.Form):
    """The fields of one page. Nothing is required before the request is sent, so that what one knows
    can be kept; the page still says which fields will be.
    """

    def __init__(self, *args: Any, fields: Iterable[FormField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = list(fields)
        for row in self._rows:
            self.fields[row.key] = BUILDERS[Kind(row.kind)](row)
            self.fields[row.key].required = row.required

    def full_clean(self) -> None:
        wanted = [field for field in self.fields.values() if field.required]
        for field in wanted:
            field.required = False
        super().full_clean()
        for field in wanted:
            field.required = True

    def answers(self) -> dict[str, Any]:
        """What was answered, as the request keeps it."""
        return {row.key: _kept(self.cleaned_data.get(row.key)) for row in self._rows}


class DocumentAnswersForm(AnswersForm):
    """The page of the document that carries the request."""

    document_number = forms.CharField(
        label=_("Số, ký hiệu văn bản"), max_length=100, help_text=_("Ví dụ: 845/STP-VP.")
    )
    document_date = day_field(_("Ngày văn bản"))

    def document(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("document_number", "document_date")}


class ArrivedDocumentForm(DocumentAnswersForm):
    """The same for a document that officers key in: on which day it came."""

    received_on = day_field(
        _("Ngày văn bản đến"),
        help_text=_(
            "Ngày ghi trên dấu “Đến”. Thời hạn 05 ngày làm việc tính từ ngày muộn hơn giữa ngày này và "
            "ngày nhận văn bản chấp thuận."
        ),
    )

    def document(self) -> dict[str, Any]:
        return {**super().document(), "received_on": self.cleaned_data["received_on"]}


def page_form(
    request: ConnectionRequest, step: str, fields: list[FormField], data: Any
) -> AnswersForm:
    """The form of one page with what the request says so far."""
    initial = {row.key: _shown(request.answers.get(row.key)) for row in fields}
    if step != FormField.Step.DOCUMENT:
        return AnswersForm(data, fields=fields, initial=initial)
    initial["document_number"] = request.document_number
    initial["document_date"] = request.document_date
    if request.is_being_keyed_in:
        initial["received_on"] = request.received_on
        return ArrivedDocumentForm(data, fields=fields, initial=initial)
    return DocumentAnswersForm(data, fields=fields, initial=initial)


def _kept(value: Any) -> Any:
    """As JSON; an answer taken away is an empty text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return "" if value is None else value


def _shown(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def _text(row: FormField) -> forms.Field:
    return forms.CharField(label=row.label, help_text=row.help, max_length=MOST_IN_A_LINE)


def _long_text(row: FormField) -> forms.Field:
    return forms.CharField(
        label=row.label,
        help_text=row.help,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _choice(row: FormField) -> forms.Field:
    english = get_language() == "en"
    return forms.ChoiceField(
        label=row.label,
        help_text=row.help,
        choices=[(code, (en if english and en else vi)) for code, vi, en in row.choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Hãy chọn một mục trong danh sách.")},
    )


def _day(row: FormField) -> forms.Field:
    return day_field(row.label, help_text=row.help)


def _number(row: FormField) -> forms.Field:
    words = _("Nhập số nguyên từ 0 trở lên, chỉ gồm chữ số.")
    return forms.IntegerField(
        label=row.label,
        help_text=row.help,
        min_value=0,
        error_messages=dict.fromkeys(("invalid", "min_value"), words),
    )


def _email(row: FormField) -> forms.Field:
    return forms.EmailField(
        label=row.label,
        help_text=row.help,
        max_length=254,
        error_messages={"invalid": _("Nhập thư điện tử đúng dạng, ví dụ van-phong@nghean.gov.vn.")},
    )


def _phone(row: FormField) -> forms.Field:
    return forms.CharField(
        label=row.label,
        help_text=row.help,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
        validators=[
            RegexValidator(
                r"^\+?[\d .()-]{8,}$", _("Nhập số điện thoại đúng dạng, ví dụ 0238 3840 000.")
            )
        ],
    )


def _addresses(row: FormField) -> forms.Field:
    return NetworksField(
        label=row.label,
        help_text=row.help,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _undertaking(row: FormField) -> forms.Field:
    return forms.BooleanField(label=row.label, help_text=row.help)


BUILDERS: dict[FormField.Kind, Callable[[FormField], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.CHOICE: _choice,
    Kind.DATE: _day,
    Kind.NUMBER: _number,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.ADDRESSES: _addresses,
    Kind.UNDERTAKING: _undertaking,
}
