"""Whose request for which service an officer keys in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from accounts.models import Agency
from sharing.forms.request import AgencyChoice
from sharing.models import SharingService


class ServiceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} – {obj.owner.name}"


class KeyInForm(PlainSentences, forms.Form):
    requester = AgencyChoice(
        label=_("Cơ quan yêu cầu"),
        queryset=Agency.objects.none(),
        empty_label=_("Chọn cơ quan"),
        error_messages={"invalid_choice": _("Hãy chọn một cơ quan trong danh sách.")},
    )
    service = ServiceChoice(
        label=_("Dịch vụ"),
        queryset=SharingService.objects.none(),
        empty_label=_("Chọn dịch vụ"),
        error_messages={
            "invalid_choice": _(
                "Hãy chọn một dịch vụ đang cung cấp. Dịch vụ đã ngừng không nhận yêu cầu kết nối."
            )
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = SharingService.objects.offered().select_related("owner").order_by("title_sort")
        self.fields["requester"].queryset = Agency.objects.current()  # type: ignore[attr-defined]
        self.fields["service"].queryset = offered  # type: ignore[attr-defined]
