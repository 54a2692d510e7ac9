"""Keeping the text index of a dataset in step with what it says."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from catalog.models import Dataset
from catalog.search_words import folded_words
from core.vietnamese import normalise

CONFIG = "simple"  # folded words as they are: PostgreSQL has no Vietnamese dictionary


def index(dataset: Dataset) -> None:
    """Rewrite the search vector and the text shown for accented matches."""
    columns = [c for resource in dataset.resources.all() for c in resource.columns]
    titles = [dataset.title_vi, dataset.title_en, dataset.slug.replace("-", " ")]
    labels = [
        *dataset.keywords,
        *(text for c in columns for text in (c["label"], c["name"].replace("_", " "))),
    ]
    rest = [
        dataset.description_vi,
        dataset.description_en,
        dataset.agency.name_vi,
        dataset.agency.short_name,
    ]
    rest += [resource.title_vi for resource in dataset.resources.all()]
    Dataset.objects.filter(pk=dataset.pk).update(
        search_text=normalise(" ".join([*titles, *labels, *rest])).lower(),
        search=_vector(titles, "A") + _vector(labels, "B") + _vector(rest, "C"),
    )


def _vector(texts: list[str], weight: str) -> SearchVector:
    return SearchVector(
        Value(" ".join(folded_words(" ".join(texts)))), config=CONFIG, weight=weight
    )
