"""/ket-noi/: what an agency has asked for, and the accounts it uses."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import check_anywhere
from accounts.roles import Permission
from sharing.selectors import inbox
from sharing.selectors.accounts import accounts_of
from sharing.selectors.connections import agencies_of, requests_of

ON_A_PAGE = 20
REQUESTS, ACCOUNTS = "yeu-cau", "tai-khoan"


@require_GET
def connections(request: HttpRequest) -> HttpResponse:
    """Requests; ?muc=tai-khoan: accounts."""
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    agencies = agencies_of(person, Permission.SEE_AGENCY_WORK)
    lists = {REQUESTS: requests_of(agencies), ACCOUNTS: accounts_of(agencies)}
    which = ACCOUNTS if request.GET.get("muc") == ACCOUNTS else REQUESTS
    pages = {name: Paginator(found, ON_A_PAGE) for name, found in lists.items()}
    page = pages[which].get_page(request.GET.get("page"))
    context = {
        "which": which,
        "page": page,
        "lines": inbox.lines(page) if which == REQUESTS else [],
        "counts": {"requests": pages[REQUESTS].count, "accounts": pages[ACCOUNTS].count},
        "several": len(agencies) > 1,
        "asks": bool(agencies_of(person, Permission.REQUEST_CONNECTION)),
    }
    return render(request, "sharing/agency/connections.html", context)
