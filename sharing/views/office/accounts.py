"""/dieu-hanh/ket-noi/: every connection account."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import check_permission
from accounts.roles import Permission
from sharing.selectors.accounts import all_accounts
from sharing.states import AccountState

ON_A_PAGE = 20


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.ISSUE_ACCOUNT)
    state = request.GET.get("tt", "")
    page = Paginator(all_accounts(state=state), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": AccountState.choices}
    return render(request, "sharing/office/accounts.html", context)
