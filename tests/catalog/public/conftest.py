"""The public side: what agencies published, seen by somebody who has not signed in."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import Dataset
from tests import factories

MakePublic = Callable[..., Dataset]


@pytest.fixture(autouse=True)
def _password_is_enough(settings: Any) -> None:
    settings.REQUIRE_2FA = False


@pytest.fixture
def public(db: None) -> MakePublic:
    """Makes a public dataset without data by its title: enough for lists."""

    def make(title: str, **fields: Any) -> Dataset:
        made = factories.dataset(title, **{"access": Dataset.Access.LISTED, **fields})
        Dataset.objects.filter(pk=made.pk).update(
            state=Dataset.State.PUBLISHED, first_published_at=made.created_at
        )
        made.refresh_from_db()
        return made

    return make
