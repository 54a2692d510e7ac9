"""A list as a CSV file to save."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from core.csv_lines import csv_lines


def csv_file(rows: Iterable[Iterable[Any]], name: str) -> StreamingHttpResponse:
    """Saved under that name, written while it is sent, in the language of who asked."""
    lines = _in_language(rows, translation.get_language())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def not_a_file(page: HttpResponse) -> HttpResponse:
    """The page of the list in place of its file: a filter there cannot be understood, and it says which."""
    page.status_code = 400
    return page


def _in_language(rows: Iterable[Iterable[Any]], language: str) -> Iterator[str]:
    """The lines are written after the answer began, when another language may be spoken."""
    with translation.override(language):
        yield from csv_lines(rows)
