from django.urls import include, path

urlpatterns = [
    path("", include("catalog.public_urls")),
    path("lam-viec/", include("catalog.work_urls")),
]
