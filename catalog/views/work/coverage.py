"""/lam-viec/do-phu/: which dataset of an agency has data of which period."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Person
from accounts.permissions import NotFound, agencies_with, check_anywhere, current_memberships
from accounts.roles import Permission
from catalog import coverage
from deadlines.periods import Kind, Period

DATASETS_ON_A_PAGE = 50
KIND_WORDS = {
    Kind.QUARTER: _("Theo quý"),
    Kind.MONTH: _("Theo tháng"),
    Kind.YEAR: _("Theo năm"),
}


def grid(request: HttpRequest) -> HttpResponse:
    """?co_quan=<slug>&loai=quarter|month|year&den=<last period shown>."""
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    agencies = agencies_with(person, Permission.SEE_AGENCY_WORK)
    agency = _agency(agencies, person, request.GET.get("co_quan", ""))
    kinds = coverage.kinds_of(agency)
    kind = _kind(kinds, request.GET.get("loai", ""))
    context = {
        "agency": agency,
        "agencies": agencies,
        "kinds": [(one, KIND_WORDS[one]) for one in kinds],
        "kind": kind,
    }
    if kind is not None:
        window = coverage.window(agency, kind, _period(request.GET.get("den", ""), kind))
        datasets = Paginator(coverage.datasets_in(agency, kind), DATASETS_ON_A_PAGE)
        page = datasets.get_page(request.GET.get("page"))
        context |= {"window": window, "page": page, "rows": coverage.rows(page, window.periods)}
    return render(request, "catalog/work/coverage.html", context)


def _agency(agencies: QuerySet[Agency], person: Person, slug: str) -> Agency:
    """The one asked for; without one, an agency the person works in. Raises NotFound."""
    if slug:
        found = agencies.filter(slug=slug).first()
    else:
        own = [membership.agency_id for membership in current_memberships(person)]
        found = agencies.filter(pk__in=own).first() or agencies.first()
    if found is None:
        raise NotFound
    return found


def _kind(kinds: list[Kind], wanted: str) -> Kind | None:
    return next((kind for kind in kinds if kind == wanted), kinds[0] if kinds else None)


def _period(code: str, kind: Kind) -> Period | None:
    """The period of that kind, None for anything else."""
    try:
        period = Period.parse(code)
    except ValueError:
        return None
    return period if period.kind is kind else None
