"""/dataset/<slug>: one dataset, its newest data first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.actions import audit
from catalog.downloads import Download, downloads_of
from catalog.explorer.cells import TableColumn
from catalog.explorer.chosen_rows import ChosenRows, chosen_rows, whole_table
from catalog.explorer.look import Look, Shown, look_at
from catalog.explorer.tabs import MissingTab, Tab, TabLink, missing_tabs, tab_asked_for, tab_links
from catalog.models import Dataset, Release, Resource
from catalog.related import links_about
from catalog.selectors.freshness import newest_duty
from catalog.selectors.publication import supply_of, tables_of
from catalog.selectors.usage import use_of
from catalog.usage import Kind, counted
from catalog.views.public.loading import of_public_dataset, public_dataset
from catalog.views.public.looking import OF_ONE_PERIOD, period_choice, put_in_place
from catalog.views.public.structured_data import structured_data
from core import clock

RECENT_PERIODS = 12


@dataclass(frozen=True)
class Explorer:
    """A table of the dataset, looked at for one period in one of the tabs."""

    path: str
    look: Look
    tab: Tab
    tabs: list[TabLink]
    shown: Shown
    complaint: str

    @property
    def address(self) -> str:
        """Of what is shown, which may not be all that was asked for."""
        asked = self.look.parameters.urlencode()
        return f"{self.path}?{asked}" if asked else self.path

    @cached_property
    def offered(self) -> list[Download]:
        """Of the period or periods on the page. Asked for by drawn parts only."""
        return whole_table(self.look) if self.look.all_periods else downloads_of(self.release)

    @property
    def resource(self) -> Resource:
        return self.look.resource

    @property
    def release(self) -> Release:
        return self.look.release

    @property
    def columns(self) -> list[TableColumn]:
        return self.look.columns

    @property
    def missing_tabs(self) -> list[MissingTab]:
        return missing_tabs(self.look)

    @property
    def chosen_rows(self) -> list[ChosenRows]:
        return chosen_rows(self.look)

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """What stays in the address when another period is chosen: everything but the place in the table."""
        kept = self.look.parameters.lists()
        return [(name, one) for name, given in kept if name not in OF_ONE_PERIOD for one in given]

    @property
    def status(self) -> int:
        return 404 if self.complaint else self.shown.status

    @property
    def first_download(self) -> Download:
        return self.offered[0]

    @property
    def other_downloads(self) -> list[Download]:
        return self.offered[1:]


@dataclass(frozen=True)
class PublishedPeriod:
    """A line of the list of periods."""

    release: Release

    @property
    def offered(self) -> list[Download]:
        return downloads_of(self.release)


@require_safe
@of_public_dataset
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """The dataset, with its first table that has data."""
    revision = audit.revision()
    found = public_dataset(slug, revision)
    return _page(request, found, _first_with_data(tables_of(found)), revision)


@require_safe
@of_public_dataset
def resource(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """The same page, looking at one table."""
    revision = audit.revision()
    found = public_dataset(slug, revision)
    for table in tables_of(found):
        if table.pk == resource_id:
            return _page(request, found, table, revision)
    raise Http404(resource_id)


def without_slash(request: HttpRequest, slug: str) -> HttpResponse:
    """The spelling with a final slash, and the Vietnamese one, lead to the dataset's one address."""
    return HttpResponsePermanentRedirect(reverse("dataset", args=[slug]))


def _first_with_data(tables: list[Resource]) -> Resource | None:
    for table in tables:
        if table.latest_release_id:
            return table
    return tables[0] if tables else None


def _page(
    request: HttpRequest, found: Dataset, table: Resource | None, revision: int
) -> HttpResponse:
    choice = period_choice(found, table, request.GET.get("ky", ""), revision)
    put_in_place(request, choice)
    chosen = choice.release
    explorer = _explorer(request, chosen, choice.releases) if chosen else None
    periods = [PublishedPeriod(release) for release in choice.releases]
    context = {
        "dataset": found,
        "tables": tables_of(found),
        "resource": table,
        "explorer": explorer,
        "complaint": choice.complaint,
        "related": links_about(found) if found.access == Dataset.Access.SHARED else [],
        "recent_periods": periods[:RECENT_PERIODS],
        "older_periods": periods[RECENT_PERIODS:],
        "supply": partial(supply_of, found),
        # How the newest duty stands changes with the day, too.
        "duty": newest_duty(found.pk, revision),
        "today": clock.today().isoformat(),
        "usage": partial(use_of, table) if table else None,
        "structured_data": partial(_structured_data, found, explorer),
        # What the drawn parts are kept under: every change of what they show is recorded.
        "drawn": f"{revision} {found.pk} {_drawn(explorer)}",
    }
    status = choice.status if choice.complaint or not explorer else explorer.status
    page = TemplateResponse(request, "catalog/public/dataset.html", context, status=status)
    return counted(request, page, table.pk, Kind.VIEW) if table else page


def _structured_data(found: Dataset, explorer: Explorer | None) -> SafeString:
    return structured_data(found, downloads_of(explorer.release) if explorer else [])


def _drawn(explorer: Explorer | None) -> str:
    return f"{explorer.release.pk} {explorer.look.all_periods}" if explorer else ""


def _explorer(request: HttpRequest, release: Release, releases: Sequence[Release]) -> Explorer:
    look = look_at(release, releases, request.GET)
    tab, complaint = tab_asked_for(look)
    return Explorer(
        path=request.path,
        look=look,
        tab=tab,
        tabs=tab_links(look, tab),
        shown=tab.show(look),
        complaint=complaint,
    )
