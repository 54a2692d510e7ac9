"""Inviting people into an agency: nobody becomes agency staff by signing up."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.memberships import grant
from accounts.actions.notices import tell, write_letter
from accounts.actions.offers import cancel_offer
from accounts.granting import (
    check_confirmer,
    check_exists,
    check_grantable,
    confirmers,
    still_backed,
)
from accounts.models import Agency, Invitation, Membership, Person
from accounts.permissions import NotFound, check_permission
from accounts.reasons import check_reason
from accounts.roles import ROLES, Permission
from accounts.turns import take_turn
from core import clock


@transaction.atomic
def invite(
    *, email: str, full_name: str, agency: Agency, role_code: str, by: Person | None
) -> Invitation:
    """Offer a role by e-mail; an earlier offer of it stops working. `link` of the result is known only now.

    A role that reaches every agency is proposed: no letter goes before `confirm`, `link` is empty.
    by=None: the operator's console, which sends such an offer at once only while nobody could confirm it.
    Raises ValidationError when the role may not be granted, is already held, or nobody could confirm it.
    """
    email = email.strip().lower()
    if by is not None:
        check_grantable(by, agency, role_code)
        _check_not_oneself(email, by)
    check_exists(agency)
    take_turn(f"invitations of {email}")
    _check_not_held(email, agency, role_code)
    _replace_open(email, agency, role_code, by)
    seconds = confirmers(email=email, by=by) if ROLES[role_code].everywhere else []
    if ROLES[role_code].everywhere and by is not None and not seconds:
        raise ValidationError(
            _(
                "Vai trò này cần một người thứ hai xác nhận, hiện chưa có ai khác giữ quyền đó. "
                "Hãy nhờ quản trị vận hành lập đề nghị bằng lệnh invite, rồi bạn xác nhận."
            )
        )
    invitation = Invitation(
        email=email,
        full_name=full_name,
        agency=agency,
        role_code=role_code,
        invited_by=by,
        needs_second_person=bool(seconds),
    )
    token = _new_token(invitation)
    invitation.save(force_insert=True)
    if seconds:
        _record(invitation, "invitation.proposed", by)
        _tell(invitation, seconds, "role.proposed")
        return invitation
    alone = {"without_second_person": True} if ROLES[role_code].everywhere else {}
    _record(invitation, "invitation.sent", by, **alone)
    _send(invitation, token)
    return invitation


@transaction.atomic
def confirm(*, invitation: Invitation, by: Person) -> Invitation:
    """The second person agrees: the letter goes, good from now on. `link` as of invite.

    Raises Refused or ValidationError as granting.check_confirmer, and for a proposal whose sender could
    not make it any more.
    """
    invitation = _locked(invitation)
    check_confirmer(invitation, by)
    check_exists(invitation.agency)
    if not still_backed(invitation):
        raise ValidationError(
            _("Người đề nghị không còn quyền cấp vai trò này. Hãy từ chối và lập đề nghị mới.")
        )
    token = _new_token(invitation)
    invitation.confirmed_by, invitation.confirmed_at = by, clock.now()
    invitation.save()
    _record(invitation, "invitation.confirmed", by)
    _send(invitation, token)
    if invitation.invited_by is not None:
        _tell(invitation, [invitation.invited_by], "role.confirmed")
    return invitation


@transaction.atomic
def refuse(*, invitation: Invitation, reason: str, by: Person) -> Invitation:
    """The second person does not agree, and says why. Raises as granting.check_confirmer."""
    invitation = _locked(invitation)
    check_confirmer(invitation, by)
    invitation.refused_by, invitation.refused_at = by, clock.now()
    invitation.refusal_reason = check_reason(reason)
    invitation.save()
    _record(invitation, "invitation.refused", by, reason=invitation.refusal_reason)
    if invitation.invited_by is not None:
        _tell(invitation, [invitation.invited_by], "role.refused")
    return invitation


@transaction.atomic
def accept(*, token: str, password: str | None = None, by: Person | None = None) -> Person:
    """Take the role offered: as `by`, the person of that address, or with a new account and `password`.

    Raises NotFound for a token that is unknown, used, cancelled or expired, or whose senders could not
    offer the role today, and ValidationError for a password that is too weak, or somebody else's invitation.
    """
    take_turn(f"invitations of {find_open(token).email}")
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
    _record(invitation, "invitation.accepted", person)
    return person


@transaction.atomic
def cancel(*, invitation: Invitation, by: Person) -> None:
    """Take an offer back; its link stops working at once. Twice changes nothing.

    Raises ValidationError for one that has been accepted: then there is a role to end.
    """
    check_permission(by, Permission.MANAGE_MEMBERS, invitation.agency)
    locked = _locked(invitation)
    if locked.accepted_at is not None:
        raise ValidationError(
            _("Lời mời này đã được nhận. Nếu người đó không nên có vai trò, hãy thu hồi vai trò."),
            code="accepted",
        )
    if locked.is_open or locked.is_proposal:
        cancel_offer(locked, by)


def find_open(token: str, *, lock: bool = False) -> Invitation:
    """The invitation a link stands for. Raises NotFound for one that no longer works."""
    invitations = Invitation.objects.select_related("agency", "invited_by", "confirmed_by")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(token_hash=_hash(token)).first()
    if invitation is None or not invitation.is_open or not still_backed(invitation):
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
        refused_at__isnull=True,
    )
    for earlier in waiting:
        cancel_offer(earlier, by)


def _locked(invitation: Invitation) -> Invitation:
    invitations = Invitation.objects.select_for_update(of=("self",))
    return invitations.select_related("agency", "invited_by").get(pk=invitation.pk)


def _new_token(invitation: Invitation) -> str:
    """Only its hash is kept; a proposal's is thrown away, for no letter goes yet."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    return token


def _record(invitation: Invitation, action: str, by: Person | None, **more: Any) -> None:
    record(
        by=by,
        action=action,
        target=invitation,
        agency=invitation.agency,
        after={"email": invitation.email, "role": invitation.role_code, **more},
    )


def _tell(invitation: Invitation, people: list[Person], kind: str) -> None:
    tell(
        people,
        kind=kind,
        facts={
            "name": invitation.full_name,
            "email": invitation.email,
            "role_code": invitation.role_code,
            "agency": invitation.agency.name_vi,
            "sender": invitation.invited_by.full_name if invitation.invited_by else "",
            "reason": invitation.refusal_reason,
        },
        path=reverse("role_proposal", args=[invitation.pk]),
    )


def _send(invitation: Invitation, token: str) -> None:
    """The letter, in the language of who reads it."""
    with translation.override(_language_of(invitation.email)):
        invitation.link = settings.SITE_URL + reverse("invitation", args=[token])
        _write(invitation)


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
