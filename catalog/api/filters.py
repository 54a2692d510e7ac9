"""Query parameters of the dataset list, under CKAN's names."""

import django_filters
from django.db.models import QuerySet

from catalog.models import Dataset
from catalog.search_words import SearchText
from catalog.selectors.datasets import with_text


class DatasetFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="by_text", label="words in title, description, columns")
    organization = django_filters.CharFilter(field_name="agency__slug", label="agency's slug")
    groups = django_filters.CharFilter(field_name="topics__slug", label="topic's slug")
    frequency = django_filters.ChoiceFilter(choices=Dataset.Frequency.choices)
    access = django_filters.ChoiceFilter(choices=Dataset.Access.choices)
    modified_since = django_filters.IsoDateTimeFilter(field_name="modified_at", lookup_expr="gte")

    class Meta:
        model = Dataset
        fields: list[str] = []

    def by_text(self, datasets: QuerySet[Dataset], name: str, text: str) -> QuerySet[Dataset]:
        return with_text(datasets, SearchText.parse(text))
