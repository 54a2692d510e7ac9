"""Sign-in through the province's OpenID Connect provider.

A provider knows one return address: both steps work in Vietnamese, whatever the visitor reads.
"""

from collections.abc import Callable

import structlog
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from requests import RequestException

log = structlog.get_logger(__name__)
Step = Callable[[HttpRequest, str], HttpResponseBase]


def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the provider. 404 for one that is not configured."""
    return _step(views.login, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider: a session for the account of the verified address, or a refusal."""
    return _step(views.callback, request, provider_id)


def _step(step: Step, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    with translation.override("vi"):
        try:
            return step(request, provider_id)
        except RequestException as error:
            log.warning("single_sign_on_unreachable", provider=provider_id, error=str(error))
            return render(request, "socialaccount/authentication_error.html", status=502)
