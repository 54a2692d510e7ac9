"""Addresses for machines: no language, no session."""

from django.urls import include, path
from django_prometheus.exports import ExportToDjangoView

from catalog.api.gate import open_to_all
from portal.views import api, health

urlpatterns = [
    path("", include("catalog.download_urls")),
    path("api/v1/", include("catalog.api.urls")),
    path("api/v1/schema/", open_to_all(api.schema), name="api-schema"),
    path("api/v1/docs/", api.docs, name="api-docs"),
    path("chia-se/v1/", include("sharing.gateway.urls")),
    path("metrics", ExportToDjangoView, name="metrics"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
