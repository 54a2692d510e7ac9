"""/tai-khoan/xac-thuc/: an authenticator app and recovery codes beside the password."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, override_settings

from accounts.models import AuditEvent, Notice, Person
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/tai-khoan/xac-thuc/bat/"
REMOVE = "/tai-khoan/xac-thuc/tat/"
CODES = "/tai-khoan/xac-thuc/ma-du-phong/"
ASKED = "/dang-nhap/ma-xac-thuc/"


def code_for(secret: str, *, periods_ahead: int = 0) -> str:
    """What the app on the telephone would show."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_ahead))


def sign_in(client: Client, person: Person):
    return client.post("/dang-nhap/", {"login": person.email, "password": factories.PASSWORD})


def confirm_password(client: Client, page: str) -> None:
    asked = client.get(page)
    assert asked.url.startswith("/tai-khoan/xac-nhan-lai/")
    client.post(asked.url, {"password": factories.PASSWORD})


def add_second_factor(client: Client) -> str:
    """The secret of the app just added."""
    confirm_password(client, ADD)
    page = client.get(ADD).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]  # type: ignore[index]
    answer = client.post(ADD, {"code": code_for(secret)})
    assert (answer.status_code, answer.url) == (302, CODES), answer.content.decode()
    return secret


@pytest.fixture
def person(client: Client) -> Person:
    somebody = factories.person()
    client.force_login(somebody)
    return somebody


def test_adding_asks_for_the_password_again_and_gives_recovery_codes(
    client: Client, person: Person, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_second_factor(client)
    page = client.get(CODES).content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code></li>", page)) == 10
    assert AuditEvent.objects.filter(action="person.second_factor_added").count() == 1
    assert Notice.objects.filter(person=person, kind="person.second_factor_added").exists()


def test_next_sign_in_asks_for_a_code(client: Client, person: Person) -> None:
    secret = add_second_factor(client)
    elsewhere = Client()
    assert sign_in(elsewhere, person).url == ASKED
    assert elsewhere.get("/thong-bao/").status_code == 302
    assert elsewhere.post(ASKED, {"code": code_for(secret)}).url == "/lam-viec/"
    assert elsewhere.get("/thong-bao/").status_code == 200


def test_telephone_may_run_half_a_minute_ahead(client: Client, person: Person) -> None:
    secret = add_second_factor(client)
    elsewhere = Client()
    sign_in(elsewhere, person)
    code = code_for(secret, periods_ahead=1)
    assert elsewhere.post(ASKED, {"code": code}).url == "/lam-viec/"


def test_code_works_once(client: Client, person: Person) -> None:
    secret = add_second_factor(client)
    code = code_for(secret)
    for browser, status in ((Client(), 302), (Client(), 200)):
        sign_in(browser, person)
        assert browser.post(ASKED, {"code": code}).status_code == status


def test_recovery_code_works_once(client: Client, person: Person) -> None:
    add_second_factor(client)
    page = client.get(CODES).content.decode()
    code = re.findall(r"<code>(\d{8})</code>", page)[0]
    first = Client()
    sign_in(first, person)
    assert first.post(ASKED, {"code": code}).url == "/lam-viec/"
    second = Client()
    sign_in(second, person)
    assert "Mã không đúng hoặc đã hết hạn." in second.post(ASKED, {"code": code}).content.decode()


def test_wrong_code_is_refused(client: Client, person: Person) -> None:
    add_second_factor(client)
    elsewhere = Client()
    sign_in(elsewhere, person)
    page = elsewhere.post(ASKED, {"code": "abcdef"}).content.decode()
    assert "Mã không đúng hoặc đã hết hạn." in page
    assert elsewhere.get("/thong-bao/").status_code == 302


def test_wrong_code_does_not_add(client: Client, person: Person) -> None:
    confirm_password(client, ADD)
    client.get(ADD)
    page = client.post(ADD, {"code": "abcdef"}).content.decode()
    assert "Mã không đúng hoặc đã hết hạn." in page
    assert not Authenticator.objects.exists()


def test_secrets_are_sealed_at_rest(client: Client, person: Person) -> None:
    secret = add_second_factor(client)
    for stored in Authenticator.objects.all():
        kept = stored.data.get("secret") or stored.data["seed"]
        assert secret not in kept
        assert kept.startswith("gAAAA")  # a Fernet token


def test_secrets_survive_a_replaced_key(client: Client, person: Person, settings) -> None:
    secret = add_second_factor(client)
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="k" * 50, SECRET_KEY_FALLBACKS=[old]):
        elsewhere = Client()
        sign_in(elsewhere, person)
        assert elsewhere.post(ASKED, {"code": code_for(secret)}).url == "/lam-viec/"


def test_lost_key_is_a_sentence_not_a_crash(client: Client, person: Person) -> None:
    secret = add_second_factor(client)
    with override_settings(SECRET_KEY="k" * 50):
        elsewhere = Client()
        sign_in(elsewhere, person)
        answer = elsewhere.post(ASKED, {"code": code_for(secret)})
    assert "Không đọc được khoá xác thực" in answer.content.decode()


def test_removing_takes_codes_along(client: Client, person: Person) -> None:
    add_second_factor(client)
    assert "Tắt xác thực hai lớp?" in client.get(REMOVE).content.decode()
    assert client.post(REMOVE).url == "/tai-khoan/xac-thuc/"
    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.filter(action="person.second_factor_removed").exists()
    assert sign_in(Client(), person).url == "/lam-viec/"


def test_new_codes_replace_the_old(client: Client, person: Person) -> None:
    add_second_factor(client)
    before = set(re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode()))
    assert client.post(f"{CODES}tao/").url == CODES
    after = set(re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode()))
    assert len(after) == 10
    assert not before & after


def test_codes_can_be_taken_along(client: Client, person: Person) -> None:
    add_second_factor(client)
    answer = client.get(f"{CODES}tai/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(re.findall(r"^\d{8}$", answer.content.decode(), re.MULTILINE)) == 10


def test_overview_says_how_it_stands(client: Client, person: Person) -> None:
    assert "Chưa bật" in client.get("/tai-khoan/xac-thuc/").content.decode()
    add_second_factor(client)
    page = client.get("/tai-khoan/xac-thuc/").content.decode()
    assert "Đang bật" in page
    assert "Còn 10 mã chưa dùng." in page


def test_wrong_password_does_not_confirm(client: Client, person: Person) -> None:
    asked = client.get(ADD).url
    page = client.post(asked, {"password": "sai-mat-khau-nay"}).content.decode()
    assert "Mật khẩu không đúng." in page
    assert client.get(ADD).status_code == 302


@pytest.mark.parametrize("page", [ADD, REMOVE, CODES, "/tai-khoan/xac-thuc/"])
def test_visitor_signs_in_first(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url.startswith("/dang-nhap/")
