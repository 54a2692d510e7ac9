"""/dieu-hanh/tien-do/: how a round goes, agency by agency, for those who watch over it."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.loaders import agency_for
from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.distance import lend_calendar
from deadlines.loaders import round_for
from deadlines.models import Duty, Round
from deadlines.selectors.office import (
    AgencyRow,
    Desk,
    desk_of,
    duties_besides,
    duties_in_round,
    kinds_in_progress,
    live_progress,
    overdue_duties,
    reminders_of,
)
from deadlines.selectors.progress import latest_round, public_rounds

PAGE_SIZE = 50
ROUNDS_OFFERED = 24
# What the address calls the groups.
GROUPS = {"du": "complete", "thieu": "lacking", "chua": "not_begun", "qua-han": "overdue"}
OVERDUE_STEPS = (0, 5, 15)  # more than so many days


@require_GET
def office_progress(request: HttpRequest) -> HttpResponse:
    """?ky=2026Q3 (the newest quarter when none is given), ?nhom= one of GROUPS."""
    check_permission(request.user, Permission.SEE_PROGRESS)
    round_ = _chosen_round(request)
    if round_ is None:
        return render(request, "deadlines/office/progress_none.html")
    desk, group = desk_of(round_), request.GET.get("nhom", "")
    page = Paginator(_rows(desk, group), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "round": round_,
        "page": page,
        "group": group if group in GROUPS else "",
        "periods": public_rounds().values_list("period", flat=True)[:ROUNDS_OFFERED],
    }
    return render(request, "deadlines/office/progress.html", context)


@require_GET
def office_agency(request: HttpRequest, period: str, slug: str) -> HttpResponse:
    """Every duty of one agency in the round, and what it owes besides."""
    agency = agency_for(request.user, slug, Permission.SEE_PROGRESS)
    round_ = round_for(request.user, period, Permission.SEE_PROGRESS)
    duties = Paginator(duties_in_round(agency, round_), PAGE_SIZE)
    progress = live_progress(round_).agencies
    context = {
        "agency": agency,
        "round": round_,
        "standing": next((one for one in progress if one.agency == agency), None),
        "page": _lent(duties.get_page(request.GET.get("page"))),
        "besides": lend_calendar(duties_besides(agency)[:PAGE_SIZE]),
        "reminders": reminders_of(agency, round_),
    }
    return render(request, "deadlines/office/agency.html", context)


@require_GET
def office_overdue(request: HttpRequest) -> HttpResponse:
    """Everything that is late; ?tu=15: by more than fifteen days; ?co_quan=: of that agency."""
    check_permission(request.user, Permission.SEE_PROGRESS)
    slug = request.GET.get("co_quan", "")
    agency = agency_for(request.user, slug, Permission.SEE_PROGRESS) if slug else None
    asked = request.GET.get("tu", "")
    more_than = next((step for step in OVERDUE_STEPS if str(step) == asked), 0)
    page = Paginator(overdue_duties(more_than, agency), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": _lent(page),
        "agency": agency,
        "more_than": more_than,
        "steps": OVERDUE_STEPS,
        "followed": kinds_in_progress(),
    }
    return render(request, "deadlines/office/overdue.html", context)


def _lent(page: Page[Duty]) -> Page[Duty]:
    page.object_list = lend_calendar(page)
    return page


def _chosen_round(request: HttpRequest) -> Round | None:
    """None where no round has been opened yet. Raises NotFound for a period without one."""
    period = request.GET.get("ky", "")
    if not period:
        return latest_round()
    return round_for(request.user, period, Permission.SEE_PROGRESS)


def _rows(desk: Desk, group: str) -> list[AgencyRow]:
    """Of that group; all of them where the address names none."""
    return desk.groups[GROUPS[group]] if group in GROUPS else desk.rows
