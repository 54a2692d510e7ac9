"""Addresses of sharing: office."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
