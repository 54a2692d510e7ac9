"""Finding public datasets."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from catalog.models import Dataset, Topic
from catalog.search_words import SearchText
from catalog.selectors.parameters import RELEVANCE, TITLE, SearchParameters

INDEX_CONFIG = "simple"  # as catalog.actions.search writes it
# Somebody who types accents means them: rows that hold the very text come first.
ACCENT_BOOST = 2.0


def found(parameters: SearchParameters) -> QuerySet[Dataset]:
    """The datasets asked for, in the order asked for."""
    return in_order(matching(parameters), parameters).select_related("agency")


def matching(parameters: SearchParameters) -> QuerySet[Dataset]:
    """The public datasets that fit the text and every narrowing, in no order."""
    datasets = with_text(Dataset.objects.public().order_by(), parameters.text)
    for name, values in parameters.chosen.items():
        datasets = datasets.filter(narrowing(name, values))
    return datasets


def with_text(datasets: QuerySet[Dataset], text: SearchText) -> QuerySet[Dataset]:
    """Those that hold every word, and every quoted phrase with its accents."""
    if not text:
        return datasets
    if not text.words:
        return datasets.none()
    for phrase in text.phrases:
        datasets = datasets.filter(search_text__contains=phrase.lower())
    return datasets.filter(search=_tsquery(text.all_words))


def narrowing(name: str, values: tuple[str, ...]) -> Q:
    """One facet: any of the values will do."""
    match name:
        case "organization":
            return Q(agency__slug__in=values)
        case "groups":
            return Q(
                pk__in=Topic.datasets.through.objects.filter(topic__slug__in=values).values(
                    "dataset"
                )
            )
        case "res_format":
            return Q(formats__overlap=[value.lower() for value in values])
        case "tags":
            return Q(keywords__overlap=list(values))
    return Q(**{f"{name}__in": values})


def in_order(datasets: QuerySet[Dataset], parameters: SearchParameters) -> QuerySet[Dataset]:
    if parameters.sort == TITLE:
        return datasets.order_by("title_sort", "pk")
    if parameters.sort == RELEVANCE and parameters.text.words:
        return datasets.annotate(score=_score(parameters.text)).order_by(
            "-score", "title_sort", "pk"
        )
    return datasets.order_by(F("data_updated_at").desc(nulls_last=True), "title_sort", "pk")


def _score(text: SearchText) -> Combinable:
    """Words by weight, once more when they stand together, more when the accents agree."""
    score: Combinable = SearchRank(F("search"), _tsquery(text.all_words))
    if len(text.words) > 1:
        score += SearchRank(F("search"), _tsquery(text.as_phrase))
    if text.is_accented:
        exact = When(
            search_text__contains=text.typed.replace('"', "").lower(), then=Value(ACCENT_BOOST)
        )
        score += Case(exact, default=Value(0.0), output_field=FloatField())
    return score


def _tsquery(expression: str) -> SearchQuery:
    return SearchQuery(expression, config=INDEX_CONFIG, search_type="raw")
