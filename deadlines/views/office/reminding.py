"""Nhắc: an officer writes to one agency, or to all that lack data; each page says who will hear of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.answers import carry_out, sent
from accounts.loaders import agency_for
from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.actions import reminding
from deadlines.forms.office import RemindForm
from deadlines.loaders import round_for
from deadlines.selectors.office import desk_of


@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, period: str, slug: str) -> HttpResponse:
    agency = agency_for(request.user, slug, Permission.REMIND)
    round_ = round_for(request.user, period, Permission.REMIND)
    person = check_permission(request.user, Permission.REMIND, agency)
    form = RemindForm(sent(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = carry_out(
            form, lambda: reminding.remind(round=round_, agency=agency, note=note, by=person)
        )
        if done is not None:
            messages.success(request, _("Đã nhắc %(agency)s.") % {"agency": agency.name})
            return redirect("office_agency", round_.period, agency.slug)
    row = next((row for row in desk_of(round_).rows if row.agency == agency), None)
    context = {"form": form, "agency": agency, "round": round_, "row": row}
    return render(request, "deadlines/office/remind.html", context)


@require_http_methods(["GET", "POST"])
def remind_all(request: HttpRequest, period: str) -> HttpResponse:
    round_ = round_for(request.user, period, Permission.REMIND)
    person = check_permission(request.user, Permission.REMIND)
    form = RemindForm(sent(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = carry_out(form, lambda: reminding.remind_all(round=round_, note=note, by=person))
        if done is not None:
            _say(request, done)
            return redirect(f"{reverse('office_progress')}?ky={round_.period}")
    context = {"form": form, "round": round_, "desk": desk_of(round_)}
    return render(request, "deadlines/office/remind_all.html", context)


def _say(request: HttpRequest, done: reminding.Reminded) -> None:
    said = ngettext("Đã nhắc %(n)s cơ quan.", "Đã nhắc %(n)s cơ quan.", done.now) % {"n": done.now}
    if done.earlier:
        said += " " + ngettext(
            "%(n)s cơ quan đã được nhắc hôm nay nên không nhắc lại.",
            "%(n)s cơ quan đã được nhắc hôm nay nên không nhắc lại.",
            done.earlier,
        ) % {"n": done.earlier}
    messages.success(request, said)
    if done.unstaffed:
        names = ", ".join(agency.name for agency in done.unstaffed)
        messages.warning(
            request,
            _("Chưa có ai trên Kho dữ liệu để nhận lời nhắc ở: %(names)s. Hãy liên hệ trực tiếp.")
            % {"names": names},
        )
