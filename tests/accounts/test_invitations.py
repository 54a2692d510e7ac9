"""Inviting people, and what becomes of an invitation."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import translation

from accounts.actions.invitations import accept, cancel, find_open, invite
from accounts.actions.memberships import end
from accounts.actions.security import remove_second_factor
from accounts.models import Agency, AuditEvent, Invitation, OutboxMessage, Person
from accounts.permissions import Forbidden, NotFound
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "Chuyển công tác từ tháng này."
PASSWORD = "mat-khau-dau-tien-26"
EMAIL = "moi@thu.example"


def _invite(
    agency: Agency, *, by: Person | None, email: str = EMAIL, role: str = "contributor"
) -> Invitation:
    return invite(email=email, full_name="Nguyễn Văn Mới", agency=agency, role_code=role, by=by)


def _token(invitation: Invitation) -> str:
    return re.search(r"/loi-moi/([^/]+)/$", invitation.link)[1]  # type: ignore[index]


@pytest.fixture
def agency() -> Agency:
    return factories.agency("Sở Y tế")


@pytest.fixture
def admin(agency: Agency) -> Person:
    return factories.person("agency_admin", agency)


def test_newcomer_gets_account_and_role(agency: Agency, admin: Person) -> None:
    invitation = _invite(agency, by=admin, email=" Moi@Thu.example ")
    person = accept(token=_token(invitation), password=PASSWORD)
    assert (person.email, person.full_name) == (EMAIL, "Nguyễn Văn Mới")
    assert person.check_password(PASSWORD)
    membership = person.memberships.get()
    assert (membership.agency, membership.role_code) == (agency, "contributor")
    assert membership.granted_by == admin
    assert list(AuditEvent.objects.order_by("id").values_list("action", flat=True)) == [
        "invitation.sent",
        "membership.granted",
        "invitation.accepted",
    ]


def test_somebody_with_an_account_gets_one_more_role(agency: Agency, admin: Person) -> None:
    person = factories.person("contributor")
    invitation = _invite(agency, by=admin, email=person.email, role="approver")
    assert accept(token=_token(invitation), by=person) == person
    assert person.memberships.filter(agency=agency, role_code="approver").exists()
    assert Person.objects.filter(email=person.email).count() == 1


def test_letter_tells_who_invites_to_what(agency: Agency, admin: Person) -> None:
    invitation = _invite(agency, by=admin)
    letter = OutboxMessage.objects.get()
    assert letter.to == EMAIL
    for words in ("Nguyễn Văn Mới", "Sở Y tế", "Cán bộ cập nhật", "14 ngày", invitation.link):
        assert words in letter.body


def test_letter_is_in_the_readers_language_not_the_senders(agency: Agency, admin: Person) -> None:
    person = factories.person()
    Person.objects.filter(pk=person.pk).update(language="en")
    invitation = _invite(agency, by=admin, email=person.email)
    assert "/en/loi-moi/" in invitation.link
    with translation.override("en"):
        assert "/en/" not in _invite(agency, by=admin).link


def test_token_is_nowhere_in_the_database(agency: Agency, admin: Person) -> None:
    invitation = _invite(agency, by=admin)
    token = _token(invitation)
    kept = Invitation.objects.values().get()
    assert token not in str(kept)
    assert token not in str(list(AuditEvent.objects.values()))


def test_second_invitation_replaces_the_first(agency: Agency, admin: Person) -> None:
    first = _invite(agency, by=admin)
    second = _invite(agency, by=admin)
    with pytest.raises(NotFound):
        find_open(_token(first))
    assert find_open(_token(second)) == second
    assert AuditEvent.objects.filter(action="invitation.cancelled").count() == 1


def test_console_invites_the_first_admin(agency: Agency) -> None:
    person = accept(token=_token(_invite(agency, by=None, role="agency_admin")), password=PASSWORD)
    assert person.memberships.get().granted_by is None


def test_link_works_once(agency: Agency, admin: Person) -> None:
    token = _token(_invite(agency, by=admin))
    accept(token=token, password=PASSWORD)
    with pytest.raises(NotFound):
        accept(token=token, password=PASSWORD)


def test_cancelled_link_stops_working(agency: Agency, admin: Person) -> None:
    invitation = _invite(agency, by=admin)
    cancel(invitation=invitation, by=admin)
    cancel(invitation=invitation, by=admin)
    with pytest.raises(NotFound):
        accept(token=_token(invitation), password=PASSWORD)
    assert AuditEvent.objects.filter(action="invitation.cancelled").count() == 1


def test_link_expires(agency: Agency, admin: Person) -> None:
    invitation = _invite(agency, by=admin)
    with (
        clock.set_to(invitation.invited_at + timedelta(days=14, seconds=1)),
        pytest.raises(NotFound),
    ):
        accept(token=_token(invitation), password=PASSWORD)
    with clock.set_to(invitation.invited_at + timedelta(days=14)):
        assert accept(token=_token(invitation), password=PASSWORD).email == EMAIL


def test_weak_password_leaves_the_invitation_open(agency: Agency, admin: Person) -> None:
    token = _token(_invite(agency, by=admin))
    with pytest.raises(ValidationError, match="12 ký tự"):
        accept(token=token, password="ngan")
    assert find_open(token).email == EMAIL
    assert not Person.objects.filter(email=EMAIL).exists()


def test_somebody_else_cannot_take_it(agency: Agency, admin: Person) -> None:
    token = _token(_invite(agency, by=admin))
    with pytest.raises(ValidationError, match="địa chỉ thư khác"):
        accept(token=token, by=factories.person())


def test_an_account_cannot_be_taken_over_by_a_link(agency: Agency, admin: Person) -> None:
    person = factories.person()
    token = _token(_invite(agency, by=admin, email=person.email))
    with pytest.raises(ValidationError, match="đã có tài khoản"):
        accept(token=token, password=PASSWORD)
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def _sender_is_ended(admin: Person) -> None:
    boss = factories.person("agency_admin", admin.memberships.get().agency)
    end(reason=WHY, membership=admin.memberships.get(), by=boss)


def _sender_s_role_runs_out(admin: Person) -> None:
    admin.memberships.update(valid_to=clock.today() - timedelta(days=1))


def _sender_is_disabled(admin: Person) -> None:
    Person.objects.filter(pk=admin.pk).update(is_active=False)


@pytest.mark.parametrize("leave", [_sender_is_ended, _sender_s_role_runs_out, _sender_is_disabled])
def test_an_invitation_dies_with_its_sender_s_right(
    agency: Agency, admin: Person, leave: Callable[[Person], None]
) -> None:
    token = _token(_invite(agency, by=admin))
    leave(admin)
    with pytest.raises(NotFound):
        find_open(token)
    with pytest.raises(NotFound):
        accept(token=token, password=PASSWORD)
    assert not Person.objects.filter(email=EMAIL).exists()


@override_settings(REQUIRE_2FA=True)
def test_an_invitation_dies_with_its_sender_s_second_factor(agency: Agency, admin: Person) -> None:
    TOTP.activate(admin, generate_totp_secret())
    token = _token(_invite(agency, by=admin))
    remove_second_factor(person=admin)
    with pytest.raises(NotFound):
        accept(token=token, password=PASSWORD)


def test_ending_a_role_takes_back_what_was_offered_by_it(agency: Agency, admin: Person) -> None:
    offered = _invite(agency, by=admin)
    other = factories.person("agency_admin", agency)
    theirs = _invite(agency, by=other, email="khac@thu.example")
    end(reason=WHY, membership=admin.memberships.get(), by=other)
    offered.refresh_from_db()
    theirs.refresh_from_db()
    assert (offered.cancelled_at is None, theirs.cancelled_at is None) == (False, True)
    [event] = AuditEvent.objects.filter(action="invitation.cancelled")
    assert (event.actor_id, event.after["cancelled_for"]) == (other.pk, "sender")


def test_who_may_still_offer_it_by_another_role_leaves_it_open(agency: Agency) -> None:
    authority = factories.agency(data_authority=True)
    officer = factories.person("ict_officer", authority)
    factories.person("agency_admin", agency)
    officer.memberships.create(agency=agency, role_code="agency_admin", valid_from="2023-10-10")
    token = _token(_invite(agency, by=officer))
    boss = factories.person("agency_admin", agency)
    end(reason=WHY, membership=officer.memberships.get(role_code="agency_admin"), by=boss)
    assert find_open(token).email == EMAIL


def test_role_already_held_is_not_offered(agency: Agency, admin: Person) -> None:
    member = factories.person("contributor", agency)
    with pytest.raises(ValidationError, match="đã có vai trò đó"):
        _invite(agency, by=admin, email=member.email)


def test_nobody_invites_themselves(agency: Agency, admin: Person) -> None:
    with pytest.raises(ValidationError, match="tự cấp vai trò"):
        _invite(agency, by=admin, email=admin.email, role="approver")


def test_role_beyond_reach_is_not_offered(agency: Agency, admin: Person) -> None:
    with pytest.raises(ValidationError, match="không được cấp vai trò này"):
        _invite(agency, by=admin, role="ict_leader")


def test_agency_that_is_no_more_invites_nobody() -> None:
    gone = factories.agency(valid_to=date(2025, 2, 28))
    with pytest.raises(ValidationError, match="không còn hoạt động"):
        _invite(gone, by=None)


def test_colleagues_invite_and_cancel_nothing(agency: Agency, admin: Person) -> None:
    colleague = factories.person("approver", agency)
    with pytest.raises(Forbidden):
        _invite(agency, by=colleague)
    with pytest.raises(Forbidden):
        cancel(invitation=_invite(agency, by=admin), by=colleague)
