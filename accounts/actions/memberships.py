"""Granting and ending roles."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Membership, Person
from accounts.permissions import check_permission
from accounts.roles import ROLES, Permission, Role
from portal import clock


def grantable_roles(by: Person, agency: Agency) -> list[Role]:
    """The roles `by` may grant and end in that agency: nobody hands out more than their own reach.

    Roles that reach every agency are granted in the data authority only, by its own leaders.
    """
    check_permission(by, Permission.MANAGE_MEMBERS, agency)
    within = [role for role in ROLES.values() if not role.everywhere]
    if agency.is_data_authority and _leads_data_authority(by):
        return list(ROLES.values())
    return within


def check_grantable(by: Person, agency: Agency, role_code: str) -> Role:
    """Raises ValidationError for a role that `by` may not grant there."""
    for role in grantable_roles(by, agency):
        if role.code == role_code:
            return role
    raise ValidationError(_("Bạn không được cấp vai trò này ở cơ quan đã chọn."))


def check_exists(agency: Agency) -> None:
    """Raises ValidationError for an agency that is no more, or not yet."""
    if not agency.exists_on(clock.today()):
        raise ValidationError(_("Cơ quan này không còn hoạt động, không thể cấp vai trò."))


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
    Raises ValidationError when the role may not be granted, or the agency does not exist today.
    """
    if by is not None:
        check_grantable(by, agency, role_code)
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
def end(*, membership: Membership, by: Person) -> None:
    """Take the role away: yesterday was its last day. Ending twice changes nothing.

    Raises ValidationError as check_endable.
    """
    check_permission(by, Permission.MANAGE_MEMBERS, membership.agency)
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.valid_to is not None:
        return
    check_endable(by, locked)
    locked.valid_to = clock.today() - timedelta(days=1)
    locked.save(update_fields=["valid_to"])
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
        },
    )


def _leads_data_authority(by: Person) -> bool:
    return by.memberships.current().filter(role_code="ict_leader").exists()
