"""Inviting people into an agency: nobody becomes agency staff by signing up."""

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.memberships import check_exists, check_grantable, grant
from accounts.actions.notices import write_letter
from accounts.models import Agency, Invitation, Membership, Person
from accounts.permissions import NotFound, check_permission
from accounts.roles import ROLES, Permission
from portal import clock


@transaction.atomic
def invite(
    *, email: str, full_name: str, agency: Agency, role_code: str, by: Person | None
) -> Invitation:
    """Offer a role by e-mail; an earlier offer of it stops working. `link` of the result is known only now.

    by=None: the operator's console, for the first people.
    Raises ValidationError when the role may not be granted or is already held.
    """
    email = email.strip().lower()
    if by is not None:
        check_grantable(by, agency, role_code)
        _check_not_oneself(email, by)
    check_exists(agency)
    _check_not_held(email, agency, role_code)
    _replace_open(email, agency, role_code, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        full_name=full_name,
        agency=agency,
        role_code=role_code,
        token_hash=_hash(token),
        invited_by=by,
    )
    record(
        by=by,
        action="invitation.sent",
        target=invitation,
        agency=agency,
        after={"email": email, "role": role_code},
    )
    with translation.override(_language_of(email)):
        invitation.link = settings.SITE_URL + reverse("invitation", args=[token])
        _write(invitation)
    return invitation


@transaction.atomic
def accept(*, token: str, password: str | None = None, by: Person | None = None) -> Person:
    """Take the role offered: as `by`, the person of that address, or with a new account and `password`.

    Raises NotFound for a token that is unknown, used, cancelled or expired, and ValidationError for a
    password that is too weak, or somebody else's invitation.
    """
    invitation = find_open(token, lock=True)
    if by is not None and by.email != invitation.email:
        raise ValidationError(
            _("Lời mời này gửi cho địa chỉ thư khác với tài khoản đang đăng nhập.")
        )
    person = by or _new_person(invitation, password or "")
    grant(
        person=person,
        agency=invitation.agency,
        role_code=invitation.role_code,
        by=None,
        invited_by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = clock.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        by=person,
        action="invitation.accepted",
        target=invitation,
        agency=invitation.agency,
        after={"email": invitation.email, "role": invitation.role_code},
    )
    return person


@transaction.atomic
def cancel(*, invitation: Invitation, by: Person) -> None:
    """Take an offer back; its link stops working at once."""
    check_permission(by, Permission.MANAGE_MEMBERS, invitation.agency)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.is_open:
        _cancel(locked, by)


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
            _(
                "Địa chỉ thư này đã có tài khoản. Hãy đăng nhập bằng tài khoản đó rồi mở lại lời mời."
            )
        )
    validate_password(password, Person(email=invitation.email, full_name=invitation.full_name))
    return Person.objects.create_user(invitation.email, invitation.full_name, password)


def _check_not_oneself(email: str, by: Person) -> None:
    """Separation of duties: a role always comes from somebody else."""
    if email == by.email:
        raise ValidationError(_("Bạn không thể tự cấp vai trò cho mình."))


def _check_not_held(email: str, agency: Agency, role_code: str) -> None:
    held = Membership.objects.current().filter(
        person__email=email, agency=agency, role_code=role_code
    )
    if held.exists():
        raise ValidationError(_("Người này đã có vai trò đó ở cơ quan."))


def _replace_open(email: str, agency: Agency, role_code: str, by: Person | None) -> None:
    """A second invitation replaces the first, whose link may have been lost."""
    waiting = Invitation.objects.select_for_update().filter(
        email=email,
        agency=agency,
        role_code=role_code,
        accepted_at__isnull=True,
        cancelled_at__isnull=True,
    )
    for earlier in waiting:
        _cancel(earlier, by)


def _cancel(invitation: Invitation, by: Person | None) -> None:
    invitation.cancelled_at = clock.now()
    invitation.save(update_fields=["cancelled_at"])
    record(
        by=by,
        action="invitation.cancelled",
        target=invitation,
        agency=invitation.agency,
        after={"email": invitation.email, "role": invitation.role_code},
    )


def _language_of(email: str) -> str:
    """The language the letter is read in: the account's, Vietnamese for somebody new."""
    person = Person.objects.filter(email=email).first()
    return person.language if person else Person.Language.VIETNAMESE


def _write(invitation: Invitation) -> None:
    facts = {
        "name": invitation.full_name,
        "agency": invitation.agency.name,
        "role": ROLES[invitation.role_code].name,
        "link": invitation.link,
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
