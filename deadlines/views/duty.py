"""/lam-viec/nghia-vu/…/: one duty of an agency, and what the agency says about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import NotFound, check_permission, permissions_for
from accounts.roles import Permission
from deadlines import explanation, law, policies
from deadlines.actions import duties, petitions
from deadlines.duty_words import full_name
from deadlines.forms.petition import DoneForm, ExtensionForm, NothingForm
from deadlines.kinds import kind_of
from deadlines.loaders import duty_for
from deadlines.models import Duty
from deadlines.selectors.history import history_of
from deadlines.selectors.petitions import petitions_of
from deadlines.states import PetitionState


def duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """What is to be done by when, how the day was counted, what was asked, what happened."""
    found = duty_for(request.user, duty_id, Permission.SEE_AGENCY_WORK)
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, found.agency)
    context = {
        "duty": found,
        "address": kind_of(found.kind).addresses([found]).get(found.pk, ""),
        "delivers": kind_of(found.kind).in_progress,
        "explanation": _explanation(found),
        "petitions": petitions_of(found),
        "history": history_of(found),
        **_may(found, person),
    }
    return render(request, "deadlines/work/duty.html", context)


def nothing(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Say that nothing arose in the period."""
    found = duty_for(request.user, duty_id, Permission.UPLOAD_RELEASE)
    person = check_permission(request.user, Permission.UPLOAD_RELEASE, found.agency)
    form = NothingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        asked = carry_out(
            form,
            lambda: petitions.declare_nothing(
                duty=found, reason=form.cleaned_data["reason"], by=person
            ),
            fields={"reason": "reason"},
        )
        if asked is not None:
            messages.success(request, _("Đã gửi lãnh đạo duyệt của cơ quan ký xác nhận."))
            return redirect("petition", asked.pk)
    context = {"form": form, "duty": found, "blocked": refusal_of(lambda: _check_nothing(found))}
    return render(request, "deadlines/work/duty_nothing.html", context)


def ask_extension(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Ask the data authority for more time."""
    found = duty_for(request.user, duty_id, Permission.UPLOAD_RELEASE)
    person = check_permission(request.user, Permission.UPLOAD_RELEASE, found.agency)
    form = ExtensionForm(sent(request))
    if request.method == "POST" and form.is_valid():
        asked = carry_out(
            form,
            lambda: petitions.ask_extension(duty=found, by=person, **form.cleaned_data),
            fields={"reason": "reason", "until": "until"},
        )
        if asked is not None:
            messages.success(request, _("Đã gửi đề nghị gia hạn đến cơ quan đầu mối."))
            return redirect("petition", asked.pk)
    context = {"form": form, "duty": found, "blocked": refusal_of(lambda: _check_open(found))}
    return render(request, "deadlines/work/duty_ask_extension.html", context)


def done(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Say what came of a deed outside the portal. There is no such page for data to deliver."""
    found = duty_for(request.user, duty_id, Permission.SEE_AGENCY_WORK)
    kind = kind_of(found.kind)
    if kind.done_by is None:
        raise NotFound
    person = check_permission(request.user, kind.done_by, found.agency)
    form = DoneForm(sent(request))
    if request.method == "POST" and form.is_valid() and _declared(found, form, person):
        messages.success(
            request, _("Đã ghi nhận hoàn thành: %(duty)s.") % {"duty": full_name(found)}
        )
        return redirect("duty", found.pk)
    context = {
        "form": form,
        "duty": found,
        "unchanged": kind.unchanged,
        "blocked": refusal_of(lambda: duties.check_step(found, duties.duty_step("fulfil"))),
    }
    return render(request, "deadlines/work/duty_done.html", context)


def _declared(found: Duty, form: DoneForm, person: Person) -> bool:
    note = form.cleaned_data["note"]
    if "unchanged" in form.data:
        with translation.override("vi"):  # a record is in the language of the law
            note = str(kind_of(found.kind).unchanged or "")
    document = form.cleaned_data["document"]
    act = lambda: duties.declare_done(duty=found, note=note, document=document, by=person)  # noqa: E731
    return carry_out(form, act) is not None


def _check_open(found: Duty) -> None:
    policies.check_live(found)
    policies.check_none_waits(found)


def _check_nothing(found: Duty) -> None:
    policies.check_nothing_possible(found)
    _check_open(found)


def _explanation(found: Duty) -> dict[str, Any]:
    """The count as it gives today: first the rule, then the days, then what is to be said of it."""
    calendar = law.calendar()
    counted = law.counted(found.rule, found.start, calendar)
    head, *rest = explanation.lines(found.rule.as_rule(), counted, calendar)
    days = [line.strip() for line in rest if line.startswith(" ")]
    return {
        "head": head,
        "days": days,
        "after": [line for line in rest if not line.startswith(" ")],
    }


def _may(found: Duty, person: Person) -> dict[str, bool]:
    """Which buttons the page has."""
    held, kind = permissions_for(person, found.agency), kind_of(found.kind)
    asks = (
        found.is_live
        and Permission.UPLOAD_RELEASE in held
        and not found.petitions.filter(state=PetitionState.WAITING).exists()
    )
    return {
        "may_ask": asks,
        "may_say_nothing": asks and kind.nothing_possible,
        "may_say_done": found.is_live and kind.done_by in held,
    }
