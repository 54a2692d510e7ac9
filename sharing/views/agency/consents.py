"""/lam-viec/y-kien/: requests for the agency's own data, and its answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out
from accounts.models import Person
from accounts.permissions import agencies_with, check_anywhere, check_permission
from accounts.roles import Permission
from deadlines.distance import lend_calendar
from sharing.actions import consents, decisions
from sharing.forms.consent import GiveForm, MissingForm, RefuseForm
from sharing.loaders import asked_request_for
from sharing.models import ConnectionRequest
from sharing.selectors.case import case_of
from sharing.selectors.connections import waiting_for_consent
from sharing.selectors.service_changes import waiting_changes
from sharing.states import BEFORE_CONSENT

ON_A_PAGE = 20
GIVE, REFUSE, SUPPLEMENT = "give", "refuse", "supplement"
BESIDE = {
    name: name
    for name in (
        "document_number",
        "document_date",
        "received_on",
        "valid_until",
        "reason",
        "legal_ground",
    )
}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.GIVE_CONSENT)
    page = Paginator(waiting_for_consent(person), ON_A_PAGE).get_page(request.GET.get("page"))
    lend_calendar(found.answer_duty for found in page if found.answer_duty)
    context = {
        "page": page,
        "changes": waiting_changes(person),
        "several": len(agencies_with(person, Permission.GIVE_CONSENT)) > 1,
    }
    return render(request, "sharing/agency/consents.html", context)


def consent(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Three forms; the button says which was filled in."""
    found = asked_request_for(request.user, request_id)
    person = check_permission(request.user, Permission.GIVE_CONSENT, found.service.owner)
    pressed = request.POST.get("decision", "") if request.method == "POST" else ""
    answers = _forms(found, pressed, request)
    form = answers.get(pressed)
    if form is not None and form.is_valid() and _decided(found, pressed, form, person):
        messages.success(request, _told(pressed))
        return redirect("connection_request", found.pk)
    context = {
        "found": found,
        "case": case_of(found, person, internal=False),
        "form": form,
        "answers": answers,
        "waits": found.state in BEFORE_CONSENT,
    }
    return render(request, "sharing/agency/consent.html", context)


def _forms(found: ConnectionRequest, pressed: str, request: HttpRequest) -> dict[str, Any]:
    tables = list(found.service.tables.select_related("resource"))
    data = {name: request.POST if name == pressed else None for name in (GIVE, REFUSE, SUPPLEMENT)}
    return {
        GIVE: GiveForm(data[GIVE], tables=tables),
        REFUSE: RefuseForm(data[REFUSE]),
        SUPPLEMENT: MissingForm(data[SUPPLEMENT]),
    }


def _decided(found: ConnectionRequest, pressed: str, form: forms.Form, person: Person) -> bool:
    act: Callable[[], object]
    if isinstance(form, GiveForm):
        facts = form.facts()
        act = lambda: consents.give(request=found, by=person, **facts)  # noqa: E731
    elif pressed == REFUSE:
        act = lambda: consents.refuse(request=found, by=person, **form.cleaned_data)  # noqa: E731
    else:
        reason = form.cleaned_data["reason"]
        act = lambda: decisions.ask_supplement(request=found, reason=reason, by=person)  # noqa: E731
    return carry_out(form, act, fields=BESIDE) is not None


def _told(pressed: str) -> str:
    return {
        GIVE: _("Đã ghi nhận chấp thuận; cơ quan yêu cầu và cơ quan đầu mối đã được báo."),
        REFUSE: _("Đã ghi nhận không chấp thuận; cơ quan yêu cầu và cơ quan đầu mối đã được báo."),
        SUPPLEMENT: _("Đã gửi đề nghị bổ sung cho cơ quan yêu cầu."),
    }[pressed]
