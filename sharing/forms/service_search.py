"""The filter of the register of sharing services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from sharing.models import SharingService
from sharing.selectors.services import sharing_agencies


class ServiceSearchForm(forms.Form):
    """In the words of the address: /dich-vu-chia-se/?q=truong-hoc&co_quan=so-y-te&hinh_thuc=default."""

    q = forms.CharField(label=_("Tên, cơ quan, nội dung"), required=False, max_length=150)
    co_quan = forms.ModelChoiceField(
        label=_("Cơ quan chủ quản"),
        required=False,
        queryset=Agency.objects.none(),
        to_field_name="slug",
        empty_label=_("Tất cả cơ quan"),
    )
    hinh_thuc = forms.ChoiceField(
        label=_("Hình thức chia sẻ"),
        required=False,
        choices=[("", _("Tất cả")), *SharingService.Form.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["co_quan"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = sharing_agencies()
