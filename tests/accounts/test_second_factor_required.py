"""REQUIRE_2FA: deciding, handing out rights or secrets and seeing traces need more than a password."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings

from accounts.models import Invitation
from accounts.permissions import (
    Forbidden,
    SecondFactorMissing,
    check_anywhere,
    check_permission,
    has_permission,
)
from accounts.roles import NEEDS_SECOND_FACTOR, Permission, roles_with
from tests import factories

pytestmark = pytest.mark.django_db


@override_settings(REQUIRE_2FA=True)
def test_approver_with_a_second_factor_may() -> None:
    agency = factories.agency()
    approver = factories.person("approver", agency)
    TOTP.activate(approver, generate_totp_secret())
    assert check_permission(approver, Permission.DECIDE_RELEASE, agency) == approver


@override_settings(REQUIRE_2FA=False)
def test_not_asked_for_in_the_demonstration() -> None:
    agency = factories.agency()
    assert has_permission(factories.person("approver", agency), Permission.DECIDE_RELEASE, agency)


# Why a password alone is enough for these.
WITHOUT = {
    Permission.SEE_AGENCY_WORK: "reading what one's own agency works on",
    Permission.REGISTER_DATASET: "a description is published by the approver",
    Permission.UPLOAD_RELEASE: "what was uploaded is published by the approver",
    Permission.DESCRIBE_SERVICE: "a description and its changes are accepted by the approver",
    Permission.CURATE_CATALOGUE: "addresses change, the earlier ones go on working",
    Permission.SEE_PROGRESS: "progress is public",
    Permission.REMIND: "one notice a day to those who are late",
}


def test_every_permission_needs_one_or_says_why_not() -> None:
    assert not WITHOUT.keys() & NEEDS_SECOND_FACTOR
    assert WITHOUT.keys() | NEEDS_SECOND_FACTOR == set(Permission)


@override_settings(REQUIRE_2FA=True)
@pytest.mark.parametrize("permission", sorted(NEEDS_SECOND_FACTOR))
def test_without_one_these_are_refused(permission: Permission) -> None:
    agency = factories.agency()
    person = factories.person(roles_with(permission)[0].code, agency)
    with pytest.raises(SecondFactorMissing):
        check_permission(person, permission, agency)
    with pytest.raises(SecondFactorMissing):
        check_anywhere(person, permission)
    TOTP.activate(person, generate_totp_secret())
    assert check_permission(person, permission, agency) == check_anywhere(person, permission)


@override_settings(REQUIRE_2FA=True)
@pytest.mark.parametrize("role", ["agency_admin", "ict_officer", "ict_leader"])
def test_nobody_is_invited_with_a_password_alone(client: Client, role: str) -> None:
    authority = factories.agency(data_authority=True)
    client.force_login(factories.person(role, authority))
    facts = {"full_name": "Người mới", "email": "moi@thu.example", "role_code": "approver"}
    answer = client.post(f"/lam-viec/co-quan/{authority.slug}/thanh-vien/", facts)
    assert answer.headers["Location"] == "/tai-khoan/xac-thuc/bat/"
    assert not Invitation.objects.exists()


@override_settings(REQUIRE_2FA=True)
def test_everything_else_goes_on_without() -> None:
    agency = factories.agency()
    assert has_permission(
        factories.person("contributor", agency), Permission.UPLOAD_RELEASE, agency
    )


@override_settings(REQUIRE_2FA=True)
def test_missing_role_is_said_before_the_missing_factor() -> None:
    agency = factories.agency()
    with pytest.raises(Forbidden):
        check_permission(factories.person("contributor", agency), Permission.DECIDE_RELEASE, agency)


@override_settings(REQUIRE_2FA=True)
def test_approver_is_led_to_adding_one(client: Client) -> None:
    release = factories.release_at("submitted")
    approver = factories.person("approver", release.resource.dataset.agency)
    client.force_login(approver)
    answer = client.get(f"/lam-viec/ky/{release.pk}/duyet/", follow=True)
    assert answer.redirect_chain[0] == ("/tai-khoan/xac-thuc/bat/", 302)
    assert "Việc này cần xác thực hai lớp." in answer.content.decode()
