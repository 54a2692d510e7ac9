"""Forms about datasets: register, change, rename."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.sentences import PlainSentences
from accounts.models import Agency, Person
from accounts.permissions import agencies_with
from accounts.roles import Permission
from catalog.actions.dataset import DESCRIBING, RESERVED_SLUGS
from catalog.models import Dataset, Licence, Topic
from catalog.work_lists import similar_datasets
from core import clock
from core.vietnamese import normalise, slugify

FIELDSETS: tuple[tuple[Promise, Promise | str, tuple[str, ...]], ...] = (
    (
        _("Mô tả"),
        "",
        ("title_vi", "title_en", "description_vi", "description_en", "is_illustrative"),
    ),
    (
        _("Cơ quan và đầu mối"),
        _(
            "Đầu mối được công khai để người dùng hỏi về dữ liệu; ghi chức danh, không ghi tên người."
        ),
        ("agency", "contact_post", "contact_email", "contact_phone"),
    ),
    (_("Phân loại"), "", ("topics", "keywords", "frequency", "access", "licence")),
    (_("Pháp lý và nguồn"), "", ("legal_ground", "source_database")),
    (_("Phạm vi"), "", ("spatial", "temporal_start", "temporal_end")),
    (
        _("Quan hệ với dữ liệu của bộ, ngành"),
        _(
            "Dữ liệu của tỉnh không chồng lấn với cơ sở dữ liệu của bộ, ngành "
            "(khoản 4 Điều 4 QĐ 22/2023/QĐ-UBND)."
        ),
        ("overlap", "overlap_note"),
    ),
    (_("Cam kết"), "", ("not_secret", "distinct")),
)


def _day_field(label: Any, **words: Any) -> forms.DateField:
    invalid = _("Hãy ghi ngày theo dạng 31/08/2026.")
    return day_field(label, required=False, invalid=invalid, **words)


class DatasetForm(PlainSentences, forms.ModelForm):
    """The description of a dataset, as `facts()` and `topics()` for the actions."""

    keywords = forms.CharField(
        label=_("Từ khoá"),
        required=False,
        help_text=_("Cách nhau bằng dấu phẩy, ví dụ: trường học, giáo dục mầm non."),
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Chủ đề"),
        queryset=Topic.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chọn một hoặc vài chủ đề."),
    )
    frequency = forms.ChoiceField(
        label=_("Tần suất cập nhật"),
        choices=Dataset.Frequency.choices,
        help_text=_("Quyết định kỳ dữ liệu phải nộp: quý, tháng, năm hoặc ngày."),
    )
    access = forms.ChoiceField(
        label=_("Mức độ truy cập"),
        choices=Dataset.Access.choices,
        widget=forms.RadioSelect,
        initial=Dataset.Access.OPEN,
    )
    overlap = forms.ChoiceField(
        label=_("Bộ dữ liệu này có trong cơ sở dữ liệu của bộ, ngành không?"),
        choices=Dataset.Overlap.choices,
        widget=forms.RadioSelect,
    )
    temporal_start = _day_field(
        label=_("Dữ liệu từ ngày"), help_text=_("Để trống nếu chưa xác định.")
    )
    temporal_end = _day_field(
        label=_("Dữ liệu đến ngày"), help_text=_("Để trống nếu dữ liệu còn tiếp tục.")
    )

    class Meta:
        model = Dataset
        fields = [*DESCRIBING, "topics"]
        help_texts = {
            "title_vi": _("Ngắn gọn, nói rõ dữ liệu về cái gì; không ghi kỳ hay năm."),
            "title_en": _("Hiển thị ở trang tiếng Anh; để trống thì dùng tên tiếng Việt."),
            "description_vi": _(
                "Dữ liệu gồm những gì, mỗi dòng là một đối tượng nào, thu thập ra sao, dùng vào việc gì."
            ),
            "contact_post": _(
                "Phòng, ban hoặc chức danh phụ trách, ví dụ: Phòng Kế hoạch – Tài chính."
            ),
            "legal_ground": _("Văn bản giao cơ quan quản lý dữ liệu này: số, ký hiệu, ngày."),
            "source_database": _("Phần mềm hoặc cơ sở dữ liệu mà dữ liệu được trích ra."),
            "spatial": _("Ví dụ: Tỉnh Nghệ An; Phường Thành Vinh; các xã miền núi."),
            "overlap_note": _("Tên cơ sở dữ liệu và bộ, ngành quản lý."),
            "is_illustrative": _("Đánh dấu nếu dữ liệu chỉ để minh hoạ, không phải số liệu thật."),
        }
        widgets = {
            "description_vi": forms.Textarea(attrs={"rows": 5}),
            "description_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.DEMO:
            del self.fields["is_illustrative"]
        if self.instance.keywords:
            self.initial["keywords"] = ", ".join(self.instance.keywords)
        licence = self.fields["licence"]
        assert isinstance(licence, forms.ModelChoiceField)  # noqa: S101  made from a foreign key
        licence.queryset = _licences_in_force(self.instance)
        licence.empty_label = None

    def clean_keywords(self) -> list[str]:
        words = [normalise(word) for word in self.cleaned_data["keywords"].split(",")]
        words = list(dict.fromkeys(word for word in words if word))
        if any(len(word) > 60 for word in words):
            raise ValidationError(
                _("Mỗi từ khoá dài không quá 60 ký tự; tách chúng bằng dấu phẩy.")
            )
        return words

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("temporal_start"), given.get("temporal_end")
        if begin and end and end < begin:
            self.add_error("temporal_end", _("Ngày kết thúc phải sau ngày bắt đầu."))
        overlap = given.get("overlap")
        if overlap and overlap != Dataset.Overlap.NONE and not given.get("overlap_note"):
            self.add_error(
                "overlap_note", _("Hãy ghi tên cơ sở dữ liệu của bộ, ngành có liên quan.")
            )
        return given

    def facts(self) -> dict[str, Any]:
        """What the person said about the dataset, by field name."""
        return {name: self.cleaned_data[name] for name in DESCRIBING if name in self.cleaned_data}

    def chosen_topics(self) -> list[Topic]:
        return list(self.cleaned_data["topics"])

    def fieldsets(self) -> Iterator[tuple[Promise, Promise | str, list[BoundField]]]:
        """(legend, hint, fields) of those parts of the form that have a visible field."""
        for legend, hint, names in FIELDSETS:
            bound = [self[name] for name in names if name in self.fields]
            visible = [field for field in bound if not field.is_hidden]
            if visible:
                yield legend, hint, visible


class EditForm(DatasetForm):
    """Changing a description; the agency changes by succession only."""

    class Meta(DatasetForm.Meta):
        fields = [*(name for name in DESCRIBING if name != "agency"), "topics"]


class RegisterForm(DatasetForm):
    """Registering: for which agency, the declaration of Đ1.2, and no unnoticed duplicate (Đ4.4)."""

    not_secret = forms.BooleanField(
        label=_(
            "Dữ liệu này không thuộc phạm vi bí mật nhà nước (khoản 2 Điều 1 QĐ 22/2023/QĐ-UBND)"
        ),
        error_messages={
            "required": _("Dữ liệu thuộc bí mật nhà nước không được đưa lên cổng. Hãy xác nhận.")
        },
    )
    distinct = forms.BooleanField(
        label=_("Đây là bộ dữ liệu khác, không trùng với các bộ dữ liệu nêu trên"), required=False
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.similar: list[Dataset] = []
        self.own = agencies_with(by, Permission.REGISTER_DATASET)
        self._offer_agencies(self.fields["agency"])
        self.fields["spatial"].initial = gettext("Tỉnh Nghệ An")

    def _offer_agencies(self, field: forms.Field) -> None:
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  made from a foreign key
        field.queryset, field.empty_label = self.own, None
        agencies = list(self.own[:2])
        if len(agencies) == 1:
            self.only_agency: Agency | None = agencies[0]
            field.widget = forms.HiddenInput()
            field.initial = agencies[0].pk
            self._offer_contact(agencies[0])
        else:
            self.only_agency = None

    def _offer_contact(self, agency: Agency) -> None:
        for name in ("contact_post", "contact_email", "contact_phone"):
            self.fields[name].initial = getattr(agency, name)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if title := given.get("title_vi"):
            self.similar = similar_datasets(title, own=self.own)
        if self.similar and not given.get("distinct"):
            self.add_error(
                "distinct",
                _(
                    "Tên gần giống bộ dữ liệu đã có. Hãy xem danh sách và xác nhận nếu đây là bộ "
                    "dữ liệu khác."
                ),
            )
        return given

    def fieldsets(self) -> Iterator[tuple[Promise, Promise | str, list[BoundField]]]:
        """The question about duplicates stands beside the list of them, and only with one."""
        for legend, hint, fields in super().fieldsets():
            yield legend, hint, [field for field in fields if field.name != "distinct"]


class RenameForm(PlainSentences, forms.Form):
    slug = forms.CharField(
        label=_("Định danh mới"),
        max_length=80,
        help_text=_("Chữ thường không dấu, số và gạch nối, ví dụ: co-so-kham-chua-benh."),
    )

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].strip().strip("/")
        if slug != slugify(slug) or slug in RESERVED_SLUGS:
            raise ValidationError(
                _(
                    "Định danh chỉ gồm chữ thường không dấu, số và gạch nối, và không phải từ dành riêng."
                )
            )
        return slug


def _licences_in_force(dataset: Dataset) -> Any:
    today = clock.today()
    in_force = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    return Licence.objects.filter(in_force | Q(pk=dataset.licence_id))
