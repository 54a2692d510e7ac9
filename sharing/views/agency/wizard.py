"""Writing a request: one thing a page, kept as one goes, checked as a whole, sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Agency, Person
from accounts.permissions import NotFound, agencies_with, check_anywhere
from accounts.roles import Permission
from sharing.actions import requests
from sharing.actions.documents import open_roles
from sharing.answers import Answer, answers_of
from sharing.forms.request import DocumentStepForm, StepForm
from sharing.loaders import request_for
from sharing.models import ConnectionRequest, FormField, SharingService

STEPS = list(FormField.Step)
CHECK = "kiem-tra"
BESIDE = {"document_number": "document_number", "document_date": "document_date"}


@dataclass(frozen=True)
class Part:
    """One page of the request with what it says, for the page that checks all."""

    step: FormField.Step
    answers: list[Answer]


def begin(request: HttpRequest) -> HttpResponse:
    """Which service, and for which of one's agencies; goes on with a draft already begun."""
    person = check_anywhere(request.user, Permission.REQUEST_CONNECTION)
    service = SharingService.objects.offered().filter(code=request.GET.get("dich_vu", "")).first()
    if service is None:
        offered = SharingService.objects.offered().select_related("owner").order_by("title_vi")
        return render(request, "sharing/agency/choose.html", {"services": offered})
    agencies = list(agencies_with(person, Permission.REQUEST_CONNECTION))
    if request.method == "POST":
        return _begun(request, service, agencies, person)
    context = {"service": service, "agencies": agencies}
    return render(request, "sharing/agency/begin.html", context)


def step(request: HttpRequest, request_id: UUID, step: str) -> HttpResponse:
    """One page; “Tiếp tục” keeps it and leads on, or back to the check one came from."""
    if step not in FormField.Step.values:
        raise Http404(step)
    found, person = _found(request, request_id)
    form = _form(request, found, step)
    if form.is_valid() and carry_out(form, lambda: _save(found, form, person), fields=BESIDE):
        return redirect(_next(request, found, step))
    context = {
        "found": found,
        "form": form,
        "step": FormField.Step(step),
        "number": STEPS.index(FormField.Step(step)) + 1,
        "total": len(STEPS) + 1,
        "before": _before(found, step),
        "duplicates": requests.duplicates_of(found),
        "documents": found.documents.all(),
        "roles": open_roles(found, person),
    }
    return render(request, "sharing/agency/form_step.html", context)


def check(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything said so far, and what is missing; the button sends it."""
    found, person = _found(request, request_id)
    if request.method == "POST":
        try:
            requests.submit(request=found, by=person)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("request_check", found.pk)
        return redirect("request_receipt", found.pk)
    answers = list(answers_of(found))
    context = {
        "found": found,
        "parts": [
            Part(one, [answer for answer in answers if answer.field.step == one]) for one in STEPS
        ],
        "missing": refusal_of(lambda: requests.check_complete(found)),
        "duplicates": requests.duplicates_of(found),
    }
    return render(request, "sharing/agency/check.html", context)


@require_GET
def receipt(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found = request_for(request.user, request_id, Permission.REQUEST_CONNECTION)
    if not found.number:
        raise NotFound
    return render(request, "sharing/agency/receipt.html", {"found": found})


def _begun(
    request: HttpRequest, service: SharingService, agencies: list[Agency], person: Person
) -> HttpResponse:
    chosen = request.POST.get("co_quan", "")
    agency = next((one for one in agencies if one.slug == chosen or len(agencies) == 1), None)
    if agency is None:
        messages.error(request, _("Hãy chọn cơ quan yêu cầu."))
        return redirect(f"{reverse('request_begin')}?dich_vu={service.code}")
    try:
        made = requests.begin(service=service, requester=agency, by=person)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("sharing_service", service.code)
    return redirect("request_step", made.pk, STEPS[0])


def _form(request: HttpRequest, found: ConnectionRequest, step: str) -> Any:
    if step == FormField.Step.DOCUMENT:
        initial = {
            "document_number": found.document_number,
            "document_date": found.document_date,
        }
        return DocumentStepForm(sent(request), initial=initial)
    return StepForm(sent(request), request=found, step=step)


def _save(found: ConnectionRequest, form: Any, person: Person) -> ConnectionRequest:
    if isinstance(form, StepForm):
        return requests.save(request=found, answers=form.answers(), by=person)
    return requests.save(request=found, answers={}, document=form.cleaned_data, by=person)


def _next(request: HttpRequest, found: ConnectionRequest, step: str) -> str:
    at = STEPS.index(FormField.Step(step)) + 1
    if request.GET.get("ve") == CHECK or at == len(STEPS):
        return reverse("request_check", args=[found.pk])
    return reverse("request_step", args=[found.pk, STEPS[at]])


def _before(found: ConnectionRequest, step: str) -> str:
    at = STEPS.index(FormField.Step(step))
    return reverse("request_step", args=[found.pk, STEPS[at - 1]]) if at else ""


def _found(request: HttpRequest, request_id: UUID) -> tuple[ConnectionRequest, Person]:
    found = request_for(request.user, request_id, Permission.REQUEST_CONNECTION)
    return found, check_anywhere(request.user, Permission.REQUEST_CONNECTION)
