"""The filter above the agency's list of datasets."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from catalog.models import Dataset
from catalog.work_lists import MISSING


class DatasetFilterForm(forms.Form):
    """?q=&trang_thai=&co_quan= ; what cannot be understood filters nothing."""

    use_required_attribute = False

    q = forms.CharField(label=_("Tên hoặc từ khoá"), required=False, max_length=200)
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            *Dataset.State.choices,
            (MISSING, _("Chưa công bố kỳ vừa qua")),
        ],
    )
    co_quan = forms.ModelChoiceField(
        label=_("Cơ quan"),
        queryset=Agency.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("Tất cả cơ quan"),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["co_quan"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = agencies
        if len(agencies) < 2:
            del self.fields["co_quan"]

    def wishes(self) -> dict[str, Any]:
        """{q, trang_thai, co_quan}, empty where nothing (sensible) was asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("q", "trang_thai", "co_quan")}
