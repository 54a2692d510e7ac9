"""/ket-noi/yeu-cau/<id>/kiem-tra/: everything once more, then sending; and the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, refusal_of, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import requests
from sharing.forms.request import NoteForm
from sharing.loaders import own_request_for, sent_request_for
from sharing.models import ConnectionRequest
from sharing.selectors.case import asked_for
from sharing.selectors.writing import parts_of
from sharing.states import RequestState
from sharing.views.writing_pages import AGENCY


def check(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What is sent anew after a supplement was asked for may be said in a note."""
    found = own_request_for(request.user, request_id)
    if blocked := refusal_of(lambda: policies.check_may_write(found)):
        messages.error(request, blocked)
        return redirect("connection_request", found.pk)
    supplements = found.state == RequestState.NEEDS_SUPPLEMENT
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        answer = _sent(request, found, form)
        if answer is not None:
            return answer
    parts = parts_of(found)
    context = {
        "found": found,
        "desk": AGENCY,
        "form": form,
        "parts": parts,
        "steps": len(parts) + 1,
        "missing": any(part.missing for part in parts),
        "supplements": supplements,
        "wanted": asked_for(found),
        "duplicates": requests.duplicates_of(found),
    }
    return render(request, "sharing/agency/check.html", context)


def _sent(request: HttpRequest, found: ConnectionRequest, form: NoteForm) -> HttpResponse | None:
    """None when the action refuses; its sentence is then in the form."""
    person = check_permission(request.user, Permission.REQUEST_CONNECTION, found.requester)
    if found.state == RequestState.NEEDS_SUPPLEMENT:
        note = form.cleaned_data["note"]
        act = lambda: requests.supplement(request=found, note=note, by=person)  # noqa: E731
        if carry_out(form, act) is None:
            return None
        messages.success(request, _("Đã gửi phần bổ sung."))
        return redirect("connection_request", found.pk)
    if carry_out(form, lambda: requests.submit(request=found, by=person)) is None:
        return None
    return redirect("request_receipt", found.pk)


@require_GET
def receipt(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found = sent_request_for(request.user, request_id, Permission.SEE_AGENCY_WORK)
    check_permission(request.user, Permission.SEE_AGENCY_WORK, found.requester)
    return render(request, "sharing/agency/receipt.html", {"found": found})
