"""Disabling a person of one's agency, and enabling them again."""

import re
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import find_open, invite
from accounts.models import Agency, AuditEvent, Membership, Notice, Person
from accounts.permissions import NotFound, has_permission
from accounts.roles import Permission
from tests import factories
from tests.accounts.test_second_factor import code_for
from tests.accounts.test_sessions import is_in, signed_in

pytestmark = pytest.mark.django_db
REASON = "Đã nghỉ việc theo quyết định ngày 30/11."


@pytest.fixture
def agency() -> Agency:
    return factories.agency("Sở Y tế")


@pytest.fixture
def admin(agency: Agency) -> Person:
    return factories.person("agency_admin", agency)


def do(client: Client, by: Person, what: str, person: Person, agency: Agency, **facts: str) -> str:
    client.force_login(by)
    address = reverse(f"person_{what}", args=[agency.slug, person.pk])
    return client.post(address, {"reason": REASON, **facts}, follow=True).content.decode()


def test_the_person_is_shut_out_at_once(client: Client, agency: Agency, admin: Person) -> None:
    person = factories.person("approver", agency)
    theirs = signed_in(person)
    assert is_in(theirs)
    client.force_login(admin)
    members = reverse("members", args=[agency.slug])
    address = reverse("person_disable", args=[agency.slug, person.pk])
    assert address in client.get(members).content.decode()
    page = do(client, admin, "disable", person, agency)
    assert "các phiên đăng nhập đã kết thúc" in page
    assert "Đã ngừng hoạt động" in page
    assert not is_in(theirs)
    again = Client().post("/dang-nhap/", {"login": person.email, "password": factories.PASSWORD})
    assert again.headers.get("Location", "") != "/lam-viec/"
    fresh = Person.objects.get(pk=person.pk)
    assert not has_permission(fresh, Permission.DECIDE_RELEASE, agency)
    assert Membership.objects.get(person=person).valid_to is None
    event = AuditEvent.objects.get(action="person.disabled")
    assert (event.actor_id, event.agency_key) == (admin.pk, agency.key)
    assert event.after == {"reason": REASON, "sessions": 1}
    assert Notice.objects.filter(person=person, kind="person.disabled").exists()


def test_what_they_sent_and_got_dies(client: Client, agency: Agency) -> None:
    authority = factories.agency(data_authority=True)
    officer = factories.person("ict_officer", authority)
    person = factories.person("agency_admin", agency)
    facts = {"full_name": "Người mới", "agency": agency, "role_code": "contributor"}
    sent = invite(email="moi@thu.example", by=person, **facts)
    got = invite(email=person.email, by=officer, full_name="x", agency=agency, role_code="approver")
    do(client, officer, "disable", person, agency, knowingly="on")
    for offer in (sent, got):
        offer.refresh_from_db()
        assert offer.cancelled_at is not None
        with pytest.raises(NotFound):
            find_open(re.search(r"/loi-moi/([^/]+)/", offer.link)[1])  # type: ignore[index]
    why = AuditEvent.objects.filter(action="invitation.cancelled").order_by("id")
    assert [one.after["cancelled_for"] for one in why] == ["sender", "receiver"]


def test_a_link_of_a_forgotten_password_on_its_way_is_void(
    client: Client, agency: Agency, admin: Person
) -> None:
    person = factories.person("approver", agency)
    token = default_token_generator.make_token(person)
    assert default_token_generator.check_token(person, token)
    do(client, admin, "disable", person, agency)
    do(client, admin, "enable", person, agency)
    assert not default_token_generator.check_token(Person.objects.get(pk=person.pk), token)


def test_a_sign_in_half_done_goes_no_further(client: Client, agency: Agency, admin: Person) -> None:
    """The password was right before the disabling, the code comes after it."""
    person = factories.person("approver", agency)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    theirs = Client()
    theirs.post("/dang-nhap/", {"login": person.email, "password": factories.PASSWORD})
    do(client, admin, "disable", person, agency)
    answer = theirs.post("/dang-nhap/ma-xac-thuc/", {"code": code_for(secret)})
    assert answer.headers.get("Location") == "/tai-khoan/ngung-hoat-dong/"
    assert not is_in(theirs)


