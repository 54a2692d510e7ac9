"""An account with its credentials, and ways to call the gateway with them."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalog import usage
from catalog.api import seen_columns
from catalog.models import Resource
from sharing.actions import decisions
from sharing.actions.decisions import Issued
from sharing.gateway import callers, redis_calls, tables
from sharing.models import ConnectionAccount, SharingService
from sharing.states import RequestState
from tests.catalog.api.conftest import SCHOOLS
from tests.sharing import made
from tests.sharing.made import Cast

TOKEN = "/chia-se/v1/token"


@dataclass
class Gateway:
    """The addresses of one account's table."""

    client: Client
    cast: Cast
    service: SharingService
    issued: Issued
    token: str = field(default="")

    @property
    def account(self) -> ConnectionAccount:
        """As it stands now."""
        return ConnectionAccount.objects.get(pk=self.issued.account.pk)

    @property
    def table(self) -> Resource:
        return self.service.tables.get().resource

    def path(self, name: str = "rows") -> str:
        return reverse(f"gateway-{name}", args=[self.table.pk])

    def sign_in(self) -> str:
        """A new token, used from now on."""
        response = ask_token(self.client, self.issued.client_id, self.issued.secret)
        assert response.status_code == 200, response.content.decode()
        self.token = response.json()["access_token"]
        return self.token

    def call(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(path, headers={"authorization": f"Bearer {self.token}", **headers})

    def get(self, query: str = "", name: str = "rows", **headers: str) -> HttpResponse:
        return self.call(f"{self.path(name)}?{query}", **headers)

    def rows(self, query: str = "") -> list[dict[str, Any]]:
        response = self.get(query)
        assert response.status_code == 200, response.content.decode()
        return response.json()["data"]

    def codes(self, query: str = "") -> str:
        """The last figure of each row's code."""
        return "".join(row["ma_xa"][-1] for row in self.rows(query))

    def problem(self, status: int, query: str = "", name: str = "rows") -> dict[str, Any]:
        response = self.get(query, name)
        assert response.status_code == status, response.content.decode()
        assert response.headers["Content-Type"] == "application/problem+json"
        return response.json()

    def problem_code(self, status: int, query: str = "", name: str = "rows") -> str:
        return self.problem(status, query, name)["type"].partition("#loi-")[2]


def post_form(client: Client, path: str, fields: dict[str, str], **headers: str) -> HttpResponse:
    """As a program posts a form; the test client would make a multipart of it."""
    form = "application/x-www-form-urlencoded"
    return client.post(path, urlencode(fields), content_type=form, headers=headers)


def ask_token(client: Client, client_id: str, secret: str, **fields: str) -> HttpResponse:
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    given = {"grant_type": "client_credentials", **fields}
    return post_form(client, TOKEN, given, authorization=f"Basic {pair}")


MakeGateway = Callable[..., Gateway]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    """Nobody has called yet; nothing is kept from a test whose changes were taken back."""
    cache.clear()
    redis_calls._silent_until = 0.0
    for key in usage.redis().scan_iter(match="gateway:*"):
        usage.redis().delete(key)
    tables.readable_table.cache_clear()
    callers._in_order.cache_clear()
    callers._service_at.cache_clear()
    seen_columns._facts.cache_clear()


@pytest.fixture
def gateway_of(law: None, client: Client) -> MakeGateway:
    """An account of a service with one table: what the service and the consent leave of it."""

    def build(
        content: str = SCHOOLS,
        *,
        offered: tuple[str, ...] = (),
        columns: list[str] | None = None,
        rows: list[list[Any]] | None = None,
        signed_in: bool = True,
        **limits: Any,
    ) -> Gateway:
        cast = Cast()
        service = made.service(cast, content=content, columns=offered)
        table = service.tables.get().resource
        part = {"columns": columns or [], "rows": rows or []}
        scope = {str(table.pk): part} if columns or rows else {}
        request = made.request_at(RequestState.SUBMITTED, cast, service)
        made.consent(request, cast, scope=scope)
        decisions.take(request=request, by=cast.officer)
        gateway = Gateway(client, cast, service, made.issue(request, cast, **limits))
        if signed_in:
            gateway.sign_in()
        return gateway

    return build


@pytest.fixture
def gateway(gateway_of: MakeGateway) -> Gateway:
    """The whole table."""
    return gateway_of()
