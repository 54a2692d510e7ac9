"""/ket-noi/moi/ and /ket-noi/yeu-cau/<id>/soan/…/: writing a request, one page after the other."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Agency
from accounts.permissions import agencies_with, check_anywhere, check_permission
from accounts.roles import Permission
from catalog.upload import takes_file
from sharing import policies
from sharing.actions import documents, requests
from sharing.forms.request import BeginForm
from sharing.loaders import known_service, own_request_for
from sharing.models import SharingService
from sharing.selectors.connections import open_requests, services_to_ask_for
from sharing.selectors.writing import first_unfinished
from sharing.views.writing_pages import AGENCY, step_page

ON_A_PAGE, MOST_SHOWN = 20, 5


def begin(request: HttpRequest) -> HttpResponse:
    """?dich_vu=<code>&co_quan=<slug>; without a service the list of those on offer."""
    person = check_anywhere(request.user, Permission.REQUEST_CONNECTION)
    agencies = agencies_with(person, Permission.REQUEST_CONNECTION)
    if not request.GET.get("dich_vu"):
        return _choice(request, agencies)
    service = known_service(request.GET["dich_vu"])
    asked = {"co_quan": request.GET.get("co_quan", "")}
    form = BeginForm(sent(request), agencies=agencies, initial=asked)
    if form.is_valid():
        agency = form.cleaned_data["co_quan"]
        act = lambda: requests.begin(service=service, requester=agency, by=person)  # noqa: E731
        begun = carry_out(form, act)
        if begun is not None:
            step = first_unfinished(begun)
            if step is None:
                return redirect("request_check", begun.pk)
            return redirect("request_step", begun.pk, step)
    context = {
        "form": form,
        "service": service,
        "agency": agencies[0] if len(agencies) == 1 else None,
        "already": open_requests(agencies, service)[:MOST_SHOWN],
        "blocked": _refusal(service, list(agencies)),
    }
    return render(request, "sharing/agency/begin.html", context)


def _choice(request: HttpRequest, agencies: QuerySet[Agency]) -> HttpResponse:
    page = Paginator(services_to_ask_for(agencies), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/agency/choose_service.html", {"page": page})


@takes_file(lambda: documents.MOST_BYTES)
def step(request: HttpRequest, request_id: UUID, step: str) -> HttpResponse:
    found = own_request_for(request.user, request_id)
    person = check_permission(request.user, Permission.REQUEST_CONNECTION, found.requester)
    if blocked := refusal_of(lambda: policies.check_may_write(found)):
        messages.error(request, blocked)
        return redirect("connection_request", found.pk)
    return step_page(request, found, step, person, AGENCY)


def _refusal(service: SharingService, agencies: list[Agency]) -> str:
    """Why none of the agencies may ask; empty when one may."""
    said = ""
    for agency in agencies:
        try:
            policies.check_may_be_asked(service, agency)
        except ValidationError as refusal:
            said = " ".join(refusal.messages)
        else:
            return ""
    return said or _("Cơ quan của bạn không gửi yêu cầu kết nối được.")
