"""/ket-noi/tai-khoan/<code>/: one connection account, for both sides and the data authority."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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


@dataclass(frozen=True)
class StepPage:
    """What the page of a step says: its name, what comes of it, whether it cannot be taken back."""

    label: Promise
    effect: Promise | str = ""
    is_grave: bool = False


ROTATE = StepPage(
    gettext_lazy("Đổi khoá của tài khoản"),
    gettext_lazy(
        "Khoá mới hiện một lần ở trang tiếp theo. Khoá cũ còn dùng được 7 ngày để hệ thống của bạn "
        "chuyển sang khoá mới."
    ),
)
REVOKE = StepPage(
    gettext_lazy("Thu hồi khoá của tài khoản"),
    gettext_lazy("Khoá hết hiệu lực ngay; hệ thống còn dùng khoá này không gọi được nữa."),
    is_grave=True,
)
SUSPEND = StepPage(gettext_lazy("Tạm dừng tài khoản"), is_grave=True)
RESUME = StepPage(
    gettext_lazy("Khôi phục tài khoản"),
    gettext_lazy("Hệ thống của cơ quan sử dụng gọi lại được ngay; hai bên được báo."),
)
END = StepPage(gettext_lazy("Chấm dứt tài khoản"), is_grave=True)


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
    """Asked once more; the new secret stands in the answer itself and nowhere else."""
    found, person = _of_ones_agency(request, code)
    blocked = refusal_of(lambda: accounts.check_rotatable(found))
    if request.method != "POST" or blocked:
        return _asked(request, found, ROTATE, blocked=blocked)
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
    blocked = refusal_of(lambda: accounts.check_revocable(credential))
    if request.method != "POST" or blocked:
        return _asked(request, found, REVOKE, blocked=blocked, credential=credential)
    done = _("Đã thu hồi khoá bắt đầu bằng %(hint)s.") % {"hint": credential.hint}
    press(request, lambda: accounts.revoke_credential(credential=credential, by=person), done)
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
    return _asked(request, found, SUSPEND, form=form, blocked=blocked)


def resume(request: HttpRequest, code: str) -> HttpResponse:
    found, person = _of_the_authority(request, code)
    blocked = refusal_of(lambda: policies.check_account_step(found, "resume"))
    if request.method != "POST" or blocked:
        return _asked(request, found, RESUME, blocked=blocked)
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
    return _asked(request, found, END, form=form, blocked=blocked)


def _asked(
    request: HttpRequest, found: ConnectionAccount, step: StepPage, **context: object
) -> HttpResponse:
    """The page that says what a step does and asks for it once more, or why it is not open."""
    context = {"account": found, "step": step, **context}
    return render(request, "sharing/account/step.html", context)


def _of_ones_agency(request: HttpRequest, code: str) -> tuple[ConnectionAccount, Person]:
    found = account_for(request.user, code, Permission.REQUEST_CONNECTION)
    return found, check_permission(request.user, Permission.REQUEST_CONNECTION, found.agency)


def _of_the_authority(request: HttpRequest, code: str) -> tuple[ConnectionAccount, Person]:
    found = account_for(request.user, code, Permission.ISSUE_ACCOUNT)
    return found, check_permission(request.user, Permission.ISSUE_ACCOUNT)
