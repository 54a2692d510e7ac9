"""A page that says why something cannot be had, and what to do instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.models import Dataset


def explained(
    request: HttpRequest, *, title: str, reason: str, status: int, dataset: Dataset | None = None
) -> HttpResponse:
    context = {"title": title, "reason": reason, "dataset": dataset}
    return render(request, "errors/explained.html", context, status=status)
