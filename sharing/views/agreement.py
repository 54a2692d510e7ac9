"""/ket-noi/yeu-cau/<id>/thoa-thuan/: the agreement of a special request, for both sides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.permissions import NotFound, check_permission, has_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import agreements
from sharing.agreement_headings import HEADINGS
from sharing.forms.agreement import AgreementForm
from sharing.loaders import sent_request_for
from sharing.models import ConnectionRequest
from sharing.states import Side


@require_GET
def agreement(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The newest version; ?ban=1: an earlier one."""
    found = sent_request_for(request.user, request_id, Permission.SEE_AGENCY_WORK)
    versions = list(
        found.agreements.select_related("made_by", "requester_approved_by", "owner_approved_by")
    )
    asked = request.GET.get("ban", "")
    shown = next((one for one in versions if str(one.version) == asked), None)
    shown = shown or next(iter(versions), None)
    context = {
        "found": found,
        "versions": versions,
        "shown": shown,
        "lines": [(one, shown.headings.get(one.key, "")) for one in HEADINGS] if shown else [],
        "blocked": refusal_of(lambda: policies.check_may_agree(found)),
        "writes": has_permission(request.user, Permission.REQUEST_CONNECTION, found.requester),
        "approves": _side(request, found) is not None,
    }
    return render(request, "sharing/agreement/agreement.html", context)


def write(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found = sent_request_for(request.user, request_id, Permission.REQUEST_CONNECTION)
    person = check_permission(request.user, Permission.REQUEST_CONNECTION, found.requester)
    blocked = refusal_of(lambda: policies.check_may_agree(found))
    last = found.agreements.first()
    facts = {"valid_from": last.valid_from, "valid_to": last.valid_to} if last else {}
    initial = {**last.headings, **facts} if last else {}
    form = AgreementForm(None if blocked else sent(request), initial=initial)
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("valid_from", "valid_to")}
        act = lambda: agreements.write(  # noqa: E731
            request=found, headings=form.headings, by=person, **days
        )
        if carry_out(form, act, fields={"valid_to": "valid_to"}) is not None:
            messages.success(request, _("Đã lưu; lãnh đạo hai bên có thể duyệt."))
            return redirect("agreement", found.pk)
    context = {"found": found, "form": form, "blocked": blocked}
    return render(request, "sharing/agreement/write.html", context)


def approve(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found = sent_request_for(request.user, request_id, Permission.GIVE_CONSENT)
    side, last = _side(request, found), found.agreements.first()
    if side is None:
        raise NotFound
    if request.method == "POST" and last is not None:
        person = check_permission(
            request.user, Permission.GIVE_CONSENT, policies.side_agency(found, side)
        )
        act = lambda: agreements.approve(agreement=last, side=side, by=person)  # noqa: E731
        press(request, act, _("Đã duyệt văn bản thống nhất."))
    return redirect("agreement", found.pk)


def _side(request: HttpRequest, found: ConnectionRequest) -> Side | None:
    """For whom the visitor approves; for neither, None."""
    for side in (Side.REQUESTER, Side.OWNER):
        agency = policies.side_agency(found, side)
        if has_permission(request.user, Permission.GIVE_CONSENT, agency):
            return side
    return None
