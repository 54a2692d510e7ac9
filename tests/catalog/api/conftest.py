"""A published table to ask, and a way to ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from catalog.models import Release
from tests import factories as make

SCHOOLS = (
    "Mã xã,Tên xã,Huyện,Số trường,Tỉ lệ,Ngày báo cáo,Đạt chuẩn\n"
    '00123,Đô Lương,Đô Lương,12,"45,5",30/09/2026,Có\n'
    '00124,Diễn Châu,Diễn Châu,8,"39,25",30/09/2026,Không\n'
    '00125,Yên Thành,Yên Thành,15,"51,0",01/10/2026,Có\n'
    "00126,Quỳnh Lưu,Quỳnh Lưu,3,,15/03/2025,Không\n"
    '00127,"Vinh, phường",Vinh,20,"60,75",02/10/2026,Có\n'
    '00128,Hưng Bình,Vinh,7,"12,5",,Có\n'
)


@dataclass
class Api:
    """The addresses of one table."""

    client: Client
    release: Release

    @property
    def rows_path(self) -> str:
        return self.path("rows")

    def path(self, name: str) -> str:
        return f"/api/v1/resources/{self.release.resource_id}/{name}"

    def get(self, query: str = "", name: str = "rows", **headers: str) -> HttpResponse:
        return self.client.get(f"{self.path(name)}?{query}", headers=headers)

    def rows(self, query: str = "") -> list[dict[str, Any]]:
        """The rows that answer the query."""
        response = self.get(query)
        assert response.status_code == 200, response.content.decode()
        return response.json()["data"]

    def codes(self, query: str = "") -> list[str]:
        """The last figure of each row's code: enough to tell the rows apart."""
        return [row["ma_xa"][-1] for row in self.rows(query)]

    def problem(self, query: str, status: int = 400, **headers: str) -> dict[str, Any]:
        """The problem that answers the query."""
        response = self.get(query, **headers)
        assert response.status_code == status, response.content.decode()
        assert response.headers["Content-Type"] == "application/problem+json"
        return response.json()


@pytest.fixture(autouse=True)
def _fresh_minute() -> None:
    """Nobody has asked anything yet."""
    cache.clear()


@pytest.fixture
def schools(db: None, client: Client) -> Api:
    return Api(client, make.published(content=SCHOOLS))


@pytest.fixture
def two_periods(db: None, client: Client) -> Api:
    """Quarter II has three rows, quarter III six."""
    older = make.published(content="\n".join(SCHOOLS.splitlines()[:4]) + "\n", period="2026Q2")
    return Api(client, make.published(of=older.resource, content=SCHOOLS, period="2026Q3"))


MakeApi = Callable[[str], Api]


@pytest.fixture
def api_of(db: None, client: Client) -> MakeApi:
    """A published table with this content."""
    return lambda content: Api(client, make.published(content=content))
