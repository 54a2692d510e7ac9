"""/dieu-hanh/tam-dung/: planned stops of services, announced and called off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from sharing.actions import stops as actions
from sharing.forms.stops import AnyStopForm
from sharing.models import PlannedStop
from sharing.policies import earliest_stop
from sharing.selectors.stops import announced_stops, past_stops

ON_A_PAGE = 20
BESIDE = {
    "reason": "reason",
    "begins_on": "begins_on",
    "expected_back": "expected_back",
    "service": "service",
}


@require_GET
def stops(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.ISSUE_ACCOUNT)
    page = Paginator(past_stops(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"announced": announced_stops().select_related("announced_by"), "page": page}
    return render(request, "sharing/office/stops.html", context)


def announce(request: HttpRequest) -> HttpResponse:
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    form = AnyStopForm(sent(request))
    if form.is_valid():
        facts = form.cleaned_data
        if carry_out(form, lambda: actions.announce(by=person, **facts), fields=BESIDE):
            messages.success(request, _("Đã thông báo; các cơ quan sử dụng đã được báo."))
            return redirect("office_stops")
    context = {"form": form, "earliest": earliest_stop(), "back": reverse("office_stops")}
    return render(request, "sharing/office/stop.html", context)


def call_off(request: HttpRequest, stop_id: int) -> HttpResponse:
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    stops_ = PlannedStop.objects.select_related("service__owner")
    stop = get_object_or_404(stops_, pk=stop_id)
    if request.method == "POST":
        done = _("Đã huỷ đợt tạm dừng; các cơ quan sử dụng đã được báo.")
        press(request, lambda: actions.call_off(stop=stop, by=person), done)
        return redirect("office_stops")
    blocked = refusal_of(lambda: actions.check_may_call_off(stop))
    context = {"stop": stop, "blocked": blocked, "back": reverse("office_stops")}
    return render(request, "sharing/office/stop_call_off.html", context)
