"""POST /chia-se/v1/token: a token for a client id and a secret (RFC 6749, 4.4)."""

from base64 import b64decode
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

import orjson
import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from oauth2_provider.oauth2_backends import OAuthLibCore

from catalog.api.encoding import MEDIA_TYPE
from catalog.api.gate import accepted_language
from sharing.gateway import failures
from sharing.models import Credential

log = structlog.get_logger(__name__)
FORM = "application/x-www-form-urlencoded"
NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
CHALLENGE = 'Basic realm="chia-se", charset="UTF-8"'
# The library's own sentences are English and for the authors of libraries.
SENTENCES: dict[str, Promise] = {
    "invalid_client": gettext_lazy(
        "Mã khách (client_id) hoặc khoá bí mật (client_secret) không đúng."
    ),
    "invalid_request": gettext_lazy(
        "Hãy gửi POST dạng application/x-www-form-urlencoded với grant_type=client_credentials, "
        "không có tham số trên địa chỉ và không lặp tham số."
    ),
    "unsupported_grant_type": gettext_lazy(
        "Cổng chia sẻ chỉ cấp mã truy cập theo grant_type=client_credentials."
    ),
    "invalid_scope": gettext_lazy(
        "Phạm vi (scope) không phải mã dịch vụ của tài khoản: hãy bỏ tham số scope."
    ),
}
LIBRARY_ONLY = frozenset({"invalid_request", "unsupported_grant_type", "invalid_scope"})


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables("body", "answer")
def token(request: HttpRequest) -> HttpResponse:
    """A bearer token, or the error of RFC 6749, 5.2, described in the caller's language."""
    with translation.override(accepted_language(request)):
        if request.method != "POST":
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, "invalid_request", {"Allow": "POST"})
        if (
            request.content_type != FORM
        ):  # nothing else is read: it might be a file of two gigabytes
            return _refusal(HTTPStatus.BAD_REQUEST, "invalid_request", {})
        claimed = _claimed(request)
        wait = failures.wait_before_asking(claimed)
        if wait:
            return _too_many(wait)
        _uri, _headers, body, status = OAuthLibCore().create_token_response(request)
        answer = orjson.loads(body)
        if status != HTTPStatus.OK:
            return _refused(status, answer, claimed)
        return _response(status, answer)


def _claimed(request: HttpRequest) -> Credential | None:
    """Whose client id came with the request, in its field or its form; not proved yet."""
    client_id = request.POST.get("client_id", "")
    scheme, _space, pair = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id = b64decode(pair).decode().partition(":")[0]
        except ValueError:
            return None
    if "\x00" in client_id:
        return None
    found = Credential.objects.filter(application__client_id=unquote_plus(client_id))
    return found.select_related("account__agency").first()


def _refused(status: int, answer: dict[str, Any], claimed: Credential | None) -> HttpResponse:
    error = answer.get("error", "invalid_request")
    said = answer.get("error_description", "")
    log.info("gateway_token_refused", error=error)
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        failures.note_failure(claimed)
        headers["WWW-Authenticate"] = CHALLENGE
    sentence = SENTENCES.get(error) if error in LIBRARY_ONLY or not said else said
    return _refusal(status, error, headers, str(sentence or said))


def _too_many(seconds: int) -> HttpResponse:
    sentence = _(
        "Từ địa chỉ này đã xin mã truy cập bằng mã khách đó quá nhiều lần hoặc sai quá nhiều lần. "
        "Hãy thử lại sau %(seconds)d giây."
    ) % {"seconds": seconds}
    headers = {"Retry-After": str(seconds)}
    return _refusal(HTTPStatus.TOO_MANY_REQUESTS, "slow_down", headers, sentence)


def _refusal(status: int, error: str, headers: dict[str, str], sentence: str = "") -> HttpResponse:
    described = sentence or str(SENTENCES[error])
    return _response(status, {"error": error, "error_description": described}, headers)


@sensitive_variables("answer")
def _response(
    status: int, answer: dict[str, Any], headers: dict[str, str] | None = None
) -> HttpResponse:
    fields = {**NOT_KEPT, "Content-Language": translation.get_language() or "vi", **(headers or {})}
    return HttpResponse(
        orjson.dumps(answer), status=status, content_type=MEDIA_TYPE, headers=fields
    )
