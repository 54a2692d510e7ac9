"""Agreements for sharing on special request: written by the requester, approved by both sides (Đ13, Đ38)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Agency, Person
from accounts.permissions import check_permission, people_with
from accounts.roles import Permission
from core import clock
from sharing.actions.states import locked
from sharing.agreement_headings import HEADINGS
from sharing.models import Agreement, ConnectionRequest
from sharing.policies import check_may_agree
from sharing.states import Side


@transaction.atomic
def write(
    *,
    request: ConnectionRequest,
    headings: dict[str, str],
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: Person,
) -> Agreement:
    """Write what is to be agreed. A text somebody has approved is kept: a new version follows it."""
    request = locked(request)
    check_permission(by, Permission.REQUEST_CONNECTION, request.requester)
    check_may_agree(request)
    if valid_from and valid_to and valid_to < valid_from:
        raise ValidationError(_("Ngày kết thúc phải sau ngày bắt đầu."), code="valid_to")
    agreement = _unapproved(request) or _next_version(request, by)
    known = {heading.key for heading in HEADINGS}
    agreement.headings = {key: text.strip() for key, text in headings.items() if key in known}
    agreement.valid_from, agreement.valid_to = valid_from, valid_to
    agreement.made_by, agreement.made_at = by, clock.now()
    agreement.save()
    _record(agreement, "agreement.written", request.requester, by)
    return agreement


@transaction.atomic
def approve(*, agreement: Agreement, side: Side, by: Person) -> Agreement:
    """One side's approver approves; with the other side's it is agreed and replaces the one before.

    Raises ValidationError for a text with an empty heading, one's own text, or one that was replaced.
    """
    request = locked(agreement.request)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    agency = request.requester if side is Side.REQUESTER else request.service.owner
    check_permission(by, Permission.GIVE_CONSENT, agency)
    check_may_agree(request)
    check_may_approve(agreement, side, by)
    setattr(agreement, f"{side}_approved_by", by)
    setattr(agreement, f"{side}_approved_at", clock.now())
    if agreement.requester_approved_by_id and agreement.owner_approved_by_id:
        _replace_earlier(agreement)
        agreement.state = Agreement.State.AGREED
    agreement.save()
    _record(agreement, "agreement.approved", agency, by)
    _tell(agreement, request, agency, by)
    return agreement


def check_may_approve(agreement: Agreement, side: Side, by: Person) -> None:
    if agreement.state != Agreement.State.DRAFT or getattr(agreement, f"{side}_approved_by_id"):
        raise ValidationError(_("Bản này đã được duyệt hoặc đã thay bằng bản mới."), code="state")
    if agreement.made_by_id == by.pk:
        raise ValidationError(_("Người soạn không được tự duyệt."), code="same_person")
    empty = [str(one.title) for one in HEADINGS if not agreement.headings.get(one.key)]
    if empty:
        raise ValidationError(
            _("Văn bản thống nhất còn thiếu: %(names)s.") % {"names": "; ".join(empty)},
            code="incomplete",
        )


def _unapproved(request: ConnectionRequest) -> Agreement | None:
    return request.agreements.filter(
        state=Agreement.State.DRAFT,
        requester_approved_by__isnull=True,
        owner_approved_by__isnull=True,
    ).first()


def _next_version(request: ConnectionRequest, by: Person) -> Agreement:
    """A draft that one side had approved gives way; what both agreed on stays until the new one is agreed."""
    request.agreements.filter(state=Agreement.State.DRAFT).update(state=Agreement.State.REPLACED)
    last = request.agreements.aggregate(last=Max("version"))["last"] or 0
    return Agreement(request=request, version=last + 1, made_by=by)


def _replace_earlier(agreement: Agreement) -> None:
    earlier = Agreement.objects.filter(
        request=agreement.request_id, state=Agreement.State.AGREED
    ).exclude(pk=agreement.pk)
    earlier.update(state=Agreement.State.REPLACED)


def _record(agreement: Agreement, action: str, agency: Agency, by: Person) -> None:
    facts: dict[str, Any] = {
        "version": str(agreement.version),
        "agreement_state": agreement.state,
    }
    record(by=by, action=action, target=agreement, agency=agency, after=facts)


def _tell(agreement: Agreement, request: ConnectionRequest, agency: Agency, by: Person) -> None:
    """Both sides' approvers and who wrote it."""
    people = {agreement.made_by_id: agreement.made_by}
    for side in (request.requester, request.service.owner):
        people |= {one.pk: one for one in people_with(Permission.GIVE_CONSENT, side)}
    people.pop(by.pk, None)
    agreed = agreement.state == Agreement.State.AGREED
    tell(
        people.values(),
        kind="agreement.agreed" if agreed else "agreement.approved",
        facts={
            "request": request.number,
            "service": request.service.title_vi,
            "agency": agency.name_vi,
        },
        path=f"{request.get_absolute_url()}thoa-thuan/",
    )
