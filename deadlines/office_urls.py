"""The officers' desk under /dieu-hanh/, the leaders' page under /lanh-dao/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
