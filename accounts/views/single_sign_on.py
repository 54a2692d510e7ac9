"""Sign-in through the province's OpenID Connect provider.

A provider knows one return address: both steps work in Vietnamese, whatever the visitor reads.
"""

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the provider. 404 for one that is not configured."""
    with translation.override("vi"):
        return views.login(request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider: a session for the account of the verified address, or a refusal."""
    with translation.override("vi"):
        return views.callback(request, provider_id)
