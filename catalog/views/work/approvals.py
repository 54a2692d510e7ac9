"""What waits for the approver."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import agencies_with, check_anywhere
from accounts.roles import Permission
from catalog.delivered import duties_of
from catalog.work_lists import waiting_descriptions, waiting_releases
from deadlines.distance import lend_calendar
from deadlines.models import Petition
from deadlines.selectors.petitions import waiting

PAGE_SIZE = 20
MOST_PETITIONS = 50


def approvals(request: HttpRequest) -> HttpResponse:
    """Submitted releases, the longest waiting first; what is to be signed; descriptions to publish."""
    person = check_anywhere(request.user, Permission.DECIDE_RELEASE)
    agencies = list(agencies_with(person, Permission.DECIDE_RELEASE))
    page = Paginator(waiting_releases(agencies), PAGE_SIZE).get_page(request.GET.get("page"))
    petitions = list(waiting(agencies, Petition.Kind.NOTHING)[:MOST_PETITIONS])
    lend_calendar(petition.duty for petition in petitions)
    duties = duties_of(list(page))
    context = {
        "page": page,
        "rows": [(release, duties.get(release.pk)) for release in page],
        "petitions": petitions,
        "most_petitions": MOST_PETITIONS,
        "descriptions": waiting_descriptions(agencies),
        "several_agencies": len(agencies) > 1,
    }
    return render(request, "catalog/work/approvals.html", context)
