"""Query parameters of the dataset list, under CKAN's names."""

from datetime import UTC, datetime

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.fields import IsoDateTimeField

from catalog.models import Dataset
from catalog.search_words import SearchText
from catalog.selectors.datasets import with_text


class MomentField(IsoDateTimeField):
    """A moment in UTC: PostgreSQL knows fewer time zones than ISO 8601 can write."""

    def clean(self, value: str) -> datetime | None:
        moment: datetime | None = super().clean(value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            raise ValidationError(_("Thời điểm này nằm ngoài lịch: hãy chọn năm khác.")) from None


class MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = MomentField


class DatasetFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="by_text", label="words in title, description, columns")
    organization = django_filters.CharFilter(field_name="agency__slug", label="agency's slug")
    groups = django_filters.CharFilter(field_name="topics__slug", label="topic's slug")
    frequency = django_filters.ChoiceFilter(choices=Dataset.Frequency.choices)
    access = django_filters.ChoiceFilter(choices=Dataset.Access.choices)
    modified_since = MomentFilter(field_name="modified_at", lookup_expr="gte")

    class Meta:
        model = Dataset
        fields: list[str] = []

    def by_text(self, datasets: QuerySet[Dataset], name: str, text: str) -> QuerySet[Dataset]:
        return with_text(datasets, SearchText.parse(text))
