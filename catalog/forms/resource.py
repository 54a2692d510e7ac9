"""Forms about tables of a dataset and their data dictionary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from catalog.models import Resource


class ResourceForm(PlainSentences, forms.ModelForm):
    class Meta:
        model = Resource
        fields = ["title_vi", "title_en"]
        help_texts = {
            "title_vi": _("Một bộ dữ liệu có thể gồm nhiều bảng; mỗi bảng được nộp riêng từng kỳ."),
        }


class ColumnForm(PlainSentences, forms.Form):
    """What a person says about one column; `name` tells which, its type comes from the data."""

    name = forms.CharField(widget=forms.HiddenInput)
    label = forms.CharField(label=_("Tên hiển thị"), max_length=200)
    unit = forms.CharField(
        label=_("Đơn vị"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: người, ha, triệu đồng."),
    )
    description_vi = forms.CharField(
        label=_("Ý nghĩa"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    description_en = forms.CharField(
        label=_("Ý nghĩa (tiếng Anh)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    required = forms.BooleanField(label=_("Bắt buộc có giá trị"), required=False)
    is_key = forms.BooleanField(label=_("Thuộc khoá"), required=False)


ColumnFormSet = forms.formset_factory(ColumnForm, extra=0)


def initial_columns(resource: Resource, columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the dictionary says about those columns now, for a ColumnFormSet."""
    keys = set(resource.key_columns)
    return [{**column, "is_key": column["name"] in keys} for column in columns]
