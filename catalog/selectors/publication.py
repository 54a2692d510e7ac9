"""What the public may see of one dataset."""

from django.db.models import QuerySet

from catalog.models import Dataset, DatasetAddress, Release, Resource
from catalog.states import ReleaseState


def dataset_at(slug: str) -> Dataset | None:
    """The dataset at that address in any state, with agency, terms, topics and tables."""
    datasets = Dataset.objects.select_related("agency", "licence")
    return datasets.prefetch_related("topics", "resources").filter(slug=slug).first()


def present_slug(slug: str) -> str | None:
    """Where a dataset that once had this address is now."""
    moved = DatasetAddress.objects.filter(slug=slug).select_related("dataset").first()
    return moved.dataset.slug if moved else None


def published_releases(resource: Resource) -> QuerySet[Release]:
    """The published release of every period, the newest first."""
    return resource.releases.filter(state=ReleaseState.PUBLISHED).order_by("-period_end", "-number")


def tables_of(dataset: Dataset) -> list[Resource]:
    """The tables of the dataset, each knowing the dataset object at hand."""
    tables = list(dataset.resources.all())
    for table in tables:
        table.dataset = dataset
    return tables
