"""The data authority's side: receive, ask for more, take up, issue, refuse (Đ11.1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.reasons import check_reason
from core import clock
from sharing import policies
from sharing.actions import accounts
from sharing.actions.states import apply, locked
from sharing.models import Agreement, ConnectionAccount, ConnectionRequest, SharingService


@dataclass(frozen=True)
class Issued:
    """An account just issued, with the secret that is never shown again."""

    account: ConnectionAccount
    client_id: str
    secret: str


@transaction.atomic
def receive(*, request: ConnectionRequest, by: Person) -> ConnectionRequest:
    """The request is in order; it waits for the owner's consent, with the officer who received it."""
    request = locked(request)
    policies.check_issuer(request, by)
    request.officer = by
    apply(request, "receive", by=by)
    return request


@transaction.atomic
def ask_supplement(*, request: ConnectionRequest, reason: str, by: Person) -> ConnectionRequest:
    """Say what is missing; while the clock runs, it stops until the supplement comes."""
    request = locked(request)
    policies.check_issuer(request, by)
    running = request.duty is not None and request.duty.is_live
    apply(request, "ask_supplement_running" if running else "ask_supplement", by=by, note=reason)
    return request


@transaction.atomic
def take(*, request: ConnectionRequest, by: Person) -> ConnectionRequest:
    """An officer takes the case up."""
    request = locked(request)
    policies.check_issuer(request, by)
    request.officer = by
    apply(request, "take", by=by)
    return request


@transaction.atomic
def issue(
    *,
    request: ConnectionRequest,
    daily_quota: int,
    per_minute: int,
    networks: list[str],
    valid_to: date | None,
    by: Person,
) -> Issued:
    """Make the account with working credentials, or nothing: both stand in this transaction.

    The scope is the consent's; a request opened again changes the account it already has. Raises
    ValidationError for a term beyond the consent's, or, on special request, without an agreement.
    """
    request = locked(request)
    step = policies.check_transition(request, "issue")
    policies.check_side(request, step, by)
    policies.check_issuer(request, by)
    _check_agreement(request)
    consent = request.consents.filter(given=True).first()
    if consent is None:
        raise ValidationError(_("Chưa có văn bản chấp thuận của cơ quan chủ quản."), code="consent")
    if consent.valid_until and (valid_to is None or valid_to > consent.valid_until):
        raise ValidationError(
            _("Chủ quản chỉ chấp thuận đến hết ngày %(day)s.")
            % {"day": f"{consent.valid_until:%d/%m/%Y}"},
            code="valid_to",
        )
    limits = {
        "daily_quota": daily_quota,
        "per_minute": per_minute,
        "networks": networks,
        "valid_to": valid_to,
    }
    account = accounts.grant(request=request, consent=consent, limits=limits, by=by)
    client_id, secret = accounts.make_credential(account, by)
    _decided(request, by)
    apply(request, "issue", by=by, facts={"account": account.code})
    return Issued(account, client_id, secret)


@transaction.atomic
def refuse(
    *, request: ConnectionRequest, reason: str, legal_ground: str, by: Person
) -> ConnectionRequest:
    """Refuse, with reason and legal ground; requester and owner are told."""
    request = locked(request)
    policies.check_issuer(request, by)
    request.decision_reason = check_reason(reason)
    request.legal_ground = policies.check_ground(legal_ground)
    _decided(request, by)
    facts: dict[str, Any] = {"ground": request.legal_ground}
    apply(request, "refuse", by=by, note=request.decision_reason, facts=facts)
    return request


def _decided(request: ConnectionRequest, by: Person) -> None:
    request.decided_by, request.decided_at = by, clock.now()


def _check_agreement(request: ConnectionRequest) -> None:
    """Đ13: sharing on special request rests on an agreement of both sides."""
    if request.service.form != SharingService.Form.SPECIAL:
        return
    if not request.agreements.filter(state=Agreement.State.AGREED).exists():
        raise ValidationError(
            _(
                "Chia sẻ theo yêu cầu đặc thù cần văn bản thống nhất của hai bên trước khi cấp tài khoản."
            ),
            code="agreement",
        )
