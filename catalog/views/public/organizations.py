"""/organization/: the agencies, and what each one publishes."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Agency
from catalog.models import Dataset
from catalog.selectors.overview import agencies_with_counts
from core import clock
from deadlines.progress_words import record_words
from deadlines.selectors.progress import record_of

PER_PAGE = 20


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    every = list(agencies_with_counts())
    today = clock.today()
    current = [agency for agency in every if agency.exists_on(today)]
    former = [agency for agency in every if not agency.exists_on(today)]
    context = {"groups": _by_kind(current), "former": former, "current_count": len(current)}
    return render(request, "catalog/public/organizations.html", context)


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    agency = get_object_or_404(Agency.objects.select_related("successor"), slug=slug)
    published = Dataset.objects.public().filter(agency=agency).select_related("agency")
    page = Paginator(published.order_by("title_sort", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "agency": agency,
        "exists": agency.exists_on(clock.today()),
        "predecessors": agency.predecessors.all(),
        "page": page,
        "record": [(one, record_words(part.counts), part) for one, part in record_of(agency)],
        "open_count": published.filter(Q(access=Dataset.Access.OPEN)).count(),
    }
    return render(request, "catalog/public/organization.html", context)


def _by_kind(agencies: Iterable[Agency]) -> list[tuple[str, list[Agency]]]:
    """(kind in words, its agencies), in the order kinds are declared; empty kinds left out."""
    kinds: dict[str, list[Agency]] = {kind.value: [] for kind in Agency.Kind}
    for agency in agencies:
        kinds[agency.kind].append(agency)
    return [(str(Agency.Kind(kind).label), listed) for kind, listed in kinds.items() if listed]
