"""Gia hạn, miễn: the data authority's leader gives more time or lifts a duty, on a document."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.actions import duties
from deadlines.forms.office import ExtendForm, WaiveForm
from deadlines.loaders import duty_for
from deadlines.models import Duty
from deadlines.selectors.progress import latest_round, round_of
from deadlines.states import PetitionState, duty_step

# Refusals of the actions by the field they belong to.
FIELDS = {"until": "until", "reason": "reason", "document": "document"}


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, duty_id: int) -> HttpResponse:
    return _lift(request, duty_id, "extend", ExtendForm, _extended)


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, duty_id: int) -> HttpResponse:
    return _lift(request, duty_id, "waive", WaiveForm, _waived)


def _lift(
    request: HttpRequest,
    duty_id: int,
    step: str,
    form_class: type[Form],
    act: Callable[[Duty, Form, Person], str],
) -> HttpResponse:
    duty = duty_for(request.user, duty_id, Permission.DECIDE_DEADLINE)
    person = check_permission(request.user, Permission.DECIDE_DEADLINE, duty.agency)
    form = form_class(sent(request))
    if request.method == "POST" and form.is_valid():
        said = carry_out(form, lambda: act(duty, form, person), fields=FIELDS)
        if said is not None:
            messages.success(request, said)
            return redirect(_page_of(duty))
    context = {
        "form": form,
        "duty": duty,
        "step": step,
        "back": _page_of(duty),
        "waiting": duty.petitions.filter(state=PetitionState.WAITING).first(),
        "blocked": refusal_of(lambda: duties.check_step(duty, duty_step(step))),
    }
    return render(request, "deadlines/office/lift.html", context)


def _extended(duty: Duty, form: Form, by: Person) -> str:
    done = duties.extend(duty=duty, by=by, **form.cleaned_data)
    return _("Đã gia hạn “%(duty)s” đến hết ngày %(day)s.") % {
        "duty": done.title,
        "day": formats.date_format(done.due, "SHORT_DATE_FORMAT"),
    }


def _waived(duty: Duty, form: Form, by: Person) -> str:
    done = duties.waive(duty=duty, by=by, **form.cleaned_data)
    return _("Đã miễn “%(duty)s”.") % {"duty": done.title}


def _page_of(duty: Duty) -> str:
    """The agency's page in the round of the duty, or in the newest one for a duty of no round there."""
    round_ = (round_of(duty.period) if duty.period else None) or latest_round()
    if round_ is None:
        return reverse("office_progress")
    return reverse("office_agency", args=[round_.period, duty.agency.slug])
