"""Which part of the audit trail to show."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.audit_words import declared_actions
from accounts.forms.fields import day_field
from accounts.models import Agency


def _agency_choices() -> list[tuple[str, Any]]:
    return [("", _("Mọi cơ quan")), *((agency.key, str(agency)) for agency in Agency.objects.all())]


def _action_choices() -> list[tuple[str, Any]]:
    return [("", _("Mọi việc")), *declared_actions()]


class AuditFilterForm(forms.Form):
    """The filters, in the words of the address: /dieu-hanh/nhat-ky/?co_quan=SYT&viec=release.publish."""

    co_quan = forms.ChoiceField(label=_("Cơ quan"), required=False, choices=_agency_choices)
    viec = forms.ChoiceField(label=_("Việc"), required=False, choices=_action_choices)
    nguoi = forms.CharField(label=_("Người thực hiện"), required=False, max_length=150)
    doi_tuong = forms.CharField(label=_("Đối tượng, tên hoặc mã"), required=False, max_length=150)
    tu = day_field(_("Từ ngày"), required=False)
    den = day_field(_("Đến ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        begin: date | None = self.cleaned_data.get("tu")
        end: date | None = self.cleaned_data.get("den")
        if begin and end and end < begin:
            self.add_error("den", _("“Đến ngày” phải sau “Từ ngày”."))
        return self.cleaned_data

    def asked(self) -> dict[str, str]:
        """The filters of a valid form under the names of audit facts, days as ISO text."""
        named = {
            "agency_asked": "co_quan",
            "action_asked": "viec",
            "actor_asked": "nguoi",
            "object_asked": "doi_tuong",
            "from_day": "tu",
            "to_day": "den",
        }
        found = {fact: self.cleaned_data.get(field) for fact, field in named.items()}
        return {
            fact: value.isoformat() if isinstance(value, date) else value or ""
            for fact, value in found.items()
        }


class AgencySearchForm(forms.Form):
    q = forms.CharField(label=_("Tên cơ quan"), required=False, max_length=150)
