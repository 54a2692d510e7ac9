"""A secret is shown once, a token is sent once: neither stands anywhere afterwards."""

import logging
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from accounts.models import AuditEvent, Notice
from accounts.tasks import deliver_outbox
from catalog import usage
from portal.logs import logging_settings
from portal.middleware import RequestLogMiddleware
from sharing.actions import accounts
from sharing.gateway.token import token as token_view
from sharing.tasks import store_calls
from tests.sharing.gateway.conftest import TOKEN, Gateway, MakeGateway, ask_token, post_form

pytestmark = pytest.mark.django_db


def places_in_the_database(text: str) -> list[str]:
    """The tables of which some row holds the text in some column."""
    tables = connection.introspection.table_names()
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT EXISTS (SELECT 1 FROM {name} AS row WHERE row::text LIKE %s)",  # noqa: S608
                [f"%{text}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_the_search_through_the_database_finds_what_is_there(gateway: Gateway):
    """A scan that finds nothing must be able to find something."""
    assert "oauth2_provider_application" in places_in_the_database(gateway.issued.client_id)
    assert "sharing_connectionaccount" in places_in_the_database(gateway.account.code)
    assert "sharing_credential" in places_in_the_database(gateway.issued.secret[:4])


def used_everywhere(gateway: Gateway) -> list[str]:
    """Call, fail, rotate, record, deliver; every secret and token there was."""
    first_token = gateway.token
    gateway.get("huyen=Vinh")
    gateway.get("sort=x")
    gateway.client.get(f"{gateway.path()}?access_token={first_token}")
    gateway.get(f"client_secret={gateway.issued.secret}")
    b"".join(gateway.get("format=csv"))
    client_id, second = accounts.rotate(account=gateway.account, by=gateway.cast.contact)
    post_form(
        gateway.client,
        TOKEN,
        {"grant_type": "client_credentials", "client_id": client_id, "client_secret": second},
    )
    ask_token(gateway.client, client_id, f"{second}x")
    ask_token(gateway.client, client_id, second, scope="sai")
    accounts.suspend(
        account=gateway.account,
        reason="security",
        note="Kiểm tra an toàn.",
        by=gateway.cast.officer,
    )
    ask_token(gateway.client, client_id, second)
    gateway.get()
    store_calls()
    deliver_outbox()
    return [gateway.issued.secret, second, first_token]


def test_not_in_the_database_nor_in_letters_notices_and_the_trail(gateway: Gateway):
    for secret in used_everywhere(gateway):
        assert places_in_the_database(secret) == []
        letters = [f"{letter.subject} {letter.body}" for letter in mail.outbox]
        assert letters
        assert not [letter for letter in letters if secret in letter]
    assert AuditEvent.objects.filter(action="account.rotated").exists()
    assert Notice.objects.filter(person=gateway.cast.contact).exists()


def test_not_in_redis(gateway: Gateway):
    """Before the calls are stored, too."""
    gateway.get(f"access_token={gateway.token}")
    redis = usage.redis()
    kept = [str(redis.lrange(key, 0, -1)) for key in redis.scan_iter(match="gateway:calls:*")]
    assert kept
    assert gateway.token not in " ".join([*kept, *redis.scan_iter()])


def test_not_in_logs_even_in_the_most_talkative(gateway: Gateway, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    secrets = used_everywhere(gateway)
    lines = [f"{record.msg} {record.args} {record.getMessage()}" for record in caplog.records]
    assert any("request_finished" in line for line in lines)
    assert any("gateway_token_refused" in line for line in lines)
    for secret in secrets:
        assert not [line for line in lines if secret in line]


def test_the_oauth2_library_keeps_its_debug_lines_to_itself():
    """They hold tokens as they are issued, whatever LOG_LEVEL says."""
    loggers = logging_settings(as_json=True, level="DEBUG")["loggers"]
    assert loggers["oauthlib"]["level"] == loggers["oauth2_provider"]["level"] == "INFO"
    assert logging.getLogger("oauthlib").getEffectiveLevel() >= logging.INFO


def test_not_in_the_line_of_a_request(rf: RequestFactory):
    line = RequestLogMiddleware.format_request
    assert line(rf.get("/a?x=1&access_token=abc&y=2")) == "GET /a?x=1&access_token=…&y=2"
    assert line(rf.get("/a?client_secret=abc")) == "GET /a?client_secret=…"
    assert line(rf.get("/a?q=abc")) == "GET /a?q=abc"


def test_not_in_metrics(gateway: Gateway):
    gateway.get(f"q={gateway.token}")
    said = gateway.client.get("/metrics").content.decode()
    assert "gateway-rows" in said
    assert gateway.token not in said
    assert gateway.issued.secret not in said


def test_not_in_a_report_of_a_defect(gateway: Gateway, rf: RequestFactory):
    """As a page for developers or a letter to operators would tell it."""
    request = rf.post(
        TOKEN,
        urlencode({"grant_type": "client_credentials", "client_secret": gateway.issued.secret}),
        content_type="application/x-www-form-urlencoded",
        headers={"authorization": f"Bearer {gateway.token}"},
    )
    token_view(request)
    reporter = ExceptionReporter(request, ValueError, ValueError("x"), None)
    reporter.filter = SafeExceptionReporterFilter()
    reporter.filter.is_active = lambda request: True  # type: ignore[method-assign]
    told = reporter.get_traceback_text() + reporter.get_traceback_html()
    assert "client_credentials" not in told  # the whole form is left out
    assert gateway.issued.secret not in told
    assert gateway.token not in told


def every_page() -> list[str]:
    """Addresses of people's pages that need nothing to be filled in."""
    patterns = get_resolver().reverse_dict
    found = []
    for name in patterns:
        if isinstance(name, str):
            for possibilities, *_rest in patterns.getlist(name):
                found += [path for path, needed in possibilities if not needed]
    return [f"/{path}" for path in found if not path.startswith(("api/", "chia-se/", "metrics"))]


def test_not_on_any_page_after_the_first(gateway: Gateway):
    secrets: list[Any] = [gateway.issued.secret, gateway.token]
    table = gateway.table
    pages = [
        *every_page(),
        gateway.account.get_absolute_url(),
        gateway.account.request.get_absolute_url(),
        gateway.service.get_absolute_url(),
        table.dataset.get_absolute_url(),
    ]
    assert len(pages) > 20
    for person in gateway.cast.everybody.values():
        client = Client(raise_request_exception=True)
        client.force_login(person)
        for page in pages:
            if "dang-xuat" in page:
                continue
            answer = client.get(page)
            body = b"".join(answer) if answer.streaming else answer.content
            assert not [one for one in secrets if one.encode() in body], page


def test_made_again_is_another_secret(gateway_of: MakeGateway):
    first, second = gateway_of(signed_in=False), gateway_of(signed_in=False)
    assert first.issued.secret != second.issued.secret
    assert len(first.issued.secret) >= 43  # 256 bits
