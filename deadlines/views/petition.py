"""/lam-viec/de-nghi/…/: what an agency asked about a duty, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission, permissions_for
from accounts.roles import Permission
from deadlines import policies
from deadlines.actions import petitions
from deadlines.forms.petition import DecisionForm
from deadlines.loaders import petition_for
from deadlines.models import Petition
from deadlines.states import DECIDERS, PetitionState

BESIDE = {"reason": "reason", "until": "until", "document": "document"}


def petition(request: HttpRequest, petition_id: int) -> HttpResponse:
    """The facts; for whoever decides accept and refuse, for the agency that asked taking back."""
    found = petition_for(request.user, petition_id, Permission.SEE_AGENCY_WORK)
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, found.duty.agency)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _decided(found, form, person):
        messages.success(request, _told(form.cleaned_data["decision"]))
        return redirect("petition", found.pk)
    return render(request, "deadlines/work/petition.html", _context(found, person, form))


def _form(request: HttpRequest, found: Petition) -> DecisionForm:
    return DecisionForm(
        sent(request),
        gives_time=found.kind == Petition.Kind.EXTENSION,
        initial={"until": found.wanted_until},
    )


def _decided(found: Petition, form: DecisionForm, person: Person) -> bool:
    """The action checks the right of whoever pressed the button."""
    facts = form.cleaned_data
    match facts["decision"]:
        case DecisionForm.ACCEPT:
            act = lambda: petitions.accept(  # noqa: E731
                petition=found, until=facts["until"], document=facts["document"], by=person
            )
        case DecisionForm.REFUSE:
            act = lambda: petitions.refuse(petition=found, reason=facts["reason"], by=person)  # noqa: E731
        case _:
            act = lambda: petitions.take_back(petition=found, by=person)  # noqa: E731
    return carry_out(form, act, fields=BESIDE) is not None


def _told(decision: str) -> str:
    if decision == DecisionForm.ACCEPT:
        return _("Đã chấp thuận; người đề nghị đã được báo.")
    if decision == DecisionForm.REFUSE:
        return _("Đã ghi nhận không chấp thuận; người đề nghị đã được báo.")
    return _("Đã rút lại đề nghị.")


def _context(found: Petition, person: Person, form: DecisionForm) -> dict[str, Any]:
    """`blocked` is why this person, who could decide, cannot now; empty when nothing is in the way."""
    held = permissions_for(person, found.duty.agency)
    waits = found.state == PetitionState.WAITING
    return {
        "petition": found,
        "duty": found.duty,
        "form": form,
        "decides": waits and DECIDERS[found.kind] in held,
        "blocked": refusal_of(lambda: policies.check_separate(found, person)),
        "takes_back": waits and Permission.UPLOAD_RELEASE in held,
    }
