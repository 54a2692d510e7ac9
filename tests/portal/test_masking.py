"""Secrets that stand in addresses are in no log line, whatever writes it."""

import io
import json
import logging
from typing import Any

import pytest
import structlog
from axes.models import AccessAttempt
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from accounts.actions.invitations import invite
from portal.logs import logging_settings
from portal.masking import all_routes, masked, secret_routes
from tests import factories
from tests.sharing.gateway.conftest import post_form

SECRET = "Zx9-mat_8kQ"
# Parts of addresses that keep nothing secret. A new one goes here only if it opens nothing by itself.
PLAIN = {
    "change_id", "code", "credential_id", "day", "document_id", "duty_id", "invitation_id",
    "membership_id", "name", "notice_id", "period", "person_id", "petition_id", "provider_id",
    "pull_id", "release_id", "request_id", "resource_id", "root_id", "rule_id", "session_id", "slug",
    "step", "stop_id",
}  # fmt: skip


def test_every_part_of_an_address_is_plain_or_masked() -> None:
    unknown = set()
    secret = dict(secret_routes())
    for route, parts in all_routes():
        if route not in secret:
            unknown |= set(parts) - PLAIN
        else:
            assert route, "an address that begins with its secret cannot be told from others"
    assert not unknown


def test_the_known_secrets_are_found() -> None:
    assert {route for route, _parts in secret_routes()} >= {
        "loi-moi/",
        "tai-khoan/mat-khau/quen/",
        "lich-nghia-vu/",
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_address_with_a_secret_is_masked(language: str) -> None:
    with translation.override(language):
        addresses = [
            reverse(entry, kwargs={part: SECRET if part != "uidb36" else "1a" for part in parts})
            for entry, parts in _named_secret_routes()
        ]
    assert len(addresses) >= 3
    for address in addresses:
        quoted = address.replace("/", "%2F")
        for text in (
            address,
            f"Not Found: {address}",
            f'"GET {address}?trang=2 HTTP/1.1" 200',
            f"/dang-nhap/?next={quoted}",
            f"/dang-nhap/?next={quoted.replace('%', '%25')}&x=1",
            f"https://cong.example{address}",
        ):
            assert SECRET not in masked(text), text


def _named_secret_routes() -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for name, (possibilities, _pattern, _defaults, _converters) in _by_name():
        for _route, parts in possibilities:
            if any(
                word in part for part in parts for word in ("token", "key", "secret", "password")
            ):
                found.append((name, tuple(parts)))
    return found


def _by_name() -> list[tuple[str, Any]]:
    lists = get_resolver().reverse_dict
    return [(name, one) for name in lists if isinstance(name, str) for one in lists.getlist(name)]


@pytest.mark.parametrize(
    "query",
    ["token={}", "client_secret={}", "a=1&api_key={}&b=2", "code={}&state={}", "new_password={}"],
)
def test_parameters_are_masked(query: str) -> None:
    assert SECRET not in masked(f"/x/?{query.replace('{}', SECRET)}")
    assert masked("/dataset/?q=truong&trang=2") == "/dataset/?q=truong&trang=2"


@pytest.fixture
def log() -> Any:
    """What the portal would write, as JSON lines."""
    written = io.StringIO()
    settings = logging_settings(as_json=True, level="DEBUG")
    formatter = settings["formatters"]["line"]
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.django_db
def test_no_log_line_has_an_invitation_a_reset_or_a_calendar(client: Client, log: Any) -> None:
    """Also where an address is not found, forbidden, or quoted by the sign-in page."""
    invitation = invite(
        email="moi@thu.example", full_name="Mới", agency=factories.agency(),
        role_code="contributor", by=None,
    )  # fmt: skip
    token = invitation.link.rstrip("/").rpartition("/")[2]
    assert client.get(f"/loi-moi/{token}/").status_code == 200
    for path in (
        f"/loi-moi/{SECRET}/",
        f"/en/loi-moi/{SECRET}/",
        f"/loi-moi/{SECRET}",
        f"/tai-khoan/mat-khau/quen/1a-{SECRET}/",
        f"/lich-nghia-vu/{SECRET}.ics",
        f"/dang-nhap/?next=/loi-moi/{SECRET}/",
        f"/dang-nhap/?next=%2Floi-moi%2F{SECRET}%2F",
        f"/chia-se/v1/services?token={SECRET}",
    ):
        client.get(path)
        client.post(path)
    post_form(client, "/dang-nhap/", {"next": f"/loi-moi/{SECRET}/", "login": "a@b.example"})
    logging.getLogger("another").warning("retrying %s", f"/loi-moi/{SECRET}/")
    text = log.getvalue()
    assert all(json.loads(line) for line in text.splitlines())
    assert json.dumps("/loi-moi/…")[1:-1] in text
    assert SECRET not in text
    assert token not in text


@pytest.mark.django_db
def test_no_failed_sign_in_keeps_the_link_it_came_from(client: Client) -> None:
    address = f"/dang-nhap/?next=/loi-moi/{SECRET}/"
    client.post(address, {"login": "a@b.example", "password": "sai", "next": f"/loi-moi/{SECRET}/"})
    assert SECRET not in str(AccessAttempt.objects.values().get())
