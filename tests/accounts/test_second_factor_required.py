"""REQUIRE_2FA: who approves or issues accounts needs more than a password."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings

from accounts.permissions import (
    Forbidden,
    SecondFactorMissing,
    check_permission,
    has_permission,
)
from accounts.roles import Permission
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


@override_settings(REQUIRE_2FA=True)
@pytest.mark.parametrize(
    ("role", "permission"),
    [
        ("approver", Permission.DECIDE_RELEASE),
        ("approver", Permission.WITHDRAW_DATASET),
        ("ict_officer", Permission.ISSUE_ACCOUNT),
    ],
)
def test_without_one_these_are_refused(role: str, permission: Permission) -> None:
    agency = factories.agency()
    with pytest.raises(SecondFactorMissing):
        check_permission(factories.person(role, agency), permission, agency)


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
