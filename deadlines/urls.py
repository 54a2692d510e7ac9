"""Every address of the deadlines."""

from django.urls import include, path

urlpatterns = [
    path("", include("deadlines.public_urls")),
    path("", include("deadlines.office_urls")),
    path("lam-viec/", include("deadlines.work_urls")),
]
