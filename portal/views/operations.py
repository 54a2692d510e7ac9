"""/dieu-hanh/van-hanh/: how the portal is, for those who run it; the one thing they decide is the clock."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.answers import refusal_of
from accounts.permissions import check_permission
from accounts.roles import Permission
from core import clock
from deadlines.actions import trust
from deadlines.models import Sweep
from portal.operations import situation


@require_GET
def operations(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.OPERATE)
    context = {"now": situation(), "moment": clock.now()}
    return render(request, "portal/operations.html", context)


@require_http_methods(["GET", "POST"])
def believe_clock(request: HttpRequest) -> HttpResponse:
    """Asks once more, with both moments side by side."""
    person = check_permission(request.user, Permission.OPERATE)
    row = Sweep.objects.first() or Sweep()
    error = ""
    if request.method == "POST":
        try:
            trust.believe_clock(by=person)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        else:
            messages.success(
                request, _("Đã xác nhận đồng hồ đúng; rà soát thời hạn tiếp tục ngay bây giờ.")
            )
            return redirect("operations")
    context = {
        "row": row,
        "moment": clock.now(),
        "error": error,
        "blocked": refusal_of(lambda: trust.check_believable(row)),
    }
    return render(request, "portal/operations_clock.html", context)
