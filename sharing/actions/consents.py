"""The owner's side: consent, with a narrower scope if need be, or refusal with reason and ground."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Person
from accounts.reasons import check_reason
from core import clock
from sharing import policies
from sharing.actions.states import apply, locked
from sharing.models import ConnectionRequest, Consent
from sharing.scopes import frozen


@transaction.atomic
def give(
    *,
    request: ConnectionRequest,
    document_number: str,
    document_date: date,
    received_on: date | None = None,
    scope: dict[str, Any] | None = None,
    valid_until: date | None = None,
    reason: str = "",
    by: Person,
) -> Consent:
    """Consent, by a document; the 5-working-day clock begins (Đ11.1).

    `received_on` is today, or earlier where the document came by another way. `scope` may be short, as
    sharing.scopes.frozen takes it; kept is every table and column it comes to now. Raises ValidationError
    for a scope beyond the service, a term that has passed, and a document received before it was signed.
    """
    if valid_until is not None:
        policies.check_not_past(valid_until, "valid_until")
    request = locked(request)
    step = policies.check_transition(request, "consent")
    policies.check_side(request, step, by)
    consent = _consent(request, document_number, document_date, by, received_on)
    consent.given, consent.valid_until, consent.reason = True, valid_until, reason.strip()
    consent.scope = frozen(request.service, scope or {})
    consent.save()
    request.consented_on = consent.received_on
    apply(
        request,
        "consent",
        by=by,
        note=consent.reason,
        facts={"document": document_number, "scope": consent.scope},
    )
    return consent


@transaction.atomic
def refuse(
    *,
    request: ConnectionRequest,
    reason: str,
    legal_ground: str,
    document_number: str,
    document_date: date,
    by: Person,
) -> Consent:
    """Say no, with reason and legal ground; requester and data authority are told."""
    request = locked(request)
    step = policies.check_transition(request, "owner_refuse")
    policies.check_side(request, step, by)
    consent = _consent(request, document_number, document_date, by, None)
    consent.given = False
    consent.reason = check_reason(reason)
    consent.legal_ground = policies.check_ground(legal_ground)
    consent.save()
    request.decision_reason, request.legal_ground = consent.reason, consent.legal_ground
    request.decided_by, request.decided_at = by, clock.now()
    apply(
        request,
        "owner_refuse",
        by=by,
        note=consent.reason,
        facts={"ground": consent.legal_ground, "document": document_number},
    )
    return consent


def _consent(
    request: ConnectionRequest,
    document_number: str,
    document_date: date,
    by: Person,
    received_on: date | None,
) -> Consent:
    policies.check_document_number(document_number)
    policies.check_not_future(document_date, "document_date")
    received = policies.check_arrival(received_on or clock.today(), document_date)
    return Consent(
        request=request,
        document_number=document_number.strip(),
        document_date=document_date,
        received_on=received,
        by=by,
    )
