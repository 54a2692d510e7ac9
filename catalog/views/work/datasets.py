"""The agency's datasets: the list, and one of them with its tables, releases and history."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Person
from accounts.permissions import agencies_with, check_anywhere
from accounts.roles import Permission
from catalog.forms.listing import DatasetFilterForm
from catalog.loaders import dataset_for
from catalog.models import Dataset, Release, Resource
from catalog.selectors.usage import downloads_of_datasets
from catalog.states import ReleaseState
from catalog.views.work.offers import DatasetOffers, dataset_offers
from catalog.work_history import history
from catalog.work_lists import (
    Newest,
    datasets_of,
    newest_releases,
    open_releases,
    releases_of,
)

PAGE_SIZE = 20


@dataclass(frozen=True)
class Row:
    """A dataset in the list, the release somebody has to act on, and the steps offered.

    `downloads` of the last twelve months.
    """

    dataset: Dataset
    open_release: Release | None
    offers: DatasetOffers
    downloads: int

    @property
    def needs_another_file(self) -> bool:
        """Whether what was delivered stopped at an error or at the approver."""
        stopped = (ReleaseState.NEEDS_FIXING, ReleaseState.RETURNED)
        return self.open_release is not None and self.open_release.state in stopped


@dataclass(frozen=True)
class Table:
    """A resource with its newest releases; `page` is set where they are paged through.

    Uploads that were given up stand apart, so that they do not push away what was delivered.
    """

    resource: Resource
    newest: Newest
    page: "Page[Release] | None" = None


def listing(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    agencies = agencies_with(person, Permission.SEE_AGENCY_WORK)
    form = DatasetFilterForm(request.GET, agencies=agencies)
    wishes = form.wishes()
    chosen = [wishes["co_quan"]] if wishes["co_quan"] else agencies
    found = datasets_of(chosen, state=wishes["trang_thai"] or "", text=wishes["q"] or "")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(person, page),
        "filtered": any(wishes.values()),
        "several_agencies": "co_quan" in form.fields,
        "registers": has_permission_anywhere(person, Permission.REGISTER_DATASET),
    }
    return render(request, "catalog/work/datasets.html", context)


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    dataset = dataset_for(request.user, slug, Permission.SEE_AGENCY_WORK)
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    context = {
        "dataset": dataset,
        "offers": dataset_offers(person, dataset),
        "tables": _tables(request, dataset),
        "one_table": request.GET.get("bang", ""),
        "history": history(dataset),
    }
    return render(request, "catalog/work/dataset.html", context)


def has_permission_anywhere(person: Person, permission: Permission) -> bool:
    """Whether any role of the person carries it."""
    return agencies_with(person, permission).exists()


def _rows(person: Person, page: "Page[Dataset]") -> list[Row]:
    waiting = open_releases(page)
    downloads = downloads_of_datasets([dataset.pk for dataset in page])
    return [
        Row(
            dataset,
            waiting.get(dataset.pk),
            dataset_offers(person, dataset),
            downloads.get(dataset.pk, 0),
        )
        for dataset in page
    ]


def _tables(request: HttpRequest, dataset: Dataset) -> list[Table]:
    """All tables with their newest releases; with ?bang=, that one with all of them, paged.

    With ?huy=1 beside it, the uploads given up for that table.
    """
    resources = list(dataset.resources.all())
    chosen = [one for one in resources if one.name == request.GET.get("bang")]
    if chosen:
        return [_paged(request, chosen[0])]
    newest = newest_releases(dataset)
    return [Table(resource, newest[resource.pk]) for resource in resources]


def _paged(request: HttpRequest, resource: Resource) -> Table:
    every = releases_of(resource)
    discarded = every.filter(state=ReleaseState.DISCARDED)
    shown = discarded if request.GET.get("huy") else every.exclude(pk__in=discarded.values("pk"))
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    count = 0 if request.GET.get("huy") else discarded.count()
    return Table(resource, Newest(list(page), page.paginator.count, [], count), page)
