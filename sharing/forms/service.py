"""The description of a sharing service, as `facts` and `tables` for the actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import reason_field
from accounts.forms.sentences import PlainSentences
from accounts.models import Agency
from catalog.models import Dataset, Resource
from sharing.actions.services import DESCRIBING
from sharing.models import SharingService

MOST_ANSWER_DAYS = 60
FIELDSETS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        _("Mô tả"),
        ("title_vi", "title_en", "description_vi", "description_en", "is_illustrative"),
    ),
    (
        _("Hình thức và phương thức"),
        ("form", "method", "place", "endpoint", "technical_document", "schema_vi"),
    ),
    (_("Khai thác"), ("use_rules_vi", "availability", "version", "answer_days")),
    (_("Đầu mối"), ("contact_post", "contact_email", "contact_phone")),
)


def _address_field(label: Any, hint: Any) -> forms.URLField:
    return forms.URLField(
        label=label,
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=hint,
        error_messages={"invalid": _("Nhập địa chỉ đầy đủ, ví dụ https://dich-vu.nghean.gov.vn/.")},
    )


@dataclass(frozen=True)
class TableChoice:
    """A table of the agency: whether it is shared, and which of its columns."""

    resource: Resource
    chosen: BoundField
    columns: BoundField | None


class ServiceForm(PlainSentences, forms.ModelForm):
    """With a tick box for each table of the owner, and one for each of its columns."""

    answer_days = forms.IntegerField(
        label=_("Chủ quản trả lời trong (ngày làm việc)"),
        required=False,
        min_value=1,
        max_value=MOST_ANSWER_DAYS,
        help_text=_(
            "Chủ quản tự đặt; pháp luật không quy định thời hạn này. Bỏ trống nếu không đặt."
        ),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Nhập số ngày từ 1 đến 60.")
        ),
    )

    endpoint = _address_field(
        _("Địa chỉ dịch vụ"), _("Bắt buộc khi dữ liệu không đi qua cổng chia sẻ của Kho dữ liệu.")
    )
    technical_document = _address_field(
        _("Tài liệu kỹ thuật"), _("Địa chỉ của tài liệu mô tả cách gọi và cấu trúc dữ liệu.")
    )

    class Meta:
        model = SharingService
        fields = DESCRIBING
        widgets = {
            "description_vi": forms.Textarea(attrs={"rows": 4}),
            "description_en": forms.Textarea(attrs={"rows": 4}),
            "schema_vi": forms.Textarea(attrs={"rows": 4}),
            "use_rules_vi": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "form": _("Mặc định: mọi cơ quan dùng như nhau. Đặc thù: hai bên thống nhất riêng."),
            "schema_vi": _("Cấu trúc của dữ liệu trao đổi khi không có trong tài liệu kỹ thuật."),
            "use_rules_vi": _("Được dùng vào việc gì, lưu bao lâu, không được làm gì."),
            "availability": _("Ví dụ: 24/7; giờ hành chính; 99,5 % mỗi tháng."),
            "contact_post": _("Chức danh hoặc bộ phận, không ghi tên người."),
            "is_illustrative": _("Chỉ để giới thiệu Kho dữ liệu, không có dữ liệu thật."),
        }

    def __init__(self, *args: Any, owner: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._resources = list(shareable_tables(owner))
        kept: dict[Any, list[str]] = {}
        if self.instance.pk:
            kept = {one.resource_id: one.columns for one in self.instance.tables.all()}
        for resource in self._resources:
            self._add_table(resource, kept)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        elsewhere = said.get("place") not in (None, "", SharingService.Place.GATEWAY)
        if elsewhere and not said.get("endpoint") and "endpoint" not in self.errors:
            self.add_error(
                "endpoint", _("Hãy ghi địa chỉ dịch vụ ở hệ thống nơi dữ liệu được cung cấp.")
            )
        return said

    @property
    def fieldsets(self) -> Iterator[tuple[Promise, list[BoundField]]]:
        for legend, names in FIELDSETS:
            yield legend, [self[name] for name in names]

    @property
    def table_choices(self) -> list[TableChoice]:
        return [
            TableChoice(
                resource,
                self[_table_field(resource)],
                self[_columns_field(resource)] if resource.columns else None,
            )
            for resource in self._resources
        ]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DESCRIBING}

    def tables(self) -> dict[Resource, list[str]]:
        """The ticked tables; a table without a ticked column gives all of them."""
        said = self.cleaned_data
        return {
            resource: said.get(_columns_field(resource), [])
            for resource in self._resources
            if said[_table_field(resource)]
        }

    def _add_table(self, resource: Resource, kept: dict[Any, list[str]]) -> None:
        self.fields[_table_field(resource)] = forms.BooleanField(
            label=f"{resource.dataset.title}: {resource.title}",
            required=False,
            initial=resource.pk in kept,
        )
        if resource.columns:
            self.fields[_columns_field(resource)] = forms.MultipleChoiceField(
                label=_("Các cột được chia sẻ"),
                required=False,
                choices=[
                    (one["name"], one.get("label") or one["name"]) for one in resource.columns
                ],
                initial=kept.get(resource.pk, []),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Không chọn cột nào: chia sẻ mọi cột của bảng."),
            )


class ProposalForm(ServiceForm):
    """The same for a service on offer: what changes waits for another person, who reads why."""

    reason = reason_field(
        _("Lý do thay đổi"),
        _("Ít nhất 10 ký tự; gửi cho lãnh đạo duyệt và, khi được duyệt, cho các cơ quan sử dụng."),
    )


class ChangeRefusalForm(PlainSentences, forms.Form):
    reason = reason_field(_("Lý do không duyệt"), _("Ít nhất 10 ký tự; gửi cho người đề nghị."))


class ClosingForm(PlainSentences, forms.Form):
    reason = forms.CharField(
        label=_("Lý do ngừng cung cấp"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ít nhất 10 ký tự; hiện ở trang công khai của dịch vụ."),
    )


def shareable_tables(owner: Agency) -> Iterator[Resource]:
    """Tables of the agency that have data to share, dataset by dataset."""
    tables = Resource.objects.filter(dataset__agency=owner).exclude(
        dataset__access=Dataset.Access.LISTED
    )
    living = tables.exclude(dataset__state=Dataset.State.WITHDRAWN)
    yield from living.select_related("dataset").order_by("dataset__title_vi", "position", "name")


def _table_field(resource: Resource) -> str:
    return f"bang-{resource.pk.hex}"


def _columns_field(resource: Resource) -> str:
    return f"cot-{resource.pk.hex}"
