"""The pages of 400, 403, 404, 410, 413, 500 and 503: what happened, what to do next."""

import sys
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.permissions import Forbidden
from catalog.api.gate import refused_outside
from catalog.api.problems import AWAY, BACK_SOON
from core import disk
from portal.door.limits import largest_file

RETRY_AFTER = 300  # seconds
UNREADABLE = {
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too_slow": HTTPStatus.REQUEST_TIMEOUT,
    "no_length": HTTPStatus.LENGTH_REQUIRED,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
}
APIS = ("/api/", "/chia-se/v1/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says which roles would do, and who grants them."""
    roles = exception.roles if isinstance(exception, Forbidden) else []
    agency = exception.agency if isinstance(exception, Forbidden) else None
    return _page(request, "errors/403.html", 403, {"roles": roles, "agency": agency})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "errors/csrf.html", 403, {"form_page": sent_from(request)})


def sent_from(request: HttpRequest) -> str:
    """Path and query of our own page with the form that was sent; empty where the browser does not say."""
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    return (
        urlunsplit(("", "", page.path, page.query, "")) if page.netloc == request.get_host() else ""
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 is rendered without database, session or context: they may be what failed.

    Django calls this while it handles the error: where the disk is full or a server is away, that is no
    defect but a 503, and whoever came may come again.
    """
    error = sys.exception()
    if disk.is_full(error):
        return _disk_is_full(request)
    if isinstance(error, AWAY):
        return unavailable(request)
    if request.path.startswith(APIS):
        return refused_outside(request, 500)
    return HttpResponse(loader.render_to_string("errors/500.html"), status=500)


def unreadable(request: HttpRequest, why: str) -> HttpResponse:
    """A body that was not read (portal.door.bodies.Unreadable)."""
    status = UNREADABLE[why]
    reasons = {
        "too_large": _(
            "Nội dung gửi lên lớn hơn mức trang này nhận. Hãy gửi nội dung ngắn hơn hoặc tệp nhỏ hơn."
        ),
        "too_slow": _(
            "Nội dung gửi lên đến quá chậm nên cổng đã ngừng nhận. Hãy kiểm tra đường truyền rồi gửi lại."
        ),
        "no_length": _(
            "Chương trình gửi tệp không cho biết độ dài (Content-Length). Hãy gửi bằng trình duyệt."
        ),
        "busy": _("Nhiều người đang gửi tệp cùng lúc. Hãy gửi lại sau ít phút."),
    }
    return _not_taken(request, status, reasons[why])


def no_room(request: HttpRequest) -> HttpResponse:
    """503 before a file is taken that the disk has no room for."""
    reason = _(
        "Máy chủ không còn đủ chỗ cho tệp này nên chưa nhận tệp. "
        "Hãy báo cán bộ vận hành và gửi lại sau."
    )
    return _not_taken(request, HTTPStatus.SERVICE_UNAVAILABLE, reason)


def no_file(request: HttpRequest) -> HttpResponse:
    """503: the storage does not give a file that should be there; the log says which."""
    facts = {
        "title": _("Chưa đọc được tệp"),
        "reason": _(
            "Kho lưu tệp không đưa ra được tệp này; lỗi đã được ghi lại cho đơn vị vận hành. "
            "Hãy thử lại sau ít phút."
        ),
    }
    response = _page(request, "errors/explained.html", HTTPStatus.SERVICE_UNAVAILABLE, facts)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _not_taken(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    takes_file = largest_file(request.path_info) is not None  # then there is a form to go back to
    facts = {"reason": reason, "back": request.get_full_path() if takes_file else ""}
    if request.path.startswith(APIS):
        response = refused_outside(request, status)
    else:  # drawn without a query: fifty slow senders are cut off at the same moment
        page = loader.render_to_string("errors/not_taken.html", facts)
        response = HttpResponse(page, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _disk_is_full(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(APIS):
        response = refused_outside(request, HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        page = loader.render_to_string("errors/disk_full.html")
        response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database, Redis or the queue is away; drawn without them, in both languages."""
    if request.path.startswith(APIS):
        response = refused_outside(request, HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(BACK_SOON)
        return response
    language = translation.get_language() or "vi"
    languages = [language, *(code for code, _name in settings.LANGUAGES if code != language)]
    return HttpResponse(
        loader.render_to_string("errors/503.html", {"languages": languages}),
        status=503,
        headers={"Retry-After": str(BACK_SOON), "Cache-Control": "no-store"},
    )


def _page(
    request: HttpRequest, template: str, status: int, context: dict | None = None
) -> HttpResponse:
    if request.path.startswith(APIS):
        return refused_outside(request, status)
    return HttpResponse(loader.render_to_string(template, context, request), status=status)
