"""Who may give which role where, and which roles take two people to give.

Roles that reach every agency are given in the data authority only, by those who hold GRANT_EVERYWHERE: one
proposes, another confirms, and neither is the one who gets the role.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Agency, Invitation, Person
from accounts.permissions import Refused, check_permission, everybody_with, has_permission
from accounts.roles import ROLES, Permission, Role
from core import clock


def grantable_roles(by: Person, agency: Agency) -> list[Role]:
    """The roles `by` may give, propose or end in that agency: nobody hands out more than their own reach."""
    check_permission(by, Permission.MANAGE_MEMBERS, agency)
    if agency.is_data_authority and has_permission(by, Permission.GRANT_EVERYWHERE):
        return list(ROLES.values())
    return [role for role in ROLES.values() if not role.everywhere]


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


def confirmers(*, email: str, by: Person | None) -> list[Person]:
    """Those who may confirm a proposal of `by` to give a role to the owner of that address."""
    return [
        person
        for person in everybody_with(Permission.GRANT_EVERYWHERE)
        if person.email != email and (by is None or person.pk != by.pk)
    ]


def check_confirmer(invitation: Invitation, by: Person) -> None:
    """Raises Refused or ValidationError for somebody who may not decide on the proposal."""
    check_permission(by, Permission.GRANT_EVERYWHERE)
    if not invitation.is_proposal:
        raise ValidationError(_("Đề nghị này đã được xử lý hoặc đã hết hạn."), code="state")
    if by.pk == invitation.invited_by_id:
        raise ValidationError(
            _("Người đề nghị không được tự xác nhận. Cần một người khác có quyền này."),
            code="same_person",
        )
    if by.email == invitation.email:
        raise ValidationError(
            _("Bạn không được xác nhận vai trò của chính mình."), code="same_person"
        )


def still_backed(invitation: Invitation) -> bool:
    """Whether those who offer the role could do so today; what the console sent rests on no role."""
    sender, second = invitation.invited_by, invitation.confirmed_by
    try:
        if sender is not None:
            check_grantable(_fresh(sender), invitation.agency, invitation.role_code)
        if second is not None:
            check_permission(_fresh(second), Permission.GRANT_EVERYWHERE)
    except (Refused, ValidationError):
        return False
    return True


def _fresh(person: Person) -> Person:
    """As the person stands now: memberships are read once per object."""
    return Person.objects.get(pk=person.pk)
