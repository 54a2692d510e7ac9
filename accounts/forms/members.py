"""Members of an agency: inviting them, and accepting an invitation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import reason_field
from accounts.forms.sentences import PlainSentences
from accounts.forms.wording import password_hint
from accounts.roles import Role


class InvitationForm(forms.Form):
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=150, error_messages={"required": _("Nhập họ và tên.")}
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        help_text=_("Lời mời được gửi đến địa chỉ này; người nhận đăng nhập bằng địa chỉ này."),
        error_messages={
            "required": _("Nhập thư điện tử."),
            "invalid": _("Nhập thư điện tử đúng dạng, ví dụ ten@nghean.gov.vn."),
        },
    )
    role_code = forms.ChoiceField(
        label=_("Vai trò"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một vai trò.")},
    )

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role_code = self.fields["role_code"]
        assert isinstance(role_code, forms.ChoiceField)  # noqa: S101  declared above
        role_code.choices = [(role.code, str(role.name)) for role in roles]


class ProposalRefusalForm(PlainSentences, forms.Form):
    reason = reason_field(_("Lý do từ chối"), _("Ít nhất 10 ký tự; gửi cho người đề nghị."))


class RoleEndForm(PlainSentences, forms.Form):
    reason = reason_field(_("Lý do"), _("Ít nhất 10 ký tự; gửi cho người đó và ghi vào nhật ký."))


class EnableForm(PlainSentences, forms.Form):
    reason = reason_field(_("Lý do"), _("Ít nhất 10 ký tự; ghi vào nhật ký."))


class DisableForm(PlainSentences, forms.Form):
    reason = reason_field(_("Lý do"), _("Ít nhất 10 ký tự; gửi cho người đó và ghi vào nhật ký."))
    knowingly = forms.BooleanField(
        label=_("Tôi biết cơ quan sẽ không còn quản trị nào"), required=False
    )

    def __init__(self, *args: Any, is_last_admin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_last_admin:
            del self.fields["knowingly"]


class FirstPasswordForm(forms.Form):
    """The password of somebody who accepts an invitation without having an account."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        help_text=password_hint(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Đặt một mật khẩu.")},
    )
    password_again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Nhập lại mật khẩu.")},
    )

    def clean(self) -> dict[str, Any]:
        once, again = self.cleaned_data.get("password"), self.cleaned_data.get("password_again")
        if once and again and once != again:
            self.add_error("password_again", _("Hai lần nhập mật khẩu chưa giống nhau."))
        return self.cleaned_data
