"""/tai-khoan/: what the portal knows of oneself."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings

from accounts.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/"
TYPED = {"full_name": "Nguyễn Thị Mai", "language": "en"}


def test_roles_are_shown_with_agency_and_date(client: Client) -> None:
    client.force_login(factories.person("approver", factories.agency("Sở Y tế")))
    page = client.get(PAGE).content.decode()
    for words in ("Lãnh đạo duyệt", "Sở Y tế", "10/10/2023", "không thời hạn"):
        assert words in page


def test_changes_are_saved_and_recorded(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    answer = client.post(PAGE, TYPED)
    assert (answer.status_code, answer.url) == (302, PAGE)
    person.refresh_from_db()
    assert (person.full_name, person.language, person.wants_email) == (
        "Nguyễn Thị Mai",
        "en",
        False,
    )
    assert AuditEvent.objects.get().after == {
        "full_name": "Nguyễn Thị Mai",
        "language": "en",
        "wants_email": False,
    }
    assert "Đã lưu thông tin cá nhân." in client.get(PAGE).content.decode()


def test_saving_nothing_new_records_nothing(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    same = {"full_name": person.full_name, "language": "vi", "wants_email": "on"}
    assert client.post(PAGE, same).status_code == 302
    assert not AuditEvent.objects.exists()


def test_name_that_was_refused_is_not_shown_as_ones_name(client: Client) -> None:
    person = factories.person(name="Tên Đúng")
    client.force_login(person)
    page = client.post(PAGE, {**TYPED, "full_name": ""}).content.decode()
    assert "Nhập họ và tên." in page
    assert "Tên Đúng" in page
    person.refresh_from_db()
    assert person.language == "vi"


def test_address_and_rights_cannot_be_changed_here(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    client.post(PAGE, {**TYPED, "email": "khac@thu.example", "is_superuser": "on"})
    person.refresh_from_db()
    assert person.email != "khac@thu.example"
    assert not person.is_superuser


@override_settings(REQUIRE_2FA=True)
def test_state_of_the_second_factor_is_shown(client: Client) -> None:
    person = factories.person("approver")
    client.force_login(person)
    assert "Vai trò của bạn cần xác thực hai lớp" in client.get(PAGE).content.decode()
    TOTP.activate(person, generate_totp_secret())
    page = client.get(PAGE).content.decode()
    assert "Xác thực hai lớp: đang bật" in page
    assert "Vai trò của bạn cần xác thực hai lớp" not in page


def test_page_is_private(client: Client) -> None:
    client.force_login(factories.person())
    assert client.get(PAGE).headers["Cache-Control"] == "private, no-store"


def test_visitor_signs_in_first(client: Client) -> None:
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"
    assert client.post(PAGE, TYPED).url == f"/dang-nhap/?next={PAGE}"
