"""The API's OpenAPI document, and a page to read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.views import SpectacularAPIView

schema = SpectacularAPIView.as_view()


def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI from our own static files; without JavaScript, the address of the document."""
    return render(request, "portal/api_docs.html")
