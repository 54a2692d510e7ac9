"""Is the process alive; can it do its work."""

from collections.abc import Callable

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, Redis and storage answer, else 503 with what does not."""
    failed = failures()
    return JsonResponse({"ready": not failed, "failed": failed}, status=503 if failed else 200)


def failures() -> dict[str, str]:
    """What does not answer → the class of its error; empty when all is well."""
    checks = {"database": _database, "redis": _redis, "storage": _storage}
    return {name: error for name, check in checks.items() if (error := _error_of(check))}


def _error_of(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we report
        return type(error).__name__
    return ""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _redis() -> None:
    cache.get("readyz")


def _storage() -> None:
    default_storage.exists("readyz")
