"""/lanh-dao/: the province's leaders' one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.selectors.leading import URGENT_AFTER, overview


@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.SEE_PROGRESS)
    context = {"overview": overview(), "urgent_after": URGENT_AFTER}
    return render(request, "deadlines/office/leader.html", context)
