"""Pages that only say something: about, guide, contact, accessibility, developers, status."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actions import audit
from catalog.api.problems import KINDS
from catalog.explorer.api_parameters import LARGEST_PAGE
from catalog.explorer.worked_examples import worked_examples
from core import clock
from portal.readiness import CHECKS, failures


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/guide.html", {"upload_max_bytes": settings.UPLOAD_MAX_BYTES})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/contact.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    context = {
        "problem_kinds": KINDS,
        "token_address": settings.SITE_URL + reverse("gateway-token"),
        "requests_per_minute": settings.API_REQUESTS_PER_MINUTE,
        "largest_page": LARGEST_PAGE,
        "examples": worked_examples(audit.revision()),
    }
    return render(request, "portal/developers.html", context)


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """What readyz tells machines, in words; 503 when something is down.

    Drawn without database and session: they may be what is down.
    """
    found = {failure.check: failure for failure in failures()}
    is_down = any(check.needed for check in found)
    context = {
        "parts": [(check, found.get(check)) for check in CHECKS],
        "is_down": is_down,
        "works": not found,
        "moment": clock.now(),
    }
    return render(request, "portal/status.html", context, status=503 if is_down else 200)
