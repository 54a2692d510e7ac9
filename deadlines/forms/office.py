"""Forms of the officers' desk: remind, give more time, lift a duty, keep the calendar, replace a rule."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field, reason_field
from accounts.forms.sentences import PlainSentences
from core import clock
from deadlines.counting import Counting, Unit
from deadlines.models import CalendarDay, LegalRule
from deadlines.rules import Start

FIRST_YEAR = 2023  # the regulation's own
YEARS_AHEAD = 10


_REASON = _("Lý do"), _("Ít nhất 10 ký tự; được lưu vào nhật ký.")


def _document_field() -> forms.CharField:
    return forms.CharField(
        label=_("Số, ký hiệu văn bản"),
        max_length=100,
        help_text=_("Văn bản làm căn cứ cho quyết định, ví dụ 125/SKHCN-CNS."),
    )


class RemindForm(PlainSentences, forms.Form):
    note = forms.CharField(
        label=_("Lời nhắn"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đứng cuối thông báo gửi cho cơ quan."),
    )


class ExtendForm(PlainSentences, forms.Form):
    """Whether the day is late enough and the reason says enough is the action's rule."""

    until = day_field(_("Gia hạn đến hết ngày"))
    reason = reason_field(*_REASON)
    document = _document_field()


class WaiveForm(PlainSentences, forms.Form):
    reason = reason_field(*_REASON)
    document = _document_field()


class CalendarDayForm(PlainSentences, forms.Form):
    """One day of the calendar; `day` is asked for a new one only. The notice is the action's rule."""

    day = day_field(_("Ngày"))
    kind = forms.ChoiceField(
        label=_("Loại ngày"), choices=CalendarDay.Kind.choices, widget=forms.RadioSelect
    )
    name_vi = forms.CharField(
        label=_("Tên gọi"),
        max_length=100,
        help_text=_("Như trong thông báo, ví dụ “Quốc khánh (nghỉ bù)”."),
    )
    certainty = forms.TypedChoiceField(
        label=_("Mức chắc chắn"),
        choices=CalendarDay.Sureness.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    document = forms.CharField(
        label=_("Số, ký hiệu thông báo"),
        required=False,
        max_length=100,
        help_text=_("Phải có khi chọn “Theo thông báo chính thức”."),
    )

    def __init__(self, *args: Any, known: CalendarDay | None = None, **kwargs: Any) -> None:
        if known is not None:
            kwargs["initial"] = {
                name: getattr(known, name) for name in ("kind", "name_vi", "certainty", "document")
            }
        super().__init__(*args, **kwargs)
        if known is not None:
            del self.fields["day"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= clock.today().year + YEARS_AHEAD:
            raise forms.ValidationError(_("Hãy kiểm tra lại năm của ngày này."))
        known = CalendarDay.objects.filter(day=day).first()
        if known is not None:
            raise forms.ValidationError(
                _("Ngày này đã có trong lịch (%(name)s). Hãy sửa dòng đó."),
                params={"name": known.name_vi},
            )
        return day


class RemoveDayForm(PlainSentences, forms.Form):
    document = forms.CharField(
        label=_("Số, ký hiệu thông báo"),
        required=False,
        max_length=100,
        help_text=_("Văn bản làm căn cứ để xoá, nếu có; được lưu vào nhật ký."),
    )


class RuleForm(PlainSentences, forms.Form):
    """What may differ in the row that follows `rule`; only ways of counting that fit such a limit."""

    valid_from = day_field(_("Có hiệu lực từ ngày"))
    number = forms.IntegerField(
        label=_("Số lượng"),
        min_value=1,
        max_value=366,
        error_messages={
            "invalid": _("Nhập một số nguyên."),
            "min_value": _("Nhập số từ 1 trở lên."),
            "max_value": _("Nhập số không quá 366."),
        },
    )
    counting = forms.ChoiceField(label=_("Cách đếm"), widget=forms.RadioSelect)
    rolls = forms.BooleanField(
        label=_("Ngày cuối là ngày nghỉ thì dời sang ngày làm việc tiếp theo"), required=False
    )
    citation_vi = forms.CharField(label=_("Căn cứ"), max_length=300)
    active = forms.BooleanField(
        label=_("Đang áp dụng"),
        required=False,
        help_text=_("Quy định tắt đi vẫn được giữ, nhưng không mở nghĩa vụ mới."),
    )

    def __init__(self, *args: Any, rule: LegalRule, **kwargs: Any) -> None:
        names = ("number", "counting", "rolls", "citation_vi", "active")
        kwargs["initial"] = {name: getattr(rule, name) for name in names}
        super().__init__(*args, **kwargs)
        counting = self.fields["counting"]
        assert isinstance(counting, forms.ChoiceField)  # noqa: S101  declared above
        counting.choices = [
            (mode, label) for mode, label in LegalRule.CountingWords.choices if mode in _fit(rule)
        ]
        if rule.start == Start.YEAR:
            del self.fields["number"], self.fields["rolls"]
        else:
            self.fields["number"].label = UNIT_LABELS[Unit(rule.unit)]

    def facts(self) -> dict[str, Any]:
        """What deadlines.actions.rules.replace takes besides the day."""
        return {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}


UNIT_LABELS = {
    Unit.DAY: _("Số ngày"),
    Unit.WORKING_DAY: _("Số ngày làm việc"),
    Unit.MONTH: _("Số tháng"),
}


def _fit(rule: LegalRule) -> tuple[Counting, ...]:
    if rule.start == Start.YEAR:
        return Counting.STRICT_BEFORE, Counting.ON_OR_BEFORE
    return Counting.CIVIL_CODE, Counting.INCLUSIVE
