"""/ket-noi/tai-khoan/<code>/: one connection account, for both sides and the data authority."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.models import Person
from accounts.permissions import NotFound, check_permission, has_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import accounts
from sharing.forms.office import EndForm, SuspensionForm
from sharing.loaders import account_for
from sharing.models import ConnectionAccount
from sharing.selectors.accounts import given_by
from sharing.selectors.usage import last_days

BESIDE = {"reason": "note"}


@require_GET
def account(request: HttpRequest, code: str) -> HttpResponse:
    found = account_for(request.user, code, Permission.SEE_AGENCY_WORK)
    context = {
        "account": found,
        "tables": given_by(found.scope),
        "credentials": found.credentials.select_related("application", "made_by"),
        "use": last_days(found),
        "uses": has_permission(request.user, Permission.REQUEST_CONNECTION, found.agency),
        "manages": has_permission(request.user, Permission.ISSUE_ACCOUNT),
    }
    return render(request, "sharing/account/account.html", context)


def rotate(request: HttpRequest, code: str) -> HttpResponse:
    """The new secret stands in the answer itself and nowhere else."""
    found, person = _of_ones_agency(request, code)
    if request.method != "POST":
        return redirect("connection_account", code)
    try:
        client_id, secret = accounts.rotate(account=found, by=person)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("connection_account", code)
    context = {"account": found, "client_id": client_id, "secret": secret}
    response = render(request, "sharing/account/rotated.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def revoke(request: HttpRequest, code: str, credential_id: int) -> HttpResponse:
    found, person = _of_ones_agency(request, code)
    credential = found.credentials.filter(pk=credential_id).first()
    if credential is None:
        raise NotFound
    if request.method == "POST":
        done = _("Đã thu hồi khoá bắt đầu bằng %(hint)s.") % {"hint": credential.hint}
        act = lambda: accounts.revoke_credential(credential=credential, by=person)  # noqa: E731
        press(request, act, done)
    return redirect("connection_account", code)


def suspend(request: HttpRequest, code: str) -> HttpResponse:
    found, person = _of_the_authority(request, code)
    blocked = refusal_of(lambda: policies.check_account_step(found, "suspend"))
    form = SuspensionForm(None if blocked else sent(request))
    if form.is_valid():
        facts = form.cleaned_data
        act = lambda: accounts.suspend(account=found, by=person, **facts)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã tạm dừng tài khoản; hai bên đã được báo."))
            return redirect("connection_account", code)
    context = {"account": found, "form": form, "step": "suspend", "blocked": blocked}
    return render(request, "sharing/account/step.html", context)


def resume(request: HttpRequest, code: str) -> HttpResponse:
    found, person = _of_the_authority(request, code)
    if request.method == "POST":
        done = _("Tài khoản hoạt động trở lại; hai bên đã được báo.")
        press(request, lambda: accounts.resume(account=found, by=person), done)
    return redirect("connection_account", code)


def end(request: HttpRequest, code: str) -> HttpResponse:
    found, person = _of_the_authority(request, code)
    blocked = refusal_of(lambda: policies.check_account_step(found, "end"))
    form = EndForm(None if blocked else sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: accounts.end(account=found, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields={"reason": "reason"}) is not None:
            messages.success(request, _("Đã chấm dứt tài khoản; hai bên đã được báo."))
            return redirect("connection_account", code)
    context = {"account": found, "form": form, "step": "end", "blocked": blocked}
    return render(request, "sharing/account/step.html", context)


def _of_ones_agency(request: HttpRequest, code: str) -> tuple[ConnectionAccount, Person]:
    found = account_for(request.user, code, Permission.REQUEST_CONNECTION)
    return found, check_permission(request.user, Permission.REQUEST_CONNECTION, found.agency)


def _of_the_authority(request: HttpRequest, code: str) -> tuple[ConnectionAccount, Person]:
    found = account_for(request.user, code, Permission.ISSUE_ACCOUNT)
    return found, check_permission(request.user, Permission.ISSUE_ACCOUNT)
