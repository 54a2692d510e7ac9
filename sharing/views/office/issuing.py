"""/dieu-hanh/yeu-cau/<id>/cap/: issuing the account; its secret is shown once, in the answer itself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from portal import clock
from sharing import policies
from sharing.actions import decisions
from sharing.forms.office import USUAL_TERM, IssueForm
from sharing.loaders import request_for
from sharing.models import ConnectionRequest
from sharing.selectors.case import case_of

BESIDE = {"valid_to": "valid_to", "networks": "networks"}


def issue(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The receipt follows at once, not after a redirect: nobody may open it a second time."""
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    found = request_for(person, request_id, Permission.ISSUE_ACCOUNT)
    form = IssueForm(sent(request), initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        act = lambda: decisions.issue(request=found, by=person, **facts)  # noqa: E731
        issued = carry_out(form, act, fields=BESIDE)
        if issued is not None:
            response = render(request, "sharing/account/issued.html", {"issued": issued})
            response.headers["Cache-Control"] = "private, no-store"
            return response
    return render(request, "sharing/office/issue.html", _context(found, person, form))


def _initial(found: ConnectionRequest) -> dict[str, Any]:
    """What the request asks for, within what the consent allows."""
    consent = found.consents.filter(given=True).first()
    usual = clock.today() + USUAL_TERM
    until = consent.valid_until if consent else None
    return {
        "networks": "\n".join(found.answers.get("addresses", [])),
        "valid_to": min(usual, until) if until else usual,
    }


def _context(found: ConnectionRequest, person: Person, form: IssueForm) -> dict[str, Any]:
    case = case_of(found, person, internal=True)
    blocked = refusal_of(lambda: policies.check_issuer(found, person))
    if not blocked and "issue" not in case.steps:
        blocked = _("Yêu cầu đang ở trạng thái “%(state)s”, chưa thể cấp tài khoản.") % {
            "state": found.get_state_display()
        }
    return {"case": case, "found": found, "form": form, "blocked": blocked}
