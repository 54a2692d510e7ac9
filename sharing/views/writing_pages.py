"""The pages on which a request is written, at whichever desk: the agency's own, the officers'."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, press, sent
from accounts.models import Person
from accounts.permissions import NotFound
from sharing.actions import documents, requests
from sharing.forms.answers import AnswersForm, DocumentAnswersForm, page_form
from sharing.models import ConnectionRequest, FormField
from sharing.selectors.writing import Place, fields_of, place_of
from sharing.views.document import take_in

BESIDE = {name: name for name in ("document_number", "document_date", "received_on", "ends_on")}
CHECK = "kiem-tra"
ADD, REMOVE = "add", "remove"  # buttons that stay on the page, with its other documents


@dataclass(frozen=True)
class Desk:
    """Names of its addresses, and the template of the way to them."""

    step: str
    check: str
    home: str
    crumbs: str


AGENCY = Desk(
    step="request_step",
    check="request_check",
    home="connections",
    crumbs="sharing/agency/connection_crumbs.html",
)
OFFICERS = Desk(
    step="key_in_step",
    check="key_in_check",
    home="key_in",
    crumbs="sharing/office/key_in_crumbs.html",
)


def step_page(
    request: HttpRequest, found: ConnectionRequest, step: str, person: Person, desk: Desk
) -> HttpResponse:
    """One page of a request that may be written now. Raises NotFound for one it does not have."""
    place = place_of(found, step)
    if place is None:
        raise NotFound
    form = page_form(found, step, fields_of(found, place.step), sent(request))
    if request.method == "POST":
        stays = place.step == FormField.Step.DOCUMENT and _tends_documents(request, found, person)
        if form.is_valid() and _save(found, form, person):
            here = request.get_full_path()
            return redirect(here) if stays else _after(request, found, place, desk)
    context = {
        "found": found,
        "place": place,
        "form": form,
        "desk": desk,
        "returns": request.GET.get("ve") == CHECK,
        "duplicates": requests.duplicates_of(found),
        **(_files(found, person) if place.step == FormField.Step.DOCUMENT else {}),
    }
    return render(request, "sharing/agency/step.html", context)


def _tends_documents(request: HttpRequest, found: ConnectionRequest, person: Person) -> bool:
    """Adds or removes what was asked for; whether one stays on the page for more.

    The file is looked at whatever becomes of the fields beside it: a browser keeps none chosen.
    """
    if REMOVE in request.POST:
        _remove(request, found, person)
        return True
    if ADD in request.POST or "file" in request.FILES:
        return not take_in(request, found, person) or ADD in request.POST
    return False


def _remove(request: HttpRequest, found: ConnectionRequest, person: Person) -> None:
    kept = {str(one.pk): one for one in found.documents.all()}
    document = kept.get(request.POST[REMOVE])
    if document is not None:  # a second press finds it gone
        done = _("Đã gỡ văn bản %(file)s.") % {"file": document.file_name}
        press(request, lambda: documents.remove(document=document, by=person), done)


def _files(found: ConnectionRequest, person: Person) -> dict[str, Any]:
    """The files of its documents, which of them may be removed, and as what some may be added now."""
    return {
        "documents": found.documents.all(),
        "removable": documents.removable(found, person),
        "document_roles": documents.open_roles(found, person),
    }


def _save(found: ConnectionRequest, form: AnswersForm, by: Person) -> bool:
    document: dict[str, Any] | None = (
        form.document() if isinstance(form, DocumentAnswersForm) else None
    )
    act = lambda: requests.save(  # noqa: E731
        request=found, answers=form.answers(), document=document, by=by
    )
    return carry_out(form, act, fields=BESIDE) is not None


def _after(
    request: HttpRequest, found: ConnectionRequest, place: Place, desk: Desk
) -> HttpResponse:
    """The next page, or back to the check one came from."""
    if request.GET.get("ve") == CHECK or place.after is None:
        return redirect(desk.check, found.pk)
    return redirect(desk.step, found.pk, place.after)
