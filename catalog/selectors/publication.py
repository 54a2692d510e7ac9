"""What the public may see of one dataset."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from catalog.models import Dataset, DatasetAddress, Release, Resource
from catalog.states import ReleaseState
from core.kept import kept
from deadlines.periods import Period


@kept(most=256)
def dataset_at(slug: str, revision: int) -> Dataset | None:
    """The dataset at that address in any state, with its tables.

    Kept by the process and shared: nobody may change it. `revision` as accounts.actions.audit
    counts it, so that one kept from before a change is never asked for again.
    """
    tables = Prefetch("resources", Resource.objects.select_related("source"))
    return Dataset.objects.prefetch_related(tables).filter(slug=slug).first()


@kept(most=1024)
def table_at(resource_id: UUID, revision: int) -> Resource | None:
    """The table of that id in a dataset of any state, with agency, licence and the dataset's tables.

    Kept and shared like the dataset.
    """
    tables = Resource.objects.select_related("dataset__agency", "dataset__licence")
    return tables.prefetch_related("dataset__resources").filter(pk=resource_id).first()


def supply_of(dataset: Dataset) -> str:
    """How the data come to the portal (Đ4.1b QĐ 22/2023); empty where only a description is here.

    `dataset` as `dataset_at` gives it.
    """
    ways = {_is_pulled(table) for table in dataset.resources.all()}
    if not ways:
        return ""
    if ways == {True}:
        return _("Tự động qua API của cơ quan")
    return _("Một phần qua API, một phần bằng tệp") if True in ways else _("Cơ quan nộp tệp")


def _is_pulled(table: Resource) -> bool:
    source = getattr(table, "source", None)
    return source is not None and source.publishes


def present_slug(slug: str) -> str | None:
    """Where a dataset that once had this address is now."""
    moved = DatasetAddress.objects.filter(slug=slug).select_related("dataset").first()
    return moved.dataset.slug if moved else None


@kept(most=256)
def releases_of(table: Resource, revision: int) -> list[Release]:
    """The published releases of the table, the newest first, each knowing the table.

    Kept and shared like the dataset; without what the check complained of, which is the agency's alone and
    may be long.
    """
    releases = list(published_releases(table))
    for release in releases:
        release.resource = table
        release.reading.pop("problems", None)
    return releases


def published_releases(resource: Resource) -> QuerySet[Release]:
    """The published release of every period, the newest first."""
    return resource.releases.filter(state=ReleaseState.PUBLISHED).order_by("-period_end", "-number")


def last_withdrawn(table: Resource, period: str = "") -> Release | None:
    """What was public of the period ("": of any, the newest) and was withdrawn; never a discarded draft."""
    withdrawn = table.releases.filter(state=ReleaseState.WITHDRAWN, published_at__isnull=False)
    if period:
        try:
            withdrawn = withdrawn.filter(period=Period.parse(period).code)
        except ValueError:
            return None
    return withdrawn.order_by("-period_end", "-number").first()


def tables_of(dataset: Dataset) -> list[Resource]:
    """The tables of the dataset, each knowing the dataset object at hand."""
    tables = list(dataset.resources.all())
    for table in tables:
        table.dataset = dataset
    return tables
