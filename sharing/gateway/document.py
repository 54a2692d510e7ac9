"""OpenAPI of one table behind the gateway: as the open API's, with the way to a token."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from catalog.api import openapi
from catalog.api.openapi_answers import REFUSALS, refusals
from catalog.api.problems import KINDS, MEDIA_TYPE, Problem
from catalog.api.readable_tables import ReadableTable
from catalog.models import Release
from sharing.gateway.problem_advice import ADVICE

SCHEME = "account"
HEADERS = {401: "WWW-Authenticate", 429: "Retry-After"}


def table_document(table: ReadableTable, release: Release) -> dict[str, Any]:
    """The document of a table as it is in one period and as the account may see it."""
    found = openapi.table_document(table, release)
    token = settings.SITE_URL + reverse("gateway-token")
    found["components"]["securitySchemes"] = {
        SCHEME: {
            "type": "oauth2",
            "description": gettext(
                "Gửi client_id và client_secret của tài khoản kết nối đến địa chỉ lấy mã (RFC 6749, "
                "mục 4.4); mã truy cập dùng được 15 phút, gửi trong tiêu đề Authorization: Bearer …"
            ),
            "flows": {"clientCredentials": {"tokenUrl": token, "scopes": {}}},
        }
    }
    found["security"] = [{SCHEME: []}]
    said = refusals((401, *REFUSALS), of_accounts=True)
    for status, answer in said.items():
        _say_more(int(status), answer)
    for methods in found["paths"].values():
        answers = methods["get"]["responses"]
        answers |= {status: said[status] for status in said if status in answers or status == "401"}
    return found


def _say_more(status: int, answer: dict[str, Any]) -> None:
    """Every sort of refusal as an example, and the header that says what to do."""
    answer["content"][MEDIA_TYPE]["examples"] = {
        code: {
            "summary": str(KINDS[code].title),
            "value": Problem(code, str(words)).body,
        }
        for code, words in ADVICE.items()
        if KINDS[code].status == status
    }
    if name := HEADERS.get(status):
        answer["headers"] = {name: {"schema": {"type": "string"}}}
