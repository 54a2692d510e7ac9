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
    """The roles `by` may grant in that agency: nobody hands out more than their own reach.

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


@transaction.atomic
def grant(*, person: Person, agency: Agency, role_code: str, by: Person | None) -> Membership:
    """Give a role from today on; one already held is returned as it is. by=None: the operator's console."""
    if by is not None:
        check_grantable(by, agency, role_code)
    if not agency.exists_on(clock.today()):
        raise ValidationError(_("Cơ quan này không còn hoạt động, không thể cấp vai trò."))
    membership, created = Membership.objects.get_or_create(
        person=person, agency=agency, role_code=role_code, valid_to=None, defaults={"granted_by": by}
    )
    if created:
        record(
            by=by, action="membership.granted", target=membership, agency=agency,
            after={"person": person.email, "role": role_code},
        )
    return membership


@transaction.atomic
def end(*, membership: Membership, by: Person) -> None:
    """Take the role away: yesterday was its last day. Ending twice changes nothing."""
    check_permission(by, Permission.MANAGE_MEMBERS, membership.agency)
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.valid_to is not None:
        return
    if locked.person_id == by.pk and locked.role_code == "agency_admin":
        raise ValidationError(_("Bạn không thể tự thu hồi vai trò quản trị của mình."))
    locked.valid_to = clock.today() - timedelta(days=1)
    locked.save(update_fields=["valid_to"])
    record(
        by=by, action="membership.ended", target=locked, agency=locked.agency,
        before={"valid_to": None}, after={"valid_to": locked.valid_to.isoformat()},
    )


def _leads_data_authority(by: Person) -> bool:
    return by.memberships.current().filter(role_code="ict_leader").exists()
