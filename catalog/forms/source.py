"""Forms about the API of a table."""

from typing import Any

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from catalog.actions.sources import Settings
from catalog.forms.release import PeriodForm
from catalog.models import Source
from catalog.pulling.schedule import EVERY_HOURS


class SourceForm(PlainSentences, forms.ModelForm):
    """How to fetch. The value of the header is asked for and never shown; empty keeps the one there is.

    What is allowed is the action's rule.
    """

    url = forms.CharField(
        label=_("Địa chỉ API"),
        max_length=2000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=mark_safe(  # noqa: S308  our own words
            _(
                "Cổng thay <code>{period}</code> bằng kỳ (<code>2026Q3</code>), <code>{from}</code> và "
                "<code>{to}</code> bằng ngày đầu và ngày cuối kỳ (<code>2026-07-01</code>). Ví dụ: "
                "<code>https://csdl.vi-du.gov.vn/api/truong-hoc?ky={period}</code>"
            )
        ),
    )
    rows_path = forms.CharField(
        label=_("Đường dẫn tới danh sách"),
        max_length=200,
        required=False,
        help_text=_(
            "Chỉ dùng cho JSON khi danh sách nằm bên trong, ví dụ data.items. Để trống nếu API trả về "
            "danh sách."
        ),
    )
    header_name = forms.CharField(
        label=_("Tên tiêu đề (header)"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Nếu API cần khoá, ví dụ Authorization hoặc X-API-Key."),
    )
    header_value = forms.CharField(
        label=_("Giá trị của tiêu đề"),
        required=False,
        strip=True,
        max_length=4000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Được mã hoá khi lưu và không bao giờ hiện lại."),
    )
    every_hours = forms.TypedChoiceField(
        label=_("Lấy cách nhau"),
        coerce=int,
        initial=24,
        help_text=_("Từ ngày đầu sau kỳ đến ngày chốt kết quả."),
    )
    from_hour = forms.TypedChoiceField(
        label=_("Bắt đầu lúc"),
        coerce=int,
        initial=1,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    class Meta:
        model = Source
        fields = [
            "url",
            "format",
            "rows_path",
            "header_name",
            "header_value",
            "every_hours",
            "from_hour",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = self.fields["every_hours"]
        assert isinstance(every, forms.TypedChoiceField)  # noqa: S101  declared above
        every.choices = [(hours, _("%(n)s giờ một lần") % {"n": hours}) for hours in EVERY_HOURS]
        if self.instance.pk and self.instance.header_name:
            self.fields["header_value"].help_text = _(
                "Đã có giá trị. Để trống nếu giữ nguyên; xoá tên tiêu đề để bỏ."
            )

    def settings(self) -> Settings:
        given = self.cleaned_data
        return Settings(
            url=given["url"],
            header_name=given["header_name"],
            secret=given["header_value"],
            format=given["format"],
            rows_path=given["rows_path"],
            every_hours=given["every_hours"],
            from_hour=given["from_hour"],
        )


class PullForm(PeriodForm):
    """Which period to get now."""


class ApprovalForm(PlainSentences, forms.Form):
    """Agreement to the settings as they were shown."""

    seen = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )
