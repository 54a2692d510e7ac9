"""The certificates that signatures are checked against, under /dieu-hanh/chung-thu/."""

from django.urls import path

from sharing.views.office import roots

urlpatterns = [
    path("", roots.trusted_roots, name="trusted_roots"),
    path("<int:root_id>/bo/", roots.remove, name="trusted_root_remove"),
]
