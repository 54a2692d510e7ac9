"""Files: the same address in every language."""

from django.urls import path

from catalog.views.public.download import download

urlpatterns = [
    path(
        "dataset/<slug:slug>/resource/<uuid:resource_id>/download/<str:name>",
        download,
        name="download",
    ),
]
