"""/dieu-hanh/de-nghi/: petitions for more time, those that wait first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.selectors.extensions import extension_petitions
from deadlines.states import PetitionState

PAGE_SIZE = 30
# What the address calls the states.
STATES = {
    "cho": PetitionState.WAITING,
    "chap-thuan": PetitionState.ACCEPTED,
    "khong": PetitionState.REFUSED,
    "rut": PetitionState.TAKEN_BACK,
}


@require_GET
def petitions(request: HttpRequest) -> HttpResponse:
    """?trang_thai= one of STATES; all of them when none is given."""
    check_permission(request.user, Permission.SEE_PROGRESS)
    asked = request.GET.get("trang_thai", "")
    found = extension_petitions(STATES.get(asked, ""))
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "states": [(name, state.label) for name, state in STATES.items()],
        "chosen": asked if asked in STATES else "",
    }
    return render(request, "deadlines/office/petitions.html", context)
