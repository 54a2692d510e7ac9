"""Adding a certificate to those that signatures are checked against."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from sharing.actions.roots import MOST_BYTES


class RootForm(PlainSentences, forms.Form):
    """`certificate`: the file's bytes; whether it is a certificate is the action's rule."""

    certificate = forms.FileField(
        label=_("Tệp chứng thư"),
        allow_empty_file=True,
        help_text=_(
            "PEM hoặc DER (.crt, .cer, .pem). Lấy từ trang của tổ chức chứng thực và đối chiếu vân tay "
            "SHA-256 qua một kênh khác trước khi thêm."
        ),
        error_messages={"required": _("Hãy chọn tệp chứng thư.")},
    )

    def clean_certificate(self) -> Any:
        file = self.cleaned_data["certificate"]
        if getattr(file, "too_large", False) or file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp quá lớn so với một chứng thư."))
        return file.read()
