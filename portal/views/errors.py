"""The pages of 400, 403, 404, 410 and 500: what happened, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from accounts.permissions import Forbidden
from catalog.api.gate import refused_outside

APIS = ("/api/", "/chia-se/v1/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says which roles would do, and who grants them."""
    roles = exception.roles if isinstance(exception, Forbidden) else []
    agency = exception.agency if isinstance(exception, Forbidden) else None
    return _page(request, "errors/403.html", 403, {"roles": roles, "agency": agency})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "errors/csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 is rendered without database, session or context: they may be what failed."""
    if request.path.startswith(APIS):
        return refused_outside(request, 500)
    return HttpResponse(loader.render_to_string("errors/500.html"), status=500)


def _page(
    request: HttpRequest, template: str, status: int, context: dict | None = None
) -> HttpResponse:
    if request.path.startswith(APIS):
        return refused_outside(request, status)
    return HttpResponse(loader.render_to_string(template, context, request), status=status)
