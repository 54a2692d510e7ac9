"""/kiem-tra/: where those who inspect begin: the trail, and every agency with what may be read of it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.audit_lists import RECENT, agencies_named, recent_events
from accounts.forms.audit import AgencySearchForm, AuditFilterForm
from accounts.permissions import check_permission
from accounts.roles import Permission

AGENCIES_ON_A_PAGE = 50


@require_GET
def auditing(request: HttpRequest) -> HttpResponse:
    """?q= words of an agency's name."""
    check_permission(request.user, Permission.SEE_AUDIT)
    search = AgencySearchForm(request.GET)
    named = search.cleaned_data["q"] if search.is_valid() else ""
    page = Paginator(agencies_named(named), AGENCIES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": AuditFilterForm(),
        "search": search,
        "page": page,
        "rows": _rows(page),
        "days": RECENT.days,
    }
    return render(request, "accounts/auditing.html", context)


def _rows(page: Any) -> list[tuple[Any, int]]:
    """Each agency with how much was recorded of it lately; one query."""
    keys = [agency.key for agency in page]
    counted = recent_events(keys).values("agency_key").annotate(count=Count("pk"))
    counts = dict(counted.values_list("agency_key", "count"))
    return [(agency, counts.get(agency.key, 0)) for agency in page]