def test_enabled_again_they_come_back_as_they_were(
    client: Client, agency: Agency, admin: Person
) -> None:
    person = factories.person("approver", agency)
    do(client, admin, "disable", person, agency)
    client.force_login(admin)
    page = client.get(reverse("members", args=[agency.slug])).content.decode()
    assert reverse("person_enable", args=[agency.slug, person.pk]) in page
    do(client, admin, "enable", person, agency)
    assert is_in(signed_in(person))
    assert has_permission(Person.objects.get(pk=person.pk), Permission.DECIDE_RELEASE, agency)
    assert AuditEvent.objects.get(action="person.enabled").after == {"reason": REASON}


def refused(client: Client, by: Person, person: Person, agency: Agency, **facts: str) -> str:
    page = do(client, by, "disable", person, agency, **facts)
    assert Person.objects.get(pk=person.pk).is_active
    return page


def test_nobody_disables_themselves(client: Client, agency: Agency, admin: Person) -> None:
    assert "không thể tự ngừng hoạt động" in refused(client, admin, admin, agency)


def test_the_last_administrator_is_disabled_knowingly(client: Client, agency: Agency) -> None:
    authority = factories.agency(data_authority=True)
    officer = factories.person("ict_officer", authority)
    admin = factories.person("agency_admin", agency)
    assert "quản trị cuối cùng của cơ quan" in refused(client, officer, admin, agency)
    assert (
        "Tôi biết cơ quan sẽ không còn quản trị nào"
        in client.get(reverse("person_disable", args=[agency.slug, admin.pk])).content.decode()
    )
    do(client, officer, "disable", admin, agency, knowingly="on")
    assert not Person.objects.get(pk=admin.pk).is_active


def test_the_last_who_gives_roles_everywhere_stays(client: Client) -> None:
    authority = factories.agency(data_authority=True)
    leader = factories.person("ict_leader", authority)
    other = factories.person("ict_leader", authority)
    do(client, leader, "disable", other, authority)
    assert not Person.objects.get(pk=other.pk).is_active
    other.is_active = True
    other.save()
    leader.memberships.all().delete()
    leader.memberships.create(agency=authority, role_code="ict_officer", valid_from="2023-10-10")
    assert "ngoài phạm vi của bạn" in refused(client, leader, other, authority)


def test_a_person_who_works_elsewhere_too_is_beyond_reach(
    client: Client, agency: Agency, admin: Person
) -> None:
    person = factories.person("contributor", agency)
    elsewhere = factories.agency("Sở Khác")
    person.memberships.create(agency=elsewhere, role_code="approver", valid_from="2023-10-10")
    page = refused(client, admin, person, agency)
    assert "còn giữ vai trò “Lãnh đạo duyệt” ở Sở Khác" in page
    authority = factories.agency(data_authority=True)
    do(client, factories.person("ict_officer", authority), "disable", person, agency)
    assert not Person.objects.get(pk=person.pk).is_active


def test_a_reason_is_needed(client: Client, agency: Agency, admin: Person) -> None:
    person = factories.person("contributor", agency)
    assert "Hãy điền nội dung này." in refused(client, admin, person, agency, reason="")
    assert "ít nhất 10 ký tự" in refused(client, admin, person, agency, reason="Nghỉ")


def test_others_may_not(client: Client, agency: Agency, admin: Person) -> None:
    person = factories.person("contributor", agency)
    address = reverse("person_disable", args=[agency.slug, person.pk])
    for by, status in (
        (factories.person("approver", agency), 403),
        (factories.person("agency_admin"), 404),
    ):
        client.force_login(by)
        assert client.post(address, {"reason": REASON}).status_code == status
    stranger: Any = factories.person("contributor")
    client.force_login(admin)
    address = reverse("person_disable", args=[agency.slug, stranger.pk])
    assert client.get(address).status_code == 404
    assert Person.objects.filter(is_active=False).count() == 0
