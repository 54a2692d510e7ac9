"""/ket-noi/tai-khoan/<code>/huong-dan/: how to call the gateway with that account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.permissions import has_permission
from accounts.roles import Permission
from catalog.explorer.api_parameters import LARGEST_PAGE, USUAL_PAGE_SIZE
from sharing.gateway.guide import guide_tables, refusals, token_address
from sharing.loaders import account_for
from sharing.models import SharingService


@require_GET
def guide(request: HttpRequest, code: str) -> HttpResponse:
    found = account_for(request.user, code, Permission.SEE_AGENCY_WORK)
    is_here = found.service.place == SharingService.Place.GATEWAY
    context = {
        "account": found,
        "is_here": is_here,
        "tables": guide_tables(found) if is_here else [],
        "token_address": token_address(),
        "services_address": settings.SITE_URL + reverse("gateway-services"),
        "refusals": refusals(),
        "usual_page": USUAL_PAGE_SIZE,
        "largest_page": LARGEST_PAGE,
        "uses": has_permission(request.user, Permission.REQUEST_CONNECTION, found.agency),
    }
    return render(request, "sharing/account/guide.html", context)
