"""/tai-khoan/mat-khau/doi/."""

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEvent, Notice, OutboxMessage, Person
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/mat-khau/doi/"
NEW = "mot-mat-khau-moi-dai"


def _change(
    client: Client, old: str = factories.PASSWORD, new: str = NEW, again: str = ""
) -> HttpResponse:
    return client.post(PAGE, {"oldpassword": old, "password1": new, "password2": again or new})


@pytest.fixture
def person(client: Client) -> Person:
    somebody = factories.person()
    client.force_login(somebody)
    return somebody


def test_new_password_counts_and_the_owner_is_told(client: Client, person: Person) -> None:
    answer = _change(client)
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/")
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert "_auth_user_id" in client.session
    assert AuditEvent.objects.get().action == "person.password_changed"
    assert Notice.objects.get(person=person).kind == "person.password_changed"
    assert "vừa được thay đổi" in OutboxMessage.objects.get(to=person.email).subject


def test_other_sessions_end(client: Client, person: Person) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    _change(client)
    assert elsewhere.get("/thong-bao/").status_code == 302


def test_labels_are_vietnamese(client: Client, person: Person) -> None:
    page = client.get(PAGE).content.decode()
    for words in ("Mật khẩu hiện tại", "Mật khẩu mới", "Nhập lại mật khẩu mới", "Ít nhất 12 ký tự"):
        assert words in page
    assert "Password" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "khong-phai-no"}, "Mật khẩu hiện tại không đúng."),
        ({"again": "mot-mat-khau-khac"}, "Hai lần nhập mật khẩu mới chưa giống nhau."),
        (
            {"new": factories.PASSWORD},
            "Mật khẩu mới trùng mật khẩu hiện tại. Hãy chọn mật khẩu khác.",
        ),
        ({"new": "ngan"}, "Mật khẩu phải có ít nhất 12 ký tự."),
        ({"new": "123456789012345"}, "Mật khẩu này hoàn toàn là số."),
    ],
)
def test_refusals_say_why(
    client: Client, person: Person, typed: dict[str, str], sentence: str
) -> None:
    answer = _change(client, **typed)
    assert sentence in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)
    assert not AuditEvent.objects.exists()


def test_visitor_signs_in_first(client: Client) -> None:
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"
