"""Figures and lists of the front page and of the lists of topics and agencies."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from accounts.models import Agency
from catalog.models import Dataset, Topic

# Said here because Django leaves Meta.ordering out once rows are counted.
TOPIC_ORDER = ("position", "slug")
_PUBLIC = Q(datasets__state=Dataset.State.PUBLISHED)


@dataclass(frozen=True)
class CatalogueCounts:
    """Public datasets, those whose data are open, and the agencies they come from."""

    datasets: int
    open_datasets: int
    agencies: int


def catalogue_counts() -> CatalogueCounts:
    facts = Dataset.objects.public().aggregate(
        datasets=Count("pk"),
        open_datasets=Count("pk", filter=Q(access=Dataset.Access.OPEN)),
        agencies=Count("agency", distinct=True),
    )
    return CatalogueCounts(**facts)


def topics_with_data() -> QuerySet[Topic]:
    """Topics that have a public dataset, in their order, with `public_count`."""
    counted = Topic.objects.annotate(public_count=Count("datasets", filter=_PUBLIC))
    return counted.filter(public_count__gt=0).order_by(*TOPIC_ORDER)


def all_topics() -> QuerySet[Topic]:
    """Every topic in its order, with `public_count`."""
    counted = Topic.objects.annotate(public_count=Count("datasets", filter=_PUBLIC))
    return counted.order_by(*TOPIC_ORDER)


def agencies_with_counts() -> QuerySet[Agency]:
    """Every agency by name, with its successor and `public_count`."""
    counted = Agency.objects.annotate(public_count=Count("datasets", filter=_PUBLIC))
    return counted.select_related("successor").order_by("name_sort", "pk")


def newly_updated(count: int) -> QuerySet[Dataset]:
    """The datasets whose data changed last."""
    newest = Dataset.objects.public().order_by(
        F("data_updated_at").desc(nulls_last=True), "title_sort"
    )
    return newest.select_related("agency")[:count]
