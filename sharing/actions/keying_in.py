"""The officers key in a request that came through the document system, with the day it came (Đ11.1).

While it is being keyed in only the officers know of it; sharing.actions.requests.save keeps its pages.
The letter may leave things out: they are asked for as a supplement.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from accounts.turns import take_turn
from core import clock
from sharing import policies
from sharing.actions.requests import form_in_force, next_number
from sharing.actions.states import apply, locked
from sharing.models import ConnectionRequest, SharingService
from sharing.states import RequestState


@transaction.atomic
def begin(*, service: SharingService, requester: Agency, by: Person) -> ConnectionRequest:
    """One to be filled in; the one begun for that service and agency, where there is one."""
    check_permission(by, Permission.ISSUE_ACCOUNT)
    policies.check_may_be_asked(service, requester)
    take_turn(f"request of {requester.pk} for {service.pk}")
    facts = {"service": service, "requester": requester, "state": RequestState.KEYING}
    begun = ConnectionRequest.objects.filter(**facts).first()
    if begun is not None:
        return begun
    request = ConnectionRequest.objects.create(
        form=form_in_force(),
        origin=ConnectionRequest.Origin.KEYED_IN,
        created_by=by,
        **facts,
    )
    record(
        by=by,
        action="request.begun",
        target=request,
        agency=requester,
        after={"service": service.code},
    )
    return request


@transaction.atomic
def finish(*, request: ConnectionRequest, by: Person) -> ConnectionRequest:
    """Enter it: it gets its number, its sides are told. Received on the day the document came.

    Raises ValidationError naming what of the document is missing.
    """
    request = locked(request)
    policies.check_transition(request, "keyed_in")
    policies.check_may_be_asked(request.service, request.requester)
    check_document(request)
    request.number, request.submitted_at = next_number(), clock.now()
    facts = {"number": request.number, "received_on": f"{request.received_on:%Y-%m-%d}"}
    apply(request, "keyed_in", by=by, facts=facts)
    return request


@transaction.atomic
def discard(*, request: ConnectionRequest, by: Person) -> ConnectionRequest:
    """Give up what is being keyed in; nobody hears of it."""
    request = locked(request)
    apply(request, "discard", by=by)
    return request


def check_document(request: ConnectionRequest) -> None:
    """Number, day and arrival of the document are known: by them the law counts."""
    if not request.document_number or request.document_date is None or request.received_on is None:
        raise ValidationError(
            _("Hãy nhập số, ký hiệu, ngày văn bản và ngày văn bản đến trước khi hoàn tất."),
            code="incomplete",
        )
