"""/lam-viec/y-kien/: the owner answers requests for its data."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, refusal_of
from accounts.models import Person
from accounts.permissions import agencies_with, check_anywhere, check_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import consents, decisions
from sharing.forms.consent import ConsentForm, OwnerRefusalForm, OwnerSupplementForm
from sharing.loaders import sent_request_for
from sharing.models import ConnectionRequest
from sharing.selectors.case import case_of
from sharing.selectors.cases import waiting_for

ON_A_PAGE = 20
GIVE, REFUSE, SUPPLEMENT = "chap-thuan", "khong-chap-thuan", "bo-sung"
BESIDE = {
    name: name
    for name in ("reason", "legal_ground", "document_number", "document_date", "valid_until")
}


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.GIVE_CONSENT)
    found = waiting_for(agencies_with(person, Permission.GIVE_CONSENT))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/agency/consents.html", {"page": page})


def consent(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The request, and three forms: the button says which of them was sent."""
    found = sent_request_for(request.user, request_id, Permission.GIVE_CONSENT)
    person = check_permission(request.user, Permission.GIVE_CONSENT, found.service.owner)
    forms = _forms(request, found)
    answered = forms.get(request.POST.get("answer", ""))
    if _answered(request, found, answered, person):
        messages.success(request, _("Đã ghi ý kiến; các bên đã được báo."))
        return redirect("connection_request", found.pk)
    context = {
        "case": case_of(found, person, internal=False),
        "forms": forms,
        "form": answered,
        "giving": forms[GIVE],
        "refusing": forms[REFUSE],
        "asking": forms[SUPPLEMENT],
        "blocked": refusal_of(lambda: policies.check_transition(found, "consent")),
    }
    return render(request, "sharing/agency/consent.html", context)


def _answered(request: HttpRequest, found: ConnectionRequest, form: Any, by: Person) -> bool:
    if request.method != "POST" or form is None or not form.is_valid():
        return False
    return carry_out(form, lambda: _act(found, form, by), fields=BESIDE) is not None


def _forms(request: HttpRequest, found: ConnectionRequest) -> dict[str, Any]:
    """The form that was sent is filled with what was sent, the others are empty."""
    chosen = request.POST.get("answer", "") if request.method == "POST" else ""
    data = {name: request.POST if chosen == name else None for name in (GIVE, REFUSE, SUPPLEMENT)}
    return {
        GIVE: ConsentForm(data[GIVE], request=found, prefix="g"),
        REFUSE: OwnerRefusalForm(data[REFUSE], prefix="r"),
        SUPPLEMENT: OwnerSupplementForm(data[SUPPLEMENT], prefix="s"),
    }


def _act(found: ConnectionRequest, form: Any, person: Person) -> object:
    facts = form.cleaned_data
    if isinstance(form, OwnerSupplementForm):
        return decisions.ask_supplement(request=found, reason=facts["reason"], by=person)
    if isinstance(form, OwnerRefusalForm):
        return consents.refuse(request=found, by=person, **facts)
    return consents.give(
        request=found,
        document_number=facts["document_number"],
        document_date=facts["document_date"],
        valid_until=facts["valid_until"],
        scope=form.scope(),
        by=person,
    )
