"""Forms of the agency that asks: begin, supplement, take back, open again."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from accounts.models import Agency


class AgencyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class BeginForm(PlainSentences, forms.Form):
    """For which agency; in the words of the address: /ket-noi/moi/?co_quan=so-tu-phap."""

    co_quan = AgencyChoice(
        label=_("Cơ quan yêu cầu"),
        queryset=Agency.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Hãy chọn một cơ quan trong danh sách.")},
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["co_quan"].queryset = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.initial["co_quan"] = agencies[0].slug
            self.fields["co_quan"].widget = forms.HiddenInput()


class NoteForm(PlainSentences, forms.Form):
    """A word to those who read on; nothing need be said."""

    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hiện trong diễn biến của yêu cầu; các bên đều đọc được."),
    )


class ReopenForm(PlainSentences, forms.Form):
    reason = forms.CharField(
        label=_("Lý do mở lại"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ít nhất 10 ký tự; nói rõ điều gì thay đổi so với lần trước."),
    )
