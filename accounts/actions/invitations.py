"""Inviting people into an agency: nobody becomes agency staff by signing up."""

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.memberships import check_grantable, grant
from accounts.actions.notices import write_letter
from accounts.models import Agency, Invitation, Membership, Person
from accounts.permissions import NotFound, check_permission
from accounts.roles import ROLES, Permission
from portal import clock


@transaction.atomic
def invite(
    *, email: str, full_name: str, agency: Agency, role_code: str, by: Person | None
) -> Invitation:
    """Offer a role by e-mail. by=None: the operator's console, for the first people.

    Raises ValidationError when the role may not be granted or is already held.
    """
    if by is not None:
        check_grantable(by, agency, role_code)
    email = email.strip().lower()
    _check_not_held(email, agency, role_code)
    _cancel_open(email, agency, role_code)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email, full_name=full_name, agency=agency, role_code=role_code,
        token_hash=_hash(token), invited_by=by,
    )
    record(
        by=by, action="invitation.sent", target=invitation, agency=agency,
        after={"email": email, "role": role_code},
    )
    _write(invitation, token)
    return invitation


@transaction.atomic
def accept(*, token: str, password: str | None = None, by: Person | None = None) -> Person:
    """Take the role offered: as the person signed in under that address, or with a new account.

    Raises NotFound for a token that is unknown, used, cancelled or expired, and ValidationError
    for a password that is too weak or an address that already has an account.
    """
    invitation = find_open(token, lock=True)
    person = by if by is not None and by.email == invitation.email else None
    if person is None:
        person = _new_person(invitation, password or "")
    grant(person=person, agency=invitation.agency, role_code=invitation.role_code, by=None)
    invitation.accepted_at, invitation.accepted_by = clock.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(by=person, action="invitation.accepted", target=invitation, agency=invitation.agency)
    return person


@transaction.atomic
def cancel(*, invitation: Invitation, by: Person) -> None:
    """Take an offer back; its link stops working at once."""
    check_permission(by, Permission.MANAGE_MEMBERS, invitation.agency)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        return
    locked.cancelled_at = clock.now()
    locked.save(update_fields=["cancelled_at"])
    record(by=by, action="invitation.cancelled", target=locked, agency=locked.agency)


def find_open(token: str, *, lock: bool = False) -> Invitation:
    """The invitation a link stands for. Raises NotFound for one that no longer works."""
    invitations = Invitation.objects.select_related("agency")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(token_hash=_hash(token)).first()
    if invitation is None or not invitation.is_open:
        raise NotFound
    return invitation


def _new_person(invitation: Invitation, password: str) -> Person:
    if Person.objects.filter(email=invitation.email).exists():
        raise ValidationError(
            _("Địa chỉ thư này đã có tài khoản. Hãy đăng nhập bằng tài khoản đó rồi mở lại lời mời.")
        )
    validate_password(password, Person(email=invitation.email, full_name=invitation.full_name))
    return Person.objects.create_user(invitation.email, invitation.full_name, password)


def _check_not_held(email: str, agency: Agency, role_code: str) -> None:
    held = Membership.objects.current().filter(
        person__email=email, agency=agency, role_code=role_code
    )
    if held.exists():
        raise ValidationError(_("Người này đã có vai trò đó ở cơ quan."))


def _cancel_open(email: str, agency: Agency, role_code: str) -> None:
    """A second invitation replaces the first, whose link may have been lost."""
    Invitation.objects.filter(
        email=email, agency=agency, role_code=role_code,
        accepted_at__isnull=True, cancelled_at__isnull=True,
    ).update(cancelled_at=clock.now())


def _write(invitation: Invitation, token: str) -> None:
    link = settings.SITE_URL + reverse("invitation", args=[token])
    facts = {
        "name": invitation.full_name,
        "agency": invitation.agency.name_vi,
        "role": ROLES[invitation.role_code].name,
        "link": link,
        "days": settings.INVITATION_DAYS,
    }
    write_letter(
        to=invitation.email,
        subject=_("Lời mời tham gia Kho dữ liệu tỉnh Nghệ An"),
        body=_(
            "Kính gửi %(name)s,\n\n%(agency)s mời ông/bà tham gia Kho dữ liệu tỉnh Nghệ An với vai trò "
            "“%(role)s”.\n\nĐể nhận lời mời, mở liên kết sau trong vòng %(days)s ngày:\n%(link)s\n\n"
            "Nếu ông/bà không chờ thư này, hãy bỏ qua."
        )
        % facts,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
