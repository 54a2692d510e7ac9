"""Who sits at which desk, and the pages they open, for tests of pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Person
from tests.markup import markup


def look(client: Client, person: Person, name: str, *parts: object, **query: str) -> str:
    """The markup of a page as the person sees it."""
    response = answer(client, person, name, *parts, **query)
    assert response.status_code == 200, response.status_code
    return markup(response)


def answer(client: Client, person: Person, name: str, *parts: object, **query: str) -> Any:
    client.force_login(person)
    return client.get(reverse(name, args=parts), query)


def send(client: Client, person: Person, name: str, *parts: object, **facts: object) -> Any:
    """The response to a form, followed to the page it leads to."""
    client.force_login(person)
    return client.post(reverse(name, args=parts), facts, follow=True)
