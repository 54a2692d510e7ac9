"""Forms about releases: upload, submit, decide, take back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences


class PeriodForm(PlainSentences, forms.Form):
    """`period` offers the codes given."""

    period = forms.ChoiceField(label=_("Kỳ dữ liệu"))

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)  # noqa: S101  declared above
        period.choices = periods
        period.error_messages["invalid_choice"] = _("Hãy chọn một kỳ trong danh sách.")


class UploadForm(PeriodForm):
    """An empty or too large file is refused by the action."""

    file = forms.FileField(
        label=_("Tệp dữ liệu"),
        allow_empty_file=True,
        error_messages={
            "required": _("Hãy chọn tệp dữ liệu."),
        },
    )


class SubmitForm(PlainSentences, forms.Form):
    """Check answers; warnings, and a file that did not change, have to be acknowledged."""

    unchanged = forms.BooleanField(
        label=_("Tôi xác nhận dữ liệu của kỳ này không thay đổi, tệp giống hệt là đúng"),
        error_messages={
            "required": _("Hãy xác nhận dữ liệu không thay đổi, hoặc chọn đúng tệp của kỳ này.")
        },
    )

    seen_warnings = forms.BooleanField(
        label=_("Tôi đã xem các cảnh báo"),
        error_messages={"required": _("Hãy xem các cảnh báo và xác nhận trước khi nộp.")},
    )
    note = forms.CharField(
        label=_("Ghi chú cho người duyệt"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Điều người duyệt cần biết: thay đổi lớn so với kỳ trước, nguồn, lưu ý."),
    )

    def __init__(self, *args: Any, has_warnings: bool, is_unchanged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_unchanged:
            del self.fields["unchanged"]
        if not has_warnings:
            del self.fields["seen_warnings"]


class ReasonForm(PlainSentences, forms.Form):
    """A reason somebody else will read; how long it must be is the action's rule."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ít nhất 10 ký tự; nói rõ điều gì sai và cần làm gì tiếp."),
    )


class DecisionForm(PlainSentences, forms.Form):
    """Publish what has been looked at, or return it; whether the reason says enough is the action's rule."""

    PUBLISH, RETURN = "publish", "return"

    decision = forms.ChoiceField(
        choices=[(PUBLISH, PUBLISH), (RETURN, RETURN)], widget=forms.HiddenInput
    )
    seen = forms.BooleanField(
        label=_("Tôi đã xem các dòng dữ liệu, cảnh báo và phần thay đổi so với kỳ trước"),
        error_messages={"required": _("Hãy xem dữ liệu và đánh dấu xác nhận trước khi công bố.")},
    )
    reason = forms.CharField(
        label=_("Lý do trả lại"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ít nhất 10 ký tự; nói rõ điều gì sai và cần sửa thế nào."),
    )

    def clean(self) -> dict[str, Any]:
        """Each of the two decisions needs what stands beside its own button alone."""
        publishes = self.data.get("decision") == self.PUBLISH
        self.errors.pop("reason" if publishes else "seen", None)
        return self.cleaned_data


class ConfirmForm(PlainSentences, forms.Form):
    """Nothing to fill in: the button itself is the answer."""
