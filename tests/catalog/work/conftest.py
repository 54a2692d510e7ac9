"""People at their desks in one agency."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Agency, Person
from tests import factories

SignIn = Callable[..., Person]


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


def title_of(page: str) -> str:
    """What stands in the title of the window, on one line."""
    return " ".join(page.split("<title>")[1].split("</title>")[0].split())
