"""Which month of use, and which calls."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deadlines.period_words import period_name
from deadlines.periods import Period
from sharing.call_words import REFUSED
from sharing.selectors.usage import Calls, months

GIVEN, REFUSALS = "thanh-cong", "tu-choi"


class MonthForm(forms.Form):
    """In the words of the address: ?thang=2026-11; this month where none, or an unknown one, is named."""

    thang = forms.ChoiceField(label=_("Tháng"), required=False)

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._months = months(since)
        field = self.fields["thang"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(month.code, period_name(month)) for month in self._months]
        self.is_valid()

    @property
    def month(self) -> Period:
        asked = self.cleaned_data.get("thang")
        return next((one for one in self._months if one.code == asked), self._months[0])


class CallsForm(MonthForm):
    """The same, and ?ket_qua=tu-choi: of the calls one by one only those."""

    ket_qua = forms.ChoiceField(
        label=_("Từng lượt gọi"),
        required=False,
        choices=[("", _("Tất cả")), (GIVEN, _("Thành công")), (REFUSALS, _("Bị từ chối"))],
    )

    def narrowed(self, calls: Calls) -> Calls:
        asked = self.cleaned_data.get("ket_qua")
        if asked == GIVEN:
            return calls.filter(status__lt=REFUSED)
        return calls.filter(status__gte=REFUSED) if asked == REFUSALS else calls
