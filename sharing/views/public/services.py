"""/dich-vu-chia-se/: what agencies share with agencies, and one such service (Đ9, Đ24 NĐ47)."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sharing.forms.service_search import ServiceSearchForm
from sharing.models import SharingService
from sharing.selectors.services import given_tables, known_service, offered_services
from sharing.selectors.stops import announced_stops
from sharing.selectors.uptime import uptime_of

ON_A_PAGE = 20


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    form = ServiceSearchForm(request.GET)
    page = Paginator(_found(form), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "sharing/public/services.html", context)


@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    found = known_service(code)
    if found is None:
        raise Http404(code)
    context = {
        "service": found,
        "tables": given_tables(found),
        "stops": announced_stops(found),
        "uptime": uptime_of(found),
        "is_offered": found.state == SharingService.State.OFFERED,
    }
    return render(request, "sharing/public/service.html", context)


def _found(form: ServiceSearchForm) -> QuerySet[SharingService]:
    """What fits; nothing when the filter cannot be understood."""
    if not form.is_valid():
        return SharingService.objects.none()
    asked = form.cleaned_data
    return offered_services(text=asked["q"], owner=asked["co_quan"], form=asked["hinh_thuc"])
