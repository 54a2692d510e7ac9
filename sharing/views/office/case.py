"""/dieu-hanh/yeu-cau/<id>/: one request at the officers' desk, and what an officer does with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import carry_out, press, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import decisions
from sharing.forms.office import RefusalForm, SupplementForm
from sharing.loaders import sent_request_for
from sharing.models import ConnectionRequest
from sharing.selectors.case import case_of

BESIDE = {"reason": "reason", "legal_ground": "legal_ground"}


@require_GET
def case(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    context = {
        "case": case_of(found, person, internal=True),
        "blocked": refusal_of(lambda: policies.check_issuer(found, person)),
    }
    return render(request, "sharing/office/case.html", context)


def receive(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    if request.method == "POST":
        done = _("Đã tiếp nhận; yêu cầu đang chờ văn bản của cơ quan chủ quản.")
        press(request, lambda: decisions.receive(request=found, by=person), done)
    return redirect("office_request", found.pk)


def take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    if request.method == "POST":
        done = _("Bạn đã nhận xử lý yêu cầu này.")
        press(request, lambda: decisions.take(request=found, by=person), done)
    return redirect("office_request", found.pk)


def ask_supplement(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    blocked = _blocked(found, person, "ask_supplement")
    form = SupplementForm(None if blocked else sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: decisions.ask_supplement(request=found, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã gửi đề nghị bổ sung cho cơ quan yêu cầu."))
            return redirect("office_request", found.pk)
    context = {"found": found, "form": form, "step": "ask_supplement", "blocked": blocked}
    return render(request, "sharing/office/decide.html", context)


def refuse(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    blocked = _blocked(found, person, "refuse")
    form = RefusalForm(None if blocked else sent(request))
    if form.is_valid():
        facts = form.cleaned_data
        act = lambda: decisions.refuse(request=found, by=person, **facts)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã từ chối; cơ quan yêu cầu và chủ quản đã được báo."))
            return redirect("office_request", found.pk)
    context = {"found": found, "form": form, "step": "refuse", "blocked": blocked}
    return render(request, "sharing/office/decide.html", context)


def _found(request: HttpRequest, request_id: UUID) -> tuple[ConnectionRequest, Person]:
    found = sent_request_for(request.user, request_id, Permission.ISSUE_ACCOUNT)
    return found, check_permission(request.user, Permission.ISSUE_ACCOUNT)


def _blocked(found: ConnectionRequest, person: Person, step: str) -> str:
    """Why this step is not open now; empty when it is."""
    blocked = refusal_of(lambda: policies.check_issuer(found, person))
    steps = {name.removesuffix("_running") for name in policies.open_steps(found, person)}
    if blocked or step in steps:
        return blocked
    return _("Yêu cầu đang ở trạng thái “%(state)s”, không thực hiện được việc này.") % {
        "state": found.get_state_display()
    }
