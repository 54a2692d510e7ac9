"""Every page of the site as it is delivered, read once: what holds for all of them is asked here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from tests.browser import province
from tests.browser.sights import ALL, API_DOCS, Sight, of_dataset

# Pages that the browser looks at in tests of their own.
MORE = (
    Sight("dataset-chart", of_dataset("?xem=bieu-do")),
    Sight("dataset-all-periods", of_dataset("?ky=tat-ca")),
)


@dataclass
class Seen:
    """A page, who looked at it, and where it stands."""

    sight: Sight
    client: Client
    path: str
    text: str


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Seen]]:
    """Each sight in Vietnamese; what tests write is taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("vi"):
        built = province.build()
        clients = {"": Client()}
        for post, person in built.people().items():
            clients[post] = Client()
            clients[post].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        yield [seen(sight, clients[sight.visitor], sight.path(built)) for sight in (*ALL, *MORE)]
        transaction.set_rollback(True)


def seen(sight: Sight, client: Client, path: str) -> Seen:
    response = client.get(path)
    assert response.status_code == sight.status, f"{path}: {response.status_code}"
    return Seen(sight, client, path, response.content.decode())


@pytest.fixture
def site(pages: list[Seen], db: None) -> list[Seen]:
    return [page for page in pages if page.sight is not API_DOCS]
