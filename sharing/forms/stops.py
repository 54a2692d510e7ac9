"""Announcing a planned stop: of one's own service, or, for the officers, of any."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.sentences import PlainSentences
from sharing.models import SharingService


class StopForm(PlainSentences, forms.Form):
    """How many working days before is the action's rule."""

    begins_on = day_field(_("Dừng từ ngày"))
    expected_back = day_field(
        _("Dự kiến khôi phục"), help_text=_("Tài khoản hoạt động trở lại từ ngày này.")
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ít nhất 10 ký tự; công bố trên Kho dữ liệu."),
    )


class AnyStopForm(StopForm):
    """Of any service on offer."""

    service = forms.ModelChoiceField(
        label=_("Dịch vụ"), queryset=SharingService.objects.offered().select_related("owner")
    )
    field_order = ("service",)
