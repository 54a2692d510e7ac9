"""Granting and ending roles."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.actions.offers import cancel_unbacked
from accounts.granting import check_exists, check_grantable
from accounts.models import Agency, Membership, Person
from accounts.permissions import check_permission
from accounts.reasons import check_reason
from accounts.roles import Permission
from core import clock


@transaction.atomic
def grant(
    *,
    person: Person,
    agency: Agency,
    role_code: str,
    by: Person | None,
    invited_by: Person | None = None,
) -> Membership:
    """Give a role from today on; one already held is returned as it is.

    by=None: the operator's console, or an invitation accepted, whose sender is `invited_by`.
    Raises ValidationError when the role may not be granted or takes a second person, and when the agency
    does not exist today.
    """
    if by is not None and check_grantable(by, agency, role_code).everywhere:
        raise ValidationError(
            _("Vai trò này cần hai người: hãy gửi lời mời để người thứ hai xác nhận.")
        )
    check_exists(agency)
    membership, created = Membership.objects.get_or_create(
        person=person,
        agency=agency,
        role_code=role_code,
        valid_to=None,
        defaults={"granted_by": by or invited_by},
    )
    if created:
        record(
            by=by or invited_by,
            action="membership.granted",
            target=membership,
            agency=agency,
            after={"person": person.email, "role": role_code},
        )
    return membership


def check_endable(by: Person, membership: Membership) -> None:
    """Raises ValidationError for a role beyond the person's reach, or the one they manage members with."""
    try:
        role = check_grantable(by, membership.agency, membership.role_code)
    except ValidationError as error:
        raise ValidationError(_("Bạn không được thu hồi vai trò này.")) from error
    if membership.person_id == by.pk and Permission.MANAGE_MEMBERS in role.permissions:
        raise ValidationError(_("Bạn không thể tự thu hồi vai trò quản trị của mình."))


def can_end(by: Person, membership: Membership) -> bool:
    try:
        check_endable(by, membership)
    except ValidationError:
        return False
    return True


@transaction.atomic
def end(*, membership: Membership, reason: str, by: Person) -> Membership:
    """Take the role away: yesterday was its last day. Ending twice changes nothing.

    The person is told why. What they offered others by virtue of the role is taken back.
    Raises ValidationError as check_endable and check_reason.
    """
    check_permission(by, Permission.MANAGE_MEMBERS, membership.agency)
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.valid_to is not None:
        return locked
    check_endable(by, locked)
    locked.valid_to = clock.today() - timedelta(days=1)
    locked.ended_by, locked.end_reason = by, check_reason(reason)
    locked.save(update_fields=["valid_to", "ended_by", "end_reason"])
    record(
        by=by,
        action="membership.ended",
        target=locked,
        agency=locked.agency,
        before={"person": locked.person.email, "role": locked.role_code, "valid_to": None},
        after={
            "person": locked.person.email,
            "role": locked.role_code,
            "valid_to": locked.valid_to.isoformat(),
            "reason": locked.end_reason,
        },
    )
    facts = {
        "role_code": locked.role_code,
        "agency": locked.agency.name_vi,
        "reason": locked.end_reason,
    }
    tell([locked.person], kind="membership.ended", facts=facts, path=reverse("profile"))
    cancel_unbacked(of=locked.person, by=by)
    return locked
