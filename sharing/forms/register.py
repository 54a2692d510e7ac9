"""The filter of the public register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sharing.selectors import register

WHICH = [
    (register.LIVING, _("Đang có hiệu lực")),
    (register.SUSPENDED, _("Đang tạm dừng")),
    (register.OVER, _("Đã kết thúc")),
    (register.ALL, _("Tất cả")),
]


class RegisterForm(forms.Form):
    """In the words of the address: /ket-noi-du-lieu/?q=tu-phap&tt=tam-dung."""

    q = forms.CharField(label=_("Cơ quan, dịch vụ, văn bản"), required=False, max_length=150)
    tt = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=WHICH)
