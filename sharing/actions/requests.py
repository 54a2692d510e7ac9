"""The requester's side: write, send, supplement, take back, open again."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from accounts.turns import take_turn
from core import clock
from sharing import policies
from sharing.actions.states import apply, locked
from sharing.answers import check_term, missing_answers
from sharing.models import ConnectionRequest, FormVersion, SharingService
from sharing.states import RequestState


@transaction.atomic
def begin(*, service: SharingService, requester: Agency, by: Person) -> ConnectionRequest:
    """A draft; the one already begun for that service by the agency, where there is one."""
    check_permission(by, Permission.REQUEST_CONNECTION, requester)
    policies.check_may_be_asked(service, requester)
    take_turn(f"request of {requester.pk} for {service.pk}")
    draft = ConnectionRequest.objects.filter(
        service=service, requester=requester, state=RequestState.DRAFT, number=""
    ).first()
    if draft is not None:
        return draft
    request = ConnectionRequest.objects.create(
        service=service, requester=requester, form=form_in_force(), created_by=by
    )
    _record(request, "request.begun", by, {"service": service.code})
    return request


@transaction.atomic
def save(
    *,
    request: ConnectionRequest,
    answers: dict[str, Any],
    document: dict[str, Any] | None = None,
    by: Person,
) -> ConnectionRequest:
    """Keep what one page of the form says; nothing is required before it is sent.

    Only a term that cannot be is refused. `document`: {document_number, document_date} of the page about
    the document; of one that is keyed in also {received_on}.
    """
    request = locked(request)
    policies.check_writer(request, by)
    policies.check_may_write(request)
    request.answers = {**request.answers, **answers}
    if "ends_on" in answers:
        check_term(request.answers, clock.today())
    if document is not None:
        _set_document(request, **document)
    request.save()
    return request


@transaction.atomic
def submit(*, request: ConnectionRequest, by: Person) -> ConnectionRequest:
    """Send it to the owner and the data authority; it gets its number and today as day of receipt.

    Raises ValidationError naming what is missing.
    """
    request = locked(request)
    policies.check_transition(request, "submit")
    policies.check_may_be_asked(request.service, request.requester)
    check_complete(request)
    request.number = request.number or next_number()
    request.submitted_by, request.submitted_at = by, clock.now()
    request.received_on = clock.today()
    apply(request, "submit", by=by, facts={"number": request.number})
    return request


@transaction.atomic
def supplement(*, request: ConnectionRequest, note: str, by: Person) -> ConnectionRequest:
    """Send what was asked for. Before the consent the request counts as received today."""
    request = locked(request)
    check_complete(request)
    if request.paused_on is not None:
        apply(request, "supplement_running", by=by, note=note)
        return request
    request.received_on = clock.today()
    apply(request, "supplement", by=by, note=note)
    return request


@transaction.atomic
def withdraw(*, request: ConnectionRequest, note: str = "", by: Person) -> ConnectionRequest:
    """Take it back: any time after it was sent, until the data authority has issued or refused.

    The owner's consent gives nothing by itself (the account does), so it does not hold the requester: the
    clocks are dropped and owner and authority are told. Raises as apply.
    """
    request = locked(request)
    apply(request, "withdraw", by=by, note=note)
    return request


@transaction.atomic
def give_up(*, request: ConnectionRequest, note: str = "", by: Person) -> ConnectionRequest:
    """Drop a draft: it is with nobody, so nobody hears of it."""
    request = locked(request)
    apply(request, "give_up", by=by, note=note)
    return request


@transaction.atomic
def reopen(*, request: ConnectionRequest, reason: str, by: Person) -> ConnectionRequest:
    """Ask anew under the same number: what was granted stays until it is decided again."""
    request = locked(request)
    apply(request, "reopen", by=by, note=reason)
    request.duty = request.answer_duty = request.consented_on = request.officer = None
    request.decided_by = request.decided_at = None
    request.decision_reason = request.legal_ground = ""
    request.save()
    return request


def form_in_force() -> FormVersion:
    """The form of today. Raises ValidationError where none was loaded."""
    forms = FormVersion.objects.filter(valid_from__lte=clock.today()).exclude(
        valid_to__lt=clock.today()
    )
    form = forms.first()
    if form is None:
        raise ValidationError(_("Chưa có mẫu yêu cầu kết nối. Hãy báo cơ quan đầu mối."))
    return form


def check_complete(request: ConnectionRequest) -> None:
    """Raises ValidationError naming what is missing, or for a term that cannot be."""
    missing = [field.label for field in missing_answers(request)]
    if not request.document_number or request.document_date is None:
        missing.append(_("số, ký hiệu và ngày văn bản yêu cầu"))
    if missing:
        raise ValidationError(
            _("Yêu cầu còn thiếu: %(names)s.") % {"names": "; ".join(missing)}, code="incomplete"
        )
    check_term(request.answers, clock.today())


def duplicates_of(request: ConnectionRequest) -> list[ConnectionRequest]:
    """Other requests of the same agency that name the same document.

    Of those not sent yet, only what is written at the same desk, and only while this one is, too.
    """
    if not request.document_key:
        return []
    same = ConnectionRequest.objects.filter(document_key=request.document_key)
    same = same.exclude(pk=request.pk).exclude(
        state__in=[RequestState.WITHDRAWN, RequestState.DISCARDED]
    )
    unsent = Q(number="")
    if not request.number:
        unsent &= ~Q(state=request.state)
    return list(same.exclude(unsent))


def _set_document(
    request: ConnectionRequest,
    document_number: str,
    document_date: date | None,
    received_on: date | None = None,
) -> None:
    request.document_number, request.document_date = document_number.strip(), document_date
    request.document_key = ""
    if request.document_number:
        number = policies.check_document_number(request.document_number)
        if document_date is not None:
            policies.check_not_future(document_date, "document_date")
            request.document_key = number.key(request.requester.key, document_date)
    if request.is_being_keyed_in:
        arrived = received_on and policies.check_arrival(received_on, document_date)
        request.received_on = arrived


def next_number() -> str:
    """One after the other, without gaps: whoever comes second waits for the commit."""
    take_turn("number of a request")
    stem = f"YC-{clock.today().year}-"
    last = (
        ConnectionRequest.objects.filter(number__startswith=stem)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{stem}{int(last.rpartition('-')[2]) + 1 if last else 1:04}"


def _record(request: ConnectionRequest, action: str, by: Person, after: dict[str, Any]) -> None:
    record(by=by, action=action, target=request, agency=request.requester, after=after)
