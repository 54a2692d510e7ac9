"""/dieu-hanh/yeu-cau/<id>/: one request at the officers' desk, and what an officer does with it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from sharing import policies
from sharing.actions import decisions
from sharing.forms.office import RefusalForm, SupplementForm
from sharing.loaders import request_for
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


@require_POST
def receive(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    try:
        decisions.receive(request=found, by=person)
        messages.success(request, _("Đã tiếp nhận; yêu cầu đang chờ văn bản của cơ quan chủ quản."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("office_request", found.pk)


@require_POST
def take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    try:
        decisions.take(request=found, by=person)
        messages.success(request, _("Bạn đã nhận xử lý yêu cầu này."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("office_request", found.pk)


def ask_supplement(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    form = SupplementForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: decisions.ask_supplement(request=found, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã gửi đề nghị bổ sung cho cơ quan yêu cầu."))
            return redirect("office_request", found.pk)
    return _page(request, found, person, form, "ask_supplement")


def refuse(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, person = _found(request, request_id)
    form = RefusalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        act = lambda: decisions.refuse(request=found, by=person, **facts)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Đã từ chối; cơ quan yêu cầu và chủ quản đã được báo."))
            return redirect("office_request", found.pk)
    return _page(request, found, person, form, "refuse")


def _found(request: HttpRequest, request_id: UUID) -> tuple[ConnectionRequest, Person]:
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    return request_for(person, request_id, Permission.ISSUE_ACCOUNT), person


def _page(
    request: HttpRequest,
    found: ConnectionRequest,
    person: Person,
    form: SupplementForm | RefusalForm,
    step: str,
) -> HttpResponse:
    """`blocked`: why this step is not open now, empty when it is."""
    steps = policies.open_steps(found, person)
    stands = refusal_of(lambda: policies.check_issuer(found, person))
    if not stands and step not in {name.removesuffix("_running") for name in steps}:
        stands = _("Yêu cầu đang ở trạng thái “%(state)s”, không thực hiện được việc này.") % {
            "state": found.get_state_display()
        }
    context = {"found": found, "form": form, "step": step, "blocked": stands}
    return render(request, "sharing/office/decide.html", context)
