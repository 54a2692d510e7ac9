"""Files: the same address in every language."""

from django.urls import path

from catalog.views.public.croissant import croissant
from catalog.views.public.datapackage import datapackage
from catalog.views.public.download import download

urlpatterns = [
    path(
        "dataset/<slug:slug>/resource/<uuid:resource_id>/download/<str:name>",
        download,
        name="download",
    ),
    path("dataset/<slug:slug>/datapackage.json", datapackage, name="datapackage"),
    path("dataset/<slug:slug>/croissant.json", croissant, name="croissant"),
]
