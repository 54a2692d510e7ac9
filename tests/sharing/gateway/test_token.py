"""POST /chia-se/v1/token: a token for a client id and a secret, or the errors of RFC 6749, 5.2."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from oauth2_provider.models import AccessToken, Application

from accounts.actions.failed_proofs import record_failures
from accounts.models import AuditEvent
from core import clock
from sharing.actions import accounts
from sharing.gateway import failures
from sharing.models import Credential
from tests.sharing.gateway.conftest import TOKEN, Gateway, MakeGateway, ask_token, post_form

pytestmark = pytest.mark.django_db
GRANT = {"grant_type": "client_credentials"}


def error(response: HttpResponse, status: int) -> str:
    assert response.status_code == status, response.content
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json()["error_description"]
    return response.json()["error"]


def test_basic_authentication_gives_a_token(gateway_of: MakeGateway):
    gateway = gateway_of(signed_in=False)
    response = ask_token(gateway.client, gateway.issued.client_id, gateway.issued.secret)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Pragma"] == "no-cache"
    assert response.headers["Content-Type"] == "application/json"
    answer = response.json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 900)
    assert answer["scope"] == gateway.service.code
    assert "refresh_token" not in answer
    gateway.token = answer["access_token"]
    assert gateway.get().status_code == 200


def test_the_body_may_carry_the_secret(gateway: Gateway):
    pair = {"client_id": gateway.issued.client_id, "client_secret": gateway.issued.secret}
    assert post_form(gateway.client, TOKEN, {**GRANT, **pair}).status_code == 200


def test_no_cookie_and_no_csrf_are_needed(gateway: Gateway):
    strict = Client(enforce_csrf_checks=True)
    response = ask_token(strict, gateway.issued.client_id, gateway.issued.secret)
    assert response.status_code == 200
    assert not response.cookies


def test_a_wrong_secret_or_an_unknown_client(gateway: Gateway):
    for client_id, secret in (
        (gateway.issued.client_id, "sai"),
        ("khong-co", gateway.issued.secret),
        (gateway.issued.client_id, ""),
        ("", ""),
    ):
        response = ask_token(gateway.client, client_id, secret)
        assert error(response, 401) == "invalid_client"
        assert response.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert error(post_form(gateway.client, TOKEN, GRANT), 401) == "invalid_client"


@pytest.mark.parametrize(
    "header", ["Basic", "Basic %%%", "Basic aGVsbG8=", "Bearer x", "Basic /w=="]
)
def test_an_unreadable_header(gateway: Gateway, header: str):
    response = post_form(gateway.client, TOKEN, GRANT, authorization=header)
    assert error(response, 401) == "invalid_client"


@pytest.mark.parametrize("grant", ["password", "refresh_token", "authorization_code", "x"])
def test_other_grants_are_unknown(gateway: Gateway, grant: str):
    answer = ask_token(
        gateway.client, gateway.issued.client_id, gateway.issued.secret, grant_type=grant
    )
    assert error(answer, 400) == "unsupported_grant_type"


def test_what_is_no_request_for_a_token(gateway: Gateway):
    client = gateway.client
    assert error(post_form(client, TOKEN, {"client_id": "x"}), 400) == "invalid_request"
    assert error(post_form(client, f"{TOKEN}?client_id=x", GRANT), 400) == "invalid_request"
    assert error(client.post(TOKEN, GRANT), 400) == "invalid_request"  # a multipart
    as_json = client.post(TOKEN, GRANT, content_type="application/json")
    assert error(as_json, 400) == "invalid_request"
    assert error(client.get(TOKEN), 405) == "invalid_request"
    assert client.get(TOKEN).headers["Allow"] == "POST"


def test_the_scope_is_the_service(gateway: Gateway):
    pair = gateway.issued.client_id, gateway.issued.secret
    assert ask_token(gateway.client, *pair, scope=gateway.service.code).status_code == 200
    assert error(ask_token(gateway.client, *pair, scope="read"), 400) == "invalid_scope"


def test_errors_speak_the_callers_language(gateway: Gateway):
    vietnamese = post_form(gateway.client, TOKEN, GRANT).json()["error_description"]
    english = post_form(gateway.client, TOKEN, GRANT, **{"accept-language": "en"})
    assert vietnamese.startswith("Mã khách")
    assert english.json()["error_description"].startswith("The client_id")
    assert english.headers["Content-Language"] == "en"


def test_a_token_ends_after_a_quarter_of_an_hour(gateway: Gateway):
    assert gateway.get().status_code == 200
    with clock.set_to(clock.now() + timedelta(seconds=901)):
        assert gateway.get().status_code == 401


def test_after_a_rotation_both_secrets_work_for_a_week(gateway: Gateway):
    client_id, secret = accounts.rotate(account=gateway.account, by=gateway.cast.contact)
    old = gateway.issued.client_id, gateway.issued.secret
    assert ask_token(gateway.client, *old).status_code == 200
    assert ask_token(gateway.client, client_id, secret).status_code == 200
    with clock.set_to(clock.now() + timedelta(days=7, seconds=1)):
        response = ask_token(gateway.client, *old)
        assert error(response, 401) == "invalid_client"
        assert "hết hiệu lực" in response.json()["error_description"]
        assert ask_token(gateway.client, client_id, secret).status_code == 200


def test_a_revoked_pair_gets_no_token_and_its_tokens_end(gateway: Gateway):
    credential = Credential.objects.get(application__client_id=gateway.issued.client_id)
    accounts.revoke_credential(credential=credential, by=gateway.cast.contact)
    assert gateway.get().status_code == 401
    pair = gateway.issued.client_id, gateway.issued.secret
    assert error(ask_token(gateway.client, *pair), 401) == "invalid_client"


def test_an_application_without_a_credential_gets_none(gateway: Gateway):
    stranger = Application.objects.create(
        client_type="confidential",
        authorization_grant_type="client-credentials",
        client_secret="bi-mat",
    )
    response = ask_token(gateway.client, stranger.client_id, "bi-mat")
    assert error(response, 401) == "invalid_client"


def test_a_suspended_account_gets_none_and_is_told_why(gateway: Gateway):
    accounts.suspend(
        account=gateway.account,
        reason="security",
        note="Lộ khoá bí mật.",
        by=gateway.cast.officer,
    )
    response = ask_token(gateway.client, gateway.issued.client_id, gateway.issued.secret)
    assert error(response, 400) == "unauthorized_client"
    assert "Lộ khoá bí mật." in response.json()["error_description"]
    wrong = ask_token(gateway.client, gateway.issued.client_id, "sai")
    assert "Lộ" not in wrong.json()["error_description"]


def test_another_address_gets_none(gateway: Gateway):
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    response = ask_token(elsewhere, gateway.issued.client_id, gateway.issued.secret)
    assert error(response, 400) == "unauthorized_client"
    assert "203.0.113.9" in response.json()["error_description"]


def test_guessing_is_stopped_for_the_address_alone(gateway: Gateway):
    pair = gateway.issued.client_id, gateway.issued.secret
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    with clock.set_to(clock.now()):
        for _attempt in range(failures.MOST_FAILURES):
            assert ask_token(guesser, pair[0], "sai").status_code == 401
        stopped = ask_token(guesser, *pair)
        assert error(stopped, 429) == "slow_down"
        assert 0 < int(stopped.headers["Retry-After"]) <= failures.WINDOW
        assert ask_token(gateway.client, *pair).status_code == 200
    with clock.set_to(clock.now() + timedelta(seconds=failures.WINDOW)):
        assert error(ask_token(guesser, pair[0], "sai"), 401) == "invalid_client"


def test_wrong_secrets_of_one_account_lock_no_other_behind_the_address(
    gateway_of: MakeGateway, gateway: Gateway
):
    other = gateway_of(signed_in=False)
    with clock.set_to(clock.now()):
        for _attempt in range(failures.MOST_FAILURES):
            ask_token(gateway.client, gateway.issued.client_id, "sai")
            ask_token(gateway.client, "khong-co", "sai")
        for nobody in ("khong-co", "khong-co-nua"):
            assert error(ask_token(gateway.client, nobody, "sai"), 429) == "slow_down"
        pair = gateway.issued.client_id, gateway.issued.secret
        assert error(ask_token(gateway.client, *pair), 429) == "slow_down"
        pair = other.issued.client_id, other.issued.secret
        assert ask_token(gateway.client, *pair).status_code == 200


def test_an_ipv6_customer_is_one_caller(gateway_of: MakeGateway):
    gateway = gateway_of(signed_in=False, networks=[])
    pair = gateway.issued.client_id, gateway.issued.secret
    with clock.set_to(clock.now()):
        for number in range(failures.MOST_FAILURES):
            ask_token(Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"), pair[0], "sai")
        assert ask_token(Client(REMOTE_ADDR="2001:db8:1:2::ff"), *pair).status_code == 429
        assert ask_token(Client(REMOTE_ADDR="2001:db8:1:3::1"), *pair).status_code == 200


def test_wrong_secrets_are_in_the_trail(gateway: Gateway):
    for secret in ("sai", "sai-nua"):
        ask_token(gateway.client, gateway.issued.client_id, secret)
    post_form(gateway.client, TOKEN, {**GRANT, "client_id": "khong-co", "client_secret": "sai"})
    with clock.set_to(clock.now() + timedelta(minutes=4)):
        record_failures()
    events = AuditEvent.objects.filter(action="proof.failed").order_by("-object_type")
    assert [(one.object_type, one.after["failures"]) for one in events] == [
        ("failedproof", 1),
        ("connectionaccount", 2),
    ]
    [told] = events.filter(agency_key=gateway.account.agency.key)
    assert told.object_id == str(gateway.account.pk)
    assert "sai" not in str(list(events.values()))


def test_so_many_tokens_for_one_address(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(failures, "MOST_REQUESTS", 2)
    pair = gateway.issued.client_id, gateway.issued.secret
    with clock.set_to(clock.now() + timedelta(hours=1)):
        answers = [ask_token(gateway.client, *pair).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_tokens_are_kept_hashed(gateway: Gateway):
    kept = AccessToken.objects.get()
    assert gateway.token not in (kept.token, kept.token_checksum)


def test_nothing_else_of_the_oauth2_library_has_an_address():
    for name in ("authorize", "token", "revoke-token", "introspect", "list", "register"):
        with pytest.raises(NoReverseMatch):
            reverse(f"oauth2_provider:{name}")
    assert "oauth2_provider" not in get_resolver().namespace_dict
