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
from core import clock
from sharing import policies
from sharing.actions import decisions
from sharing.answers import asked_calls, asked_until, words_by_key
from sharing.forms.office import USUAL_TERM, IssueForm
from sharing.loaders import sent_request_for
from sharing.models import ConnectionRequest
from sharing.selectors.accounts import given_by
from sharing.states import RequestState

BESIDE = {"valid_to": "valid_to", "networks": "networks"}


def issue(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The receipt follows at once, not after a redirect: nobody may open it a second time."""
    found = sent_request_for(request.user, request_id, Permission.ISSUE_ACCOUNT)
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    blocked = _blocked(found, person)
    form = IssueForm(None if blocked else sent(request), initial=_initial(found))
    if form.is_valid():
        facts = form.cleaned_data
        act = lambda: decisions.issue(request=found, by=person, **facts)  # noqa: E731
        issued = carry_out(form, act, fields=BESIDE)
        if issued is not None:
            response = render(request, "sharing/account/issued.html", {"issued": issued})
            response.headers["Cache-Control"] = "private, no-store"
            return response
    consent = found.consents.filter(given=True).first()
    context = {
        "found": found,
        "form": form,
        "blocked": blocked,
        "consent": consent,
        "tables": given_by(consent.scope) if consent else [],
        "account": found.accounts.first() if blocked else None,
        "asked": words_by_key(found),
    }
    return render(request, "sharing/office/issue.html", context)


def _initial(found: ConnectionRequest) -> dict[str, Any]:
    """What the request asks for, within what the consent allows; usual figures where it asks for none."""
    consent = found.consents.filter(given=True).first()
    asked, today = asked_until(found), clock.today()
    wanted = asked if asked and asked >= today else today + USUAL_TERM
    until, calls = consent.valid_until if consent else None, asked_calls(found)
    return {
        "networks": "\n".join(found.answers.get("addresses", [])),
        "valid_to": min(wanted, until) if until else wanted,
        **({"daily_quota": calls} if calls else {}),
    }


def _blocked(found: ConnectionRequest, person: Person) -> str:
    """Why there is nothing to issue now; empty when there is."""
    blocked = refusal_of(lambda: policies.check_issuer(found, person))
    if blocked or "issue" in policies.open_steps(found, person):
        return blocked
    if found.state == RequestState.ISSUED:
        return _("Tài khoản của yêu cầu này đã được cấp; khoá bí mật không xem lại được.")
    return _("Yêu cầu đang ở trạng thái “%(state)s”, chưa thể cấp tài khoản.") % {
        "state": found.get_state_display()
    }
