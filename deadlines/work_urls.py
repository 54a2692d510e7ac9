"""What agencies do about their duties, under /lam-viec/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
