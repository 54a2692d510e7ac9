"""Forms of the officers: filter the inbox, ask for more, refuse, issue, suspend, end."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field, reason_field
from accounts.forms.sentences import PlainSentences
from accounts.models import Person
from core import clock
from sharing.policies import check_networks
from sharing.selectors import inbox
from sharing.states import RequestState, SuspensionReason

USUAL_QUOTA, USUAL_PER_MINUTE = 10_000, 60
USUAL_TERM = timedelta(days=365)


def _count_field(label: Any, most: int, usual: int) -> forms.IntegerField:
    words = format_lazy(_("Nhập số nguyên từ 1 đến {most}."), most=f"{most:,}".replace(",", "."))
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        initial=usual,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )


_NEVER_HERE = (RequestState.DRAFT, RequestState.KEYING, RequestState.DISCARDED)


def _which_choices() -> list[tuple[str, Any]]:
    groups = [
        (inbox.OPEN, _("Đang mở")),
        (inbox.ALL, _("Tất cả")),
        (inbox.OVERDUE, _("Quá hạn")),
        (inbox.TODAY, _("Đến hạn hôm nay")),
        (inbox.RUNNING_ON, _("Trong hạn")),
        (inbox.WAITING, _("Chưa có chấp thuận")),
        (inbox.JUDGED, _("Đã đến hạn hoặc đã trả lời, 90 ngày")),
        (inbox.ON_TIME, _("Đúng hạn, 90 ngày")),
    ]
    states = [(value, words) for value, words in RequestState.choices if value not in _NEVER_HERE]
    return [*groups, *(one for one in states if one[0] != RequestState.WAITING_CONSENT)]


def _officer_choices() -> list[tuple[str, Any]]:
    """Whoever has a case now."""
    people = Person.objects.filter(pk__in=_in_charge()).order_by("full_name")
    return [
        ("", _("Tất cả")),
        (inbox.MINE, _("Tôi")),
        (inbox.NOBODY, _("Chưa phân công")),
        *((str(person.pk), person.full_name) for person in people),
    ]


def _in_charge() -> Any:
    return (
        inbox.requests_of_the_inbox().order_by().exclude(officer=None).values("officer").distinct()
    )


class InboxForm(forms.Form):
    """In the words of the address: /dieu-hanh/yeu-cau/?tt=qua-han&nguoi=toi."""

    q = forms.CharField(label=_("Mã, số văn bản, cơ quan"), required=False, max_length=150)
    tt = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=_which_choices)
    nguoi = forms.ChoiceField(label=_("Người xử lý"), required=False, choices=_officer_choices)


class SupplementForm(PlainSentences, forms.Form):
    reason = reason_field(
        _("Nội dung cần bổ sung"),
        _("Ít nhất 10 ký tự; nói rõ còn thiếu gì để cơ quan bổ sung một lần."),
    )


class RefusalForm(PlainSentences, forms.Form):
    """Both are required by law (Đ11.1); how long the reason must be is the action's rule."""

    reason = reason_field(
        _("Lý do từ chối"), _("Ít nhất 10 ký tự; gửi cho cơ quan yêu cầu và chủ quản.")
    )
    legal_ground = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=300,
        help_text=_("Điều, khoản làm căn cứ, ví dụ khoản 1 Điều 15 QĐ 22/2023/QĐ-UBND."),
    )


class IssueForm(PlainSentences, forms.Form):
    """Limits of the account; scope and term are the consent's."""

    daily_quota = _count_field(_("Số lượt gọi mỗi ngày"), 10_000_000, USUAL_QUOTA)
    per_minute = _count_field(_("Số lượt gọi mỗi phút"), 100_000, USUAL_PER_MINUTE)
    networks = forms.CharField(
        label=_("Địa chỉ IP được phép gọi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một địa chỉ hoặc dải địa chỉ. Bỏ trống: gọi được từ mọi nơi."),
    )
    valid_to = day_field(
        _("Hiệu lực đến hết ngày"), help_text=_("Không quá thời hạn chủ quản đã chấp thuận.")
    )

    def clean_networks(self) -> list[str]:
        lines = self.cleaned_data["networks"].splitlines()
        return check_networks(line for line in lines if line.strip())


class SuspensionForm(PlainSentences, forms.Form):
    reason = forms.ChoiceField(
        label=_("Lý do"), choices=[*BLANK_CHOICE_DASH, *SuspensionReason.choices]
    )
    note = reason_field(_("Nội dung"), _("Ít nhất 10 ký tự; gửi cho cơ quan sử dụng và chủ quản."))
    expected_back = day_field(
        _("Dự kiến khôi phục"), required=False, help_text=_("Bỏ trống nếu chưa biết.")
    )

    def clean_expected_back(self) -> Any:
        day = self.cleaned_data["expected_back"]
        if day is not None and day < clock.today():
            raise forms.ValidationError(_("Ngày này đã qua. Hãy chọn ngày sau hôm nay."))
        return day


class EndForm(PlainSentences, forms.Form):
    reason = reason_field(
        _("Lý do chấm dứt"), _("Ít nhất 10 ký tự; tài khoản đã chấm dứt không mở lại được.")
    )
