"""Step 2 of 3: the check, live, then its report; also the page a notice opens."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRefresh

from accounts.permissions import NotFound, check_permission
from accounts.roles import Permission
from catalog import files
from catalog.delivered import same_file_before
from catalog.explorer.comparison import compare
from catalog.findings import Report, report_of
from catalog.loaders import release_for
from catalog.models import Release
from catalog.states import ReleaseState
from catalog.views.work.offers import release_offers
from catalog.views.work.rows import read_rows
from catalog.work_lists import previous_release

SPOTS_PER_PAGE = 25
# Until somebody has decided, it matters that the file is the one of another period.
UNDECIDED = (ReleaseState.NEEDS_FIXING, ReleaseState.READY, ReleaseState.SUBMITTED)


def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The progress while it is checked, the report afterwards; ?loi= pages through one rule."""
    found = release_for(request.user, release_id, Permission.SEE_AGENCY_WORK)
    if found.state == ReleaseState.CHECKING:
        return render(request, "catalog/work/release_checking.html", _shared(request, found))
    report = report_of(found)
    if rule := request.GET.get("loi"):
        return _finding(request, found, report, rule)
    previous = previous_release(found)
    context = {
        **_shared(request, found),
        "report": report,
        "previous": previous,
        "same": same_file_before(found) if found.state in UNDECIDED else None,
        "comparisons": [compare(found, previous)] if previous and found.folder else [],
        "read": read_rows(found, request.GET.get("page")),
    }
    return render(request, "catalog/work/release.html", context)


def status(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The progress alone, asked for every second; once the check is over the page reloads."""
    found = release_for(request.user, release_id, Permission.SEE_AGENCY_WORK)
    if not request.headers.get("HX-Request"):
        return redirect("release", found.pk)
    if found.state != ReleaseState.CHECKING:
        return HttpResponseClientRefresh()
    return render(request, "catalog/work/release_progress.html", {"release": found})


def original(request: HttpRequest, release_id: UUID) -> FileResponse:
    """The file as it was uploaded, streamed, under the name it came with."""
    found = release_for(request.user, release_id, Permission.SEE_AGENCY_WORK)
    return FileResponse(files.opened(found.file_key), as_attachment=True, filename=found.file_name)


def _shared(request: HttpRequest, found: Release) -> dict[str, Any]:
    dataset = found.resource.dataset
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, dataset.agency)
    return {"release": found, "dataset": dataset, "offers": release_offers(person, found)}


def _finding(request: HttpRequest, found: Release, report: Report, rule: str) -> HttpResponse:
    finding = report.finding(rule)
    if finding is None:
        raise NotFound
    page = Paginator(finding.spots, SPOTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {**_shared(request, found), "finding": finding, "page": page}
    return render(request, "catalog/work/release_finding.html", context)
