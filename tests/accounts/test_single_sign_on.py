"""Sign-in through an OpenID Connect provider, which here really answers over HTTP."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEvent, Notice, Person
from tests import factories
from tests.accounts.provider import CLIENT_ID, CLIENT_SECRET, Provider

pytestmark = pytest.mark.django_db
BEGIN = "/dang-nhap/mot-lan/sso/"
BACK = "/dang-nhap/mot-lan/sso/tra-loi/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with Provider().running() as one:
        app = {
            "provider_id": "sso",
            "name": "Đăng nhập tỉnh",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {"server_url": one.address},
        }
        kept = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**kept, "APPS": [app]}}
        yield one


def _begin(client: Client, prefix: str = "", **query: str) -> dict[str, str]:
    """What the browser is sent to the provider with."""
    away = client.post(prefix + BEGIN, query_params={"process": "login", **query})
    assert away.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(away.url).query).items()}


def _sign_in(client: Client, provider: Provider, **claims: Any) -> HttpResponse:
    provider.claims = {"sub": "u1", "email_verified": True, **claims}
    sent = _begin(client)
    return client.get(BACK, {"code": "c", "state": sent["state"]})


def test_verified_address_opens_the_account_and_is_connected(
    client: Client, provider: Provider
) -> None:
    person = factories.person()
    answer = _sign_in(client, provider, email=person.email.upper())
    assert answer.url == "/lam-viec/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get().user == person
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert actions == {"person.single_sign_on_connected", "person.signed_in"}
    assert Notice.objects.get(person=person).kind == "person.single_sign_on_connected"


def test_password_is_kept_when_connecting(client: Client, provider: Provider) -> None:
    person = factories.person()
    _sign_in(client, provider, email=person.email)
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def test_connected_account_opens_though_the_address_changed(
    client: Client, provider: Provider
) -> None:
    person = factories.person()
    _sign_in(client, provider, email=person.email)
    elsewhere = Client()
    _sign_in(elsewhere, provider, email="dia-chi-moi@thu.example")
    assert elsewhere.session["_auth_user_id"] == str(person.pk)


def test_code_is_bound_to_the_browser_and_the_secret_is_sent(
    client: Client, provider: Provider
) -> None:
    sent = _begin(client)
    assert sent["code_challenge_method"] == "S256"
    assert sent["client_id"] == CLIENT_ID
    assert "openid" in sent["scope"].split()
    _sign_in(client, provider, email=factories.person().email)
    [asked] = provider.asked
    assert asked["client_secret"] == CLIENT_SECRET
    assert asked["code_verifier"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_return_address_is_one_in_both_languages(
    client: Client, provider: Provider, prefix: str
) -> None:
    assert _begin(client, prefix)["redirect_uri"] == f"http://testserver{BACK}"


def test_page_asked_for_is_opened(client: Client, provider: Provider) -> None:
    provider.claims = {"sub": "u1", "email_verified": True, "email": factories.person().email}
    sent = _begin(client, next="/thong-bao/")
    assert client.get(BACK, {"code": "c", "state": sent["state"]}).url == "/thong-bao/"


def test_second_factor_is_asked_for_all_the_same(client: Client, provider: Provider) -> None:
    person = factories.person()
    TOTP.activate(person, generate_totp_secret())
    answer = _sign_in(client, provider, email=person.email)
    assert answer.url == "/dang-nhap/ma-xac-thuc/"
    assert "_auth_user_id" not in client.session


def test_button_is_on_the_sign_in_page_when_configured(client: Client, provider: Provider) -> None:
    page = client.get("/dang-nhap/", {"next": "/thong-bao/"}).content.decode()
    assert "Đăng nhập tỉnh" in page
    assert f"{BEGIN}?process=login&amp;next=%2Fthong-bao%2F" in page


def test_no_button_and_no_address_when_not_configured(client: Client) -> None:
    assert BEGIN not in client.get("/dang-nhap/").content.decode()
    assert client.post(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404


@pytest.mark.parametrize("email", ["la@thu.example", None])
def test_unknown_address_is_refused_with_a_sentence(
    client: Client, provider: Provider, email: str | None
) -> None:
    before = Person.objects.count()
    page = _sign_in(client, provider, email=email).content.decode()
    assert "địa chỉ thư của bạn chưa có tài khoản ở đây" in page
    assert Person.objects.count() == before
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("verified", [False, None, "false", "no"])
def test_address_the_provider_has_not_verified_opens_nothing(
    client: Client, provider: Provider, verified: Any
) -> None:
    person = factories.person()
    answer = _sign_in(client, provider, email=person.email, email_verified=verified)
    assert "chưa có tài khoản ở đây" in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_account_that_ended_does_not_open(client: Client, provider: Provider) -> None:
    person = factories.person()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    _sign_in(client, provider, email=person.email)
    assert "_auth_user_id" not in client.session


def test_connected_account_that_ended_does_not_open(client: Client, provider: Provider) -> None:
    person = factories.person()
    _sign_in(client, provider, email=person.email)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    elsewhere = Client()
    assert _sign_in(elsewhere, provider, email=person.email).url == "/tai-khoan/ngung-hoat-dong/"
    assert "_auth_user_id" not in elsewhere.session


def test_answer_nobody_asked_for_is_refused(client: Client, provider: Provider) -> None:
    person = factories.person()
    provider.claims = {"sub": "u1", "email_verified": True, "email": person.email}
    page = client.get(BACK, {"code": "c", "state": "made-up"}).content.decode()
    assert "Không đăng nhập được" in page
    assert "_auth_user_id" not in client.session


def test_provider_that_fails_is_a_sentence(client: Client, provider: Provider) -> None:
    sent = _begin(client)
    provider.broken = True
    answer = client.get(BACK, {"code": "c", "state": sent["state"]})
    assert "Hệ thống đăng nhập một lần không trả lời" in answer.content.decode()


def test_provider_that_cannot_be_reached_is_a_sentence(client: Client, provider: Provider) -> None:
    provider.broken = True
    answer = client.post(BEGIN, query_params={"process": "login"})
    assert "Hệ thống đăng nhập một lần không trả lời" in answer.content.decode()


def test_stopping_there_is_a_sentence(client: Client, provider: Provider) -> None:
    sent = _begin(client)
    answer = client.get(BACK, {"error": "access_denied", "state": sent["state"]}, follow=True)
    assert "Đã huỷ đăng nhập" in answer.content.decode()


def test_opening_the_address_only_asks(client: Client, provider: Provider) -> None:
    answer = client.get(BEGIN)
    assert answer.status_code == 200
    assert not provider.asked


def test_no_other_identity_is_tied_to_ones_account(client: Client, provider: Provider) -> None:
    client.force_login(factories.person())
    provider.claims = {"sub": "u2", "email_verified": True, "email": "la@thu.example"}
    away = client.post(BEGIN, query_params={"process": "connect"})
    state = parse_qs(urlsplit(away.url).query).get("state", ["-"])[0]
    client.get(BACK, {"code": "c", "state": state})
    assert not SocialAccount.objects.exists()
