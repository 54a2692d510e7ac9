"""Forms of an agency about its duties: ask, say it is done, decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field, reason_field
from accounts.forms.sentences import PlainSentences


def _document_field(help_text: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Số, ký hiệu văn bản"), required=required, max_length=100, help_text=help_text
    )


def _until_field(label: Any) -> forms.DateField:
    return day_field(label, invalid=_("Hãy ghi ngày theo dạng 31/08/2026."))


class NothingForm(PlainSentences, forms.Form):
    """Why there is nothing to report; how long the reason must be is the action's rule."""

    reason = reason_field(
        _("Lý do"), _("Ít nhất 10 ký tự, ví dụ: trong quý không cấp giấy phép nào.")
    )


class ExtensionForm(PlainSentences, forms.Form):
    """Until when, and why; whether the day will do is the action's rule."""

    until = _until_field(_("Xin gia hạn đến hết ngày"))
    reason = reason_field(_("Lý do"), _("Ít nhất 10 ký tự; nói rõ vướng mắc và cách giải quyết."))
    document = _document_field(
        _("Công văn của cơ quan bạn gửi cơ quan đầu mối, nếu có. Ví dụ: 125/SYT-VP."),
        required=False,
    )


class DoneForm(PlainSentences, forms.Form):
    """What came of it; `unchanged` is the button that says: nothing."""

    note = reason_field(_("Kết quả"), _("Ghi ngắn gọn kết quả và những gì đã thay đổi."))
    document = _document_field(
        _("Báo cáo hoặc văn bản ghi kết quả, nếu có. Ví dụ: 88/BC-SYT."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = "unchanged" not in self.data


class DecisionForm(PlainSentences, forms.Form):
    """What becomes of a petition: the button says which; each asks for what it needs."""

    ACCEPT, REFUSE, TAKE_BACK = "accept", "refuse", "take_back"

    decision = forms.ChoiceField(
        choices=[(one, one) for one in (ACCEPT, REFUSE, TAKE_BACK)], widget=forms.HiddenInput
    )
    until = _until_field(_("Gia hạn đến hết ngày"))
    document = _document_field(
        _("Văn bản làm căn cứ cho việc gia hạn, ví dụ 125/SKHCN-CNS."), required=True
    )
    reason = reason_field(
        _("Lý do không chấp thuận"), _("Ít nhất 10 ký tự; nói rõ cơ quan cần làm gì tiếp.")
    )

    def __init__(self, *args: Any, gives_time: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = self.data.get("decision")
        self.fields["reason"].required = decision not in (self.ACCEPT, self.TAKE_BACK)
        for name in ("until", "document"):
            self.fields[name].required = gives_time and decision not in (
                self.REFUSE,
                self.TAKE_BACK,
            )
