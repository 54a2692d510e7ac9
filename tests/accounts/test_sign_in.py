"""/dang-nhap/: by e-mail and password."""

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, override_settings

from accounts.models import AuditEvent, OutboxMessage
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/dang-nhap/"


def _sign_in(
    client: Client, email: str, password: str = factories.PASSWORD, **more: str
) -> HttpResponse:
    return client.post(PAGE, {"login": email, "password": password, **more})


def test_person_arrives_at_their_work(client: Client) -> None:
    person = factories.person()
    answer = _sign_in(client, person.email.upper())
    assert (answer.status_code, answer.url) == (302, "/lam-viec/")
    assert client.session["_auth_user_id"] == str(person.pk)
    event = AuditEvent.objects.get(action="person.signed_in")
    assert (event.actor_id, event.address) == (person.pk, "127.0.0.1")


def test_landing_page_is_in_the_persons_language(client: Client) -> None:
    person = factories.person()
    person.language = "en"
    person.save()
    assert _sign_in(client, person.email).url == "/en/lam-viec/"


def test_page_asked_for_is_opened(client: Client) -> None:
    person = factories.person()
    assert _sign_in(client, person.email, next="/thong-bao/").url == "/thong-bao/"


def test_page_carries_the_page_asked_for(client: Client) -> None:
    page = markup(client.get(PAGE, {"next": "/thong-bao/"}))
    assert '<input type="hidden" name="next" value="/thong-bao/">' in page


def test_other_hosts_are_not_gone_to(client: Client) -> None:
    person = factories.person()
    assert _sign_in(client, person.email, next="https://example.org/").url == "/lam-viec/"


def test_page_speaks_vietnamese(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    for words in ("Thư điện tử", "Mật khẩu", "Quên mật khẩu", "Chưa có tài khoản?"):
        assert words in page
    assert "Password" not in page
    assert "placeholder" not in page


def test_no_account_is_listed_outside_the_demonstration(client: Client) -> None:
    person = factories.person()
    with override_settings(DEMO=False):
        page = client.get(PAGE).content.decode()
    assert person.email not in page
    assert "Tài khoản minh hoạ" not in page


@pytest.mark.parametrize("known", [True, False])
def test_wrong_password_and_unknown_address_read_the_same(client: Client, known: bool) -> None:
    email = factories.person().email if known else "khong-co@thu.example"
    answer = _sign_in(client, email, "sai-mat-khau-nay")
    page = markup(answer)
    assert answer.status_code == 200
    assert "Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra và nhập lại." in page
    assert "<title>Lỗi: Đăng nhập" in page
    assert "sai-mat-khau-nay" not in page
    assert "_auth_user_id" not in client.session


def test_empty_form_says_what_to_type(client: Client) -> None:
    page = client.post(PAGE, {}).content.decode()
    assert "Nhập thư điện tử." in page
    assert "Nhập mật khẩu." in page


def test_malformed_address_is_explained(client: Client) -> None:
    page = _sign_in(client, "khong-phai-thu").content.decode()
    assert "Nhập thư điện tử đúng dạng, ví dụ ten@nghean.gov.vn." in page


def test_account_that_ended_does_not_open(client: Client) -> None:
    person = factories.person()
    person.is_active = False
    person.save()
    answer = _sign_in(client, person.email)
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 302)
    assert not AuditEvent.objects.filter(action="person.signed_in").exists()


@pytest.mark.parametrize("path", ["/dang-ky/", "/accounts/signup/", "/tai-khoan/email/"])
def test_nobody_signs_up(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_letter_is_sent_past_the_outbox(client: Client) -> None:
    person = factories.person()
    _sign_in(client, person.email)
    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()


def test_demonstration_lists_its_accounts(client: Client) -> None:
    with override_settings(DEMO=True):
        page = client.get(PAGE).content.decode()
    assert "Tài khoản minh hoạ" in page
    assert page.count("@demo.nghean.example</code>") > 10
