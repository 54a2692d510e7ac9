"""/ket-noi/: what an agency has asked for, and the accounts it uses."""

from typing import Any

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
    asked = Paginator(requests_of(agencies), ON_A_PAGE)
    used = Paginator(accounts_of(agencies), ON_A_PAGE)
    context: dict[str, Any] = {
        "counts": {"requests": asked.count, "accounts": used.count},
        "several": len(agencies) > 1,
        "asks": bool(agencies_of(person, Permission.REQUEST_CONNECTION)),
    }
    number = request.GET.get("page")
    if request.GET.get("muc") == ACCOUNTS:
        context |= {"which": ACCOUNTS, "page": used.get_page(number)}
    else:
        page = asked.get_page(number)
        context |= {"which": REQUESTS, "page": page, "lines": inbox.lines(page)}
    return render(request, "sharing/agency/connections.html", context)
