"""Disabling a person, who may then neither sign in nor be asked for anything, and enabling them again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.actions.offers import cancel_received, cancel_unbacked
from accounts.actions.sessions import end_all
from accounts.granting import check_grantable
from accounts.models import Agency, Membership, Person
from accounts.permissions import Refused, check_permission, everybody_with, people_with
from accounts.reasons import check_reason
from accounts.roles import Permission
from core import clock


@transaction.atomic
def disable(
    *, person: Person, agency: Agency, reason: str, knowingly: bool = False, by: Person
) -> Person:
    """Shut the person out at once: sessions end, offers they sent or got die, links on their way are void.

    Roles stay in the history as they are. `agency`: where `by` manages the person; `knowingly`: although
    the agency is left without an administrator. Raises Refused or ValidationError as check_disable.
    """
    person = _locked(person)
    check_disable(person, agency, by)
    if not knowingly and is_last_admin(person, agency):
        raise ValidationError(_last_admin_sentence(), code="knowingly")
    person.is_active, person.disabled_at = False, clock.now()
    person.disabled_reason = check_reason(reason)
    # The links of a forgotten password are bound to it: those on their way are void from now on.
    person.last_login = clock.now()
    person.save(update_fields=["is_active", "disabled_at", "disabled_reason", "last_login"])
    ended = end_all(person)
    record(
        by=by,
        action="person.disabled",
        target=person,
        agency=agency,
        after={"reason": person.disabled_reason, "sessions": ended},
    )
    cancel_unbacked(of=person, by=by)
    cancel_received(person=person, by=by)
    _tell(person, agency, "person.disabled", by)
    return person


@transaction.atomic
def enable(*, person: Person, agency: Agency, reason: str, by: Person) -> Person:
    """Let the person in again, with the roles they still have."""
    person = _locked(person)
    check_enable(person, agency, by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(
        by=by,
        action="person.enabled",
        target=person,
        agency=agency,
        after={"reason": check_reason(reason)},
    )
    _tell(person, agency, "person.enabled", by)
    return person


def check_disable(person: Person, agency: Agency, by: Person) -> None:
    """Raises Refused without the right, ValidationError for what may not be done to this person."""
    _check_reach(person, agency, by)
    if not person.is_active:
        raise ValidationError(_("Tài khoản này đã ngừng hoạt động."), code="state")
    if person.pk == by.pk:
        raise ValidationError(
            _("Bạn không thể tự ngừng hoạt động tài khoản của mình. Hãy nhờ một quản trị khác."),
            code="oneself",
        )
    givers = everybody_with(Permission.GRANT_EVERYWHERE)
    if [one.pk for one in givers] == [person.pk]:
        raise ValidationError(
            _(
                "Đây là người cuối cùng có quyền cấp vai trò toàn tỉnh. Hãy có người thay trước "
                "khi ngừng hoạt động tài khoản này."
            ),
            code="last",
        )


def check_enable(person: Person, agency: Agency, by: Person) -> None:
    """Raises as check_disable."""
    _check_reach(person, agency, by)
    if person.is_active:
        raise ValidationError(_("Tài khoản này đang hoạt động."), code="state")


def is_last_admin(person: Person, agency: Agency) -> bool:
    """Whether nobody else of the agency would manage its members."""
    admins = [one.pk for one in people_with(Permission.MANAGE_MEMBERS, agency)]
    return admins == [person.pk]


def _last_admin_sentence() -> str:
    return _(
        "Đây là quản trị cuối cùng của cơ quan: sau đó chỉ cơ quan đầu mối mời được người mới. "
        "Hãy mời người thay trước, hoặc đánh dấu xác nhận rồi làm lại."
    )


def _check_reach(person: Person, agency: Agency, by: Person) -> None:
    """`by` must be able to end every role the person has: it is all of them that stop working."""
    check_permission(by, Permission.MANAGE_MEMBERS, agency)
    held = Membership.objects.current().filter(person=person).select_related("agency")
    for membership in held:
        try:
            check_permission(by, Permission.MANAGE_MEMBERS, membership.agency)
            check_grantable(by, membership.agency, membership.role_code)
        except (Refused, ValidationError) as refusal:
            raise ValidationError(
                _(
                    "Người này còn giữ vai trò “%(role)s” ở %(agency)s, ngoài phạm vi của bạn. "
                    "Hãy thu hồi vai trò ở cơ quan mình, hoặc đề nghị cơ quan đầu mối."
                )
                % {"role": membership.role.name, "agency": membership.agency.name},
                code="reach",
            ) from refusal


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _tell(person: Person, agency: Agency, kind: str, by: Person) -> None:
    """The person, and the others who manage the agency's members."""
    admins = [one for one in people_with(Permission.MANAGE_MEMBERS, agency) if one.pk != by.pk]
    facts = {
        "name": person.full_name,
        "email": person.email,
        "agency": agency.name_vi,
        "reason": person.disabled_reason,
    }
    tell([person], kind=kind, facts=facts, path=reverse("profile"))
    others = [one for one in admins if one.pk != person.pk]
    tell(others, kind=f"{kind}_by_admin", facts=facts, path=reverse("members", args=[agency.slug]))
