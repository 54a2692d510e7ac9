"""Addresses for machines: no language, no session."""

from django.urls import include, path

from portal.views import health

urlpatterns = [
    path("", include("catalog.download_urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
