"""/ket-noi/dich-vu/: what an agency shares; describing it, offering it, closing it."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.models import Agency, Person
from accounts.permissions import agencies_with, check_anywhere, check_permission, has_permission
from accounts.roles import Permission
from sharing.actions import services
from sharing.forms.service import ClosingForm, ServiceForm
from sharing.loaders import service_for
from sharing.models import SharingService
from sharing.selectors.services import given_tables, services_of
from sharing.selectors.stops import announced_stops
from sharing.selectors.uptime import uptime_of
from sharing.views.agency.service_changes import propose

ON_A_PAGE = 20
CHANGES_SHOWN = 10
BESIDE = {"reason": "reason"}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    agencies = agencies_with(person, Permission.SEE_AGENCY_WORK)
    state = request.GET.get("tt", "")
    found = services_of(agencies, state=state)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": SharingService.State.choices,
        "several": len(agencies) > 1,
        "describes": agencies_with(person, Permission.DESCRIBE_SERVICE).exists(),
    }
    return render(request, "sharing/agency/services.html", context)


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    found = service_for(request.user, code, Permission.SEE_AGENCY_WORK)
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, found.owner)
    decides = has_permission(person, Permission.GIVE_CONSENT, found.owner)
    context = {
        "service": found,
        "tables": given_tables(found),
        "stops": announced_stops(found),
        "uptime": uptime_of(found),
        "edits": has_permission(person, Permission.DESCRIBE_SERVICE, found.owner),
        "decides": decides,
        "changes": found.changes.select_related("proposed_by", "decided_by")[:CHANGES_SHOWN],
        "not_offered_because": refusal_of(lambda: services.check_offer(found, person)),
    }
    return render(request, "sharing/agency/service.html", context)


def new(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.DESCRIBE_SERVICE)
    agencies = agencies_with(person, Permission.DESCRIBE_SERVICE)
    owner = _chosen(agencies, request.GET.get("co_quan", ""))
    if owner is None:
        return render(request, "sharing/agency/service_owner.html", {"agencies": agencies})
    form = ServiceForm(sent(request), owner=owner)
    if form.is_valid():
        made = carry_out(
            form,
            lambda: services.describe(
                owner=owner, facts=form.facts(), tables=form.tables(), by=person
            ),
        )
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp; lãnh đạo duyệt công bố dịch vụ."))
            return redirect("own_service", made.code)
    context = {"form": form, "owner": owner}
    return render(request, "sharing/agency/service_form.html", context)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """A draft is rewritten; for what is on offer or closed see service_changes.propose."""
    found, person = _found(request, code, Permission.DESCRIBE_SERVICE)
    if found.state != SharingService.State.DRAFT:
        return propose(request, found, person)
    # The form fills its own copy: what the page is headed by stays what is kept.
    shown = service_for(request.user, code, Permission.DESCRIBE_SERVICE)
    form = ServiceForm(sent(request), instance=shown, owner=found.owner)
    if form.is_valid():
        changed = carry_out(
            form,
            lambda: services.change(
                service=found, facts=form.facts(), tables=form.tables(), by=person
            ),
        )
        if changed is not None:
            messages.success(request, _("Đã lưu thay đổi."))
            return redirect("own_service", changed.code)
    context = {"form": form, "owner": found.owner, "service": found}
    return render(request, "sharing/agency/service_form.html", context)


def offer(request: HttpRequest, code: str) -> HttpResponse:
    found, person = _found(request, code, Permission.GIVE_CONSENT)
    if request.method == "POST":
        done = _("Đã công bố dịch vụ; các cơ quan có thể gửi yêu cầu kết nối.")
        press(request, lambda: services.offer(service=found, by=person), done)
    return redirect("own_service", code)


def close(request: HttpRequest, code: str) -> HttpResponse:
    found, person = _found(request, code, Permission.GIVE_CONSENT)
    blocked = refusal_of(lambda: services.check_closable(found))
    form = ClosingForm(None if blocked else sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: services.close(service=found, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã ngừng cung cấp; dịch vụ không nhận yêu cầu mới."))
            return redirect("own_service", code)
    context = {"form": form, "service": found, "blocked": blocked}
    return render(request, "sharing/agency/service_close.html", context)


def _found(
    request: HttpRequest, code: str, permission: Permission
) -> tuple[SharingService, Person]:
    found = service_for(request.user, code, permission)
    return found, check_permission(request.user, permission, found.owner)


def _chosen(agencies: Iterable[Agency], slug: str) -> Agency | None:
    """The one asked for, or the only one there is."""
    found = list(agencies)
    if len(found) == 1:
        return found[0]
    return next((one for one in found if one.slug == slug), None)
