"""What happens to every request: where it comes from, what a refusal looks like, who may keep the answer."""

import uuid
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_structlog.middlewares import RequestMiddleware

from accounts import session_watch
from accounts.devices import write_cookie
from accounts.origin import Origin, acting_from
from accounts.permissions import Forbidden, NotFound, NotSignedIn, SecondFactorMissing
from catalog.api.problems import AWAY
from catalog.files import FileUnavailable
from core import disk
from portal.door.limits import largest_file
from portal.masking import masked
from portal.views.errors import forbidden, no_file, no_room, not_found, sent_from, unreadable

Next = Callable[[HttpRequest], HttpResponse]


class ProxyMiddleware:
    """Tells the audit trail and the log the caller's address, through as many proxies as stand in front."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request.headers.get("X-Request-ID", "")[:40] or uuid.uuid4().hex
        address = caller_address(request)
        # Whoever writes the line of the request, below, clears what is bound.
        structlog.contextvars.bind_contextvars(
            ip=address, user_agent=request.META.get("HTTP_USER_AGENT")
        )
        with acting_from(Origin(address=address, request_id=request_id)):
            return self.get_response(request)


def caller_address(request: HttpRequest) -> str | None:
    """The address in front of our own proxies; a header sent by the caller himself is not believed."""
    if settings.PROXIES:
        named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(named) >= settings.PROXIES and named[-settings.PROXIES]:
            return named[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR") or None


class RequestLogMiddleware(RequestMiddleware):
    """One line for each request; a secret that somebody has put into an address is not in it."""

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Nobody's, while the database cannot say whose session it is."""
        with suppress(*AWAY):
            RequestMiddleware.bind_user_id(request)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {masked(request.get_full_path())}"


class BodyMiddleware:
    """A body the door did not take, a file nobody may send or there is no room for: said at once.

    Before anything reads the body: the check of a form's token would take in the whole file.
    """

    # The file; the table made of it and the copies people download are about as large each.
    COPIES = 3

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        why = request.META.get("portal.unreadable")
        if request.method == "POST" and largest_file(request.path_info) is not None:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            length = int(request.META.get("CONTENT_LENGTH") or 0)
            if not why and disk.free_bytes() < length * self.COPIES:
                return no_room(request)
        return unreadable(request, why) if why else None


class RefusalMiddleware:
    """Turns a refusal raised anywhere below into the page that says what is missing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case NotSignedIn():
                return to_sign_in(request)
            case SecondFactorMissing():
                messages.warning(
                    request,
                    _(
                        "Việc này cần xác thực hai lớp. Hãy đăng ký ứng dụng xác thực trước khi tiếp tục."
                    ),
                )
                return redirect("mfa_activate_totp")
            case Forbidden():
                return forbidden(request, error)
            case NotFound():
                return not_found(request, error)
            case FileUnavailable():
                return no_file(request)
        return None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page for signing in, which says what became of what was sent, and from there back.

    Back to the page with the form: what a form sends is never sent again by itself.
    """
    back = request.get_full_path()
    if request.method == "POST":
        back = sent_from(request) or back
        messages.warning(
            request,
            _(
                "Phiên làm việc đã hết nên điều bạn vừa gửi chưa được thực hiện. Hãy đăng nhập lại, trang "
                "có biểu mẫu sẽ mở ra để bạn gửi lần nữa; nội dung trình duyệt không giữ được thì phải "
                "nhập lại."
            ),
        )
    elif settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
        messages.warning(request, _("Phiên làm việc đã hết. Hãy đăng nhập lại để tiếp tục."))
    return redirect_to_login(back)


class KnownBrowserMiddleware:
    """Lets a browser in which somebody has just signed in be known again (accounts.devices)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        write_cookie(request, response)
        return response


class SessionWatchMiddleware:
    """Notes now and then that a session is in use (accounts.session_watch)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only what has been looked into anyway: a page that asks for nobody costs nothing, nor waits.
        with suppress(*AWAY):  # the answer is there
            if request.session.accessed and request.session.session_key:
                session_watch.note(request)
        return response


class PrivatePagesMiddleware:
    """Pages of somebody who has signed in are never kept by a browser or a proxy."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # In this order: asking who has signed in makes an answer depend on the cookie (Vary).
        if "Cache-Control" not in response.headers and _may_be_private(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def _may_be_private(request: HttpRequest) -> bool:
    try:
        return request.user.is_authenticated
    except AWAY:  # nobody can say who it is, and the answer is there
        return True
