"""The gateway under /chia-se/v1/: machine addresses, without language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
