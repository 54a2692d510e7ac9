"""Whatever people write stays text: on every page, in every form shown again, for every role."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from tests.browser import province
from tests.browser.province import Province
from tests.browser.sights import ALL, API_DOCS
from tests.pages import hostile
from tests.pages.conftest import MORE, Seen
from tests.visitor import Form, form_with, forms_on

pytestmark = pytest.mark.django_db
SIGHTS = [one for one in (*ALL, *MORE) if one is not API_DOCS]
LEAST_FIELDS = 80
LEAST_FORMS = 40


@pytest.fixture(scope="module")
def hostile_pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Seen]]:
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        translation.override("vi"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(province, "WIDE_CSV", with_markup(province.WIDE_CSV))
        built = province.build()
        assert hostile.poison() >= LEAST_FIELDS
        yield list(seen(built))
        transaction.set_rollback(True)


def with_markup(csv: str) -> str:
    """In the heading of one column and in the cells of two."""
    quoted = '"' + hostile.LONG.replace('"', '""') + '"'
    head, *lines = csv.splitlines()
    head = head.replace(province.LONG_COLUMN, '"' + hostile.SHORT.replace('"', '""') + '"')
    rows = []
    for line in lines:
        code, _name, rest = line.split(",", 2)
        rows.append(f"{code},{quoted},{rest.replace(province.LONG_WORD, quoted)}")
    return "\n".join([head, *rows]) + "\n"


def seen(built: Province) -> Iterator[Seen]:
    clients = {"": Client(raise_request_exception=False)}
    for post, person in built.people().items():
        clients[post] = Client(raise_request_exception=False)
        clients[post].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for sight in SIGHTS:
        client, path = clients[sight.visitor], sight.path(built)
        response = client.get(path)
        assert response.status_code == sight.status, f"{path}: {response.status_code}"
        yield Seen(sight, client, path, response.content.decode())


@pytest.fixture
def pages(hostile_pages: list[Seen], db: None) -> list[Seen]:
    return hostile_pages


def arisen(text: str) -> list[str]:
    found = hostile.Seen(text).arisen
    return [*found, "a template was run"] if "14zqx" in text else found


def test_no_page_has_more_in_it_than_its_template(pages: list[Seen]):
    assert {page.path: found for page in pages if (found := arisen(page.text))} == {}
    showing = [page.path for page in pages if "zqx" in page.text]
    assert len(showing) > len(pages) * 0.8


@pytest.mark.parametrize(
    ("method", "text"),
    [("get", hostile.LONG), ("post", hostile.LONG), ("get", "a\0b")],
    ids=["get", "post", "get-nul"],
)
def test_what_a_form_is_sent_stays_text_on_the_page_that_answers(
    pages: list[Seen], method: str, text: str
):
    forms = [
        (page, form) for page in pages for form in forms_on(page.text) if form.method == method
    ]
    assert len(forms) >= LEAST_FORMS
    wrong = {}
    for page, form in forms:
        with transaction.atomic():
            answer = sent(page, form, text)
            transaction.set_rollback(True)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code >= 500 or (is_page and arisen(answer.content.decode())):
            wrong[page.path, form.action] = answer.status_code
    assert wrong == {}


def sent(page: Seen, form: Form, text: str) -> HttpResponse:
    """The form with the text in every field that can be seen, choices included; nobody is signed out."""
    target = urlsplit(urljoin(page.path, form.action)).path
    shown = [one for one in form.controls if one.name and not one.is_hidden]
    markup = {one.name: text for one in shown if one.named.get("type") != "file"}
    values = {**dict(form.untouched), **markup}
    session = page.client.cookies.get(settings.SESSION_COOKIE_NAME)
    answer = getattr(page.client, form.method)(target, values)
    if session:
        page.client.cookies[settings.SESSION_COOKIE_NAME] = session.value
    assert "/dang-nhap/?next=" not in answer.headers.get("Location", ""), page.path
    return answer


def test_a_program_is_no_address_of_a_service(pages: list[Seen]):
    page = next(one for one in pages if one.sight.name == "service-new")
    form = form_with(page.text, ["endpoint", "technical_document"])
    program = {"endpoint": "javascript:alert(1)", "technical_document": "data:text/html,x"}
    answer = page.client.post(page.path, {**dict(form.untouched), **program})
    refused = form_with(answer.content.decode(), ["endpoint", "technical_document"])
    wrong = {one.name for one in refused.controls if one.named.get("aria-invalid") == "true"}
    assert {"endpoint", "technical_document"} <= wrong
