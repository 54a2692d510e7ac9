"""What people change about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["full_name", "language", "wants_email"]
        labels = {
            "full_name": _("Họ và tên"),
            "language": _("Ngôn ngữ"),
            "wants_email": _("Gửi thông báo cho tôi qua thư điện tử"),
        }
        help_texts = {
            "language": _("Ngôn ngữ của thư gửi cho bạn và của trang mở ra sau khi đăng nhập."),
        }
        error_messages = {"full_name": {"required": _("Nhập họ và tên.")}}
        widgets = {"language": forms.RadioSelect}
