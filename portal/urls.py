"""Every address of the portal.

The catalogue keeps CKAN's shape and the same path in both languages; English stands under /en/.
Machine addresses (API, health, downloads) have no language.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal.views import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", include("portal.machine_urls")),
    *i18n_patterns(
        path("", include("accounts.urls")),
        path("", include("deadlines.urls")),
        path("", include("sharing.urls")),
        path("", include("catalog.urls")),
        path("", include("portal.page_urls")),
        prefix_default_language=False,
    ),
]
