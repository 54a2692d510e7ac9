"""What the sign-in library's fields are called here: it speaks no Vietnamese."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def word(field: forms.Field, label: "Words", *, missing: "Words", hint: "Words" = "") -> None:
    """Give the field its label, the sentence for when it is empty, and no placeholder."""
    field.label = label
    field.help_text = hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


def word_email(field: forms.Field) -> None:
    word(field, _("Thư điện tử"), missing=_("Nhập thư điện tử."))
    field.error_messages["invalid"] = _("Nhập thư điện tử đúng dạng, ví dụ ten@nghean.gov.vn.")


def word_password(field: forms.Field) -> None:
    word(field, _("Mật khẩu"), missing=_("Nhập mật khẩu."))


def word_code(field: forms.Field, hint: "Words") -> None:
    word(field, _("Mã xác thực"), missing=_("Nhập mã xác thực."), hint=hint)
    field.widget.attrs["inputmode"] = "numeric"


def word_new_password(field: forms.Field) -> None:
    word(field, _("Mật khẩu mới"), missing=_("Nhập mật khẩu mới."), hint=password_hint())


def _password_hint() -> str:
    lengths = [getattr(one, "min_length", 0) for one in get_default_password_validators()]
    return gettext(
        "Ít nhất %(length)d ký tự, không chỉ gồm chữ số, không phải mật khẩu phổ biến, "
        "không giống tên hay thư điện tử của bạn."
    ) % {"length": max(lengths)}


password_hint = lazy(_password_hint, str)
