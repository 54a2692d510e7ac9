"""Every form that asks for a page, sent as a browser sends it: fields left alone narrow nothing."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest

from tests.pages.conftest import Seen
from tests.visitor import Form, forms_on

pytestmark = pytest.mark.django_db
AT_LEAST = 30


def asking_forms(site: list[Seen]) -> Iterator[tuple[Seen, Form]]:
    """Of all pages but one that refused what its address asks: its forms ask for the same again."""
    for page in (one for one in site if one.sight.status != 400):
        yield from ((page, form) for form in forms_on(page.text) if form.method == "get")


def status_of(page: Seen, form: Form, empty: bool) -> int:
    """The answer to the form with nothing filled in, or with every field that can be left empty empty."""
    target = urlsplit(urljoin(page.path, form.action)).path
    pairs = form.emptied if empty else form.untouched
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        asked.setdefault(name, []).append(value)
    return int(page.client.get(target, asked, follow=True).status_code)


@pytest.mark.parametrize("empty", [False, True], ids=["untouched", "emptied"])
def test_a_form_left_alone_is_answered(site: list[Seen], empty: bool):
    forms = list(asking_forms(site))
    assert len(forms) >= AT_LEAST
    wrong = [
        (page.path, form.untouched, status)
        for page, form in forms
        if (status := status_of(page, form, empty)) != 200
    ]
    assert wrong == []
