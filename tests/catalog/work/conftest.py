"""People at their desks in one agency; most tests sign in with a password alone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Agency, Person
from tests import factories

SignIn = Callable[..., Person]


@pytest.fixture(autouse=True)
def _password_is_enough(settings: Any) -> None:
    settings.REQUIRE_2FA = False


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """A page opened in English leaves its language behind in the thread."""
    with translation.override("vi"):
        yield


@pytest.fixture
def agency(db: None) -> Agency:
    return factories.agency("Sở Y tế")


@pytest.fixture
def sign_in(client: Client, agency: Agency) -> SignIn:
    """Sign a new person in, with a role in the agency (or another one) or with none."""

    def as_new_person(role: str | None, at: Agency | None = None) -> Person:
        person = factories.person(role, at or agency)
        client.force_login(person)
        return person

    return as_new_person


def flat(page: str) -> str:
    """The page without the spaces around tags, which only the layout of the template makes."""
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", " ".join(page.split()))


def title_of(page: str) -> str:
    """What stands in the title of the window, on one line."""
    return " ".join(page.split("<title>")[1].split("</title>")[0].split())
