"""/ket-noi/dich-vu/<code>/tam-dung/: the owner announces a planned stop of its own service (Đ43 NĐ47)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.permissions import NotFound, check_permission
from accounts.roles import Permission
from sharing.actions import stops
from sharing.forms.stops import StopForm
from sharing.loaders import service_for
from sharing.policies import earliest_stop
from sharing.selectors.stops import announced_stops

BESIDE = {name: name for name in ("reason", "begins_on", "expected_back")}


def announce(request: HttpRequest, code: str) -> HttpResponse:
    found = service_for(request.user, code, Permission.GIVE_CONSENT)
    person = check_permission(request.user, Permission.GIVE_CONSENT, found.owner)
    blocked = refusal_of(lambda: stops.check_stoppable(found))
    form = StopForm(None if blocked else sent(request))
    if form.is_valid():
        facts = form.cleaned_data
        act = lambda: stops.announce(service=found, by=person, **facts)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã thông báo; các cơ quan sử dụng đã được báo."))
            return redirect("own_service", code)
    context = {
        "service": found,
        "form": form,
        "blocked": blocked,
        "earliest": earliest_stop(),
        "back": reverse("own_service", args=[code]),
    }
    return render(request, "sharing/agency/stop.html", context)


def call_off(request: HttpRequest, code: str, stop_id: int) -> HttpResponse:
    """One that is announced and not over; those gone by are not found."""
    found = service_for(request.user, code, Permission.GIVE_CONSENT)
    person = check_permission(request.user, Permission.GIVE_CONSENT, found.owner)
    stop = announced_stops(found).filter(pk=stop_id).first()
    if stop is None:
        raise NotFound
    if request.method == "POST":
        done = _("Đã huỷ đợt tạm dừng; các cơ quan sử dụng đã được báo.")
        press(request, lambda: stops.call_off(stop=stop, by=person), done)
        return redirect("own_service", code)
    blocked = refusal_of(lambda: stops.check_may_call_off(stop))
    back = reverse("own_service", args=[code])
    context = {"service": found, "stop": stop, "blocked": blocked, "back": back}
    return render(request, "sharing/agency/stop_call_off.html", context)
