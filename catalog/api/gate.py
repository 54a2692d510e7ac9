"""What every address of the API does alike: language, limits, refusals, CORS."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from catalog.api.limits import spend
from catalog.api.problems import AWAY, Problem, away, problem_response, read_only
from catalog.explorer.api_parameters import LANGUAGE
from catalog.files import FileUnavailable

log = structlog.get_logger(__name__)
View = Callable[..., HttpResponseBase]
CACHE_CONTROL = "public, max-age=60"  # a withdrawal must be felt soon
METHODS = ("GET", "HEAD", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, ETag, Last-Modified, RateLimit, RateLimit-Policy, Retry-After, Content-Disposition"
    ),
}
PREFLIGHT = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match, Range"
    ),
    "Access-Control-Max-Age": "86400",
}


def open_to_all(view: View) -> View:
    """A view of the open API: read-only, any origin, no cookie looked at, counted by the caller's address.

    Problems raised below come out as problem details in the caller's language.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**CORS, **PREFLIGHT})
        allowance = spend()
        with translation.override(accepted_language(request)):
            response = answered(
                request,
                lambda: allowance.check() if allowance else None,
                lambda: view(request, *args, **kwargs),
            )
            response.headers.setdefault("Content-Language", translation.get_language() or "vi")
        usual = {**CORS, **(allowance.headers if allowance else {})}
        usual["Cache-Control"] = CACHE_CONTROL if response.status_code == 200 else "no-store"
        for name, value in usual.items():
            response.headers.setdefault(name, value)
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written here
    return answer


def answered(
    request: HttpRequest, let_in: Callable[[], None], view: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What the view answers to a request that reads, once it is let in; a problem of either as its answer."""
    try:
        let_in()
        if request.method not in METHODS:
            raise read_only()
        translation.activate(_asked_language(request))
        response = view()
        # REST framework writes its answers later, when another language may be spoken.
        return response.render() if isinstance(response, SimpleTemplateResponse) else response
    except Problem as problem:
        return problem_response(problem)
    except AWAY as error:
        log.warning("service_away", error=type(error).__name__)
        return problem_response(away())
    except FileUnavailable:  # which the log tells of
        return problem_response(away())
    except SuspiciousOperation:
        return problem_response(
            Problem("bad-request", _("Địa chỉ có quá nhiều tham số: hãy bớt điều kiện."))
        )


def refused_outside(request: HttpRequest, status: int) -> HttpResponse:
    """The refusal of a request to the API that no view answered: an unknown address, or a defect."""
    with translation.override(accepted_language(request)):
        sentences = {
            400: ("bad-request", _("Không đọc được yêu cầu này.")),
            403: ("forbidden", _("Không được phép làm việc này.")),
            404: ("not-found", _("Không có gì ở địa chỉ này.")),
            408: ("body-too-slow", _("Nội dung gửi lên đến quá chậm nên cổng đã ngừng nhận.")),
            411: ("no-length", _("Yêu cầu không cho biết độ dài nội dung (Content-Length).")),
            413: ("body-too-large", _("Nội dung gửi lên lớn hơn mức cổng nhận.")),
            503: (
                "unavailable",
                _("Cổng chưa làm được việc này lúc này. Hãy thử lại sau ít phút."),
            ),
            500: ("defect", _("Cổng gặp lỗi khi trả lời. Hãy thử lại sau ít phút.")),
        }
        response = problem_response(Problem(*sentences[status]))
    for name, value in CORS.items():
        response.headers[name] = value
    return response


def _asked_language(request: HttpRequest) -> str:
    """The language `lang` names, else the one spoken already. Raises the problem for any other."""
    known = [code for code, _name in settings.LANGUAGES]
    asked = request.GET.get(LANGUAGE)
    if asked is None:
        return translation.get_language() or settings.LANGUAGE_CODE
    if asked not in known:
        raise Problem(
            "bad-value",
            _("API nói tiếng Việt (vi) và tiếng Anh (en)."),
            parameter=LANGUAGE,
            allowed=known,
        )
    return asked


def accepted_language(request: HttpRequest) -> str:
    """The language of the Accept-Language header; cookies, which a shared cache cannot see, say nothing."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(code)
        except (LookupError, ValueError):
            continue
    return settings.LANGUAGE_CODE
