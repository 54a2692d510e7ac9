"""Two people register datasets of the same title in the same instant."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from catalog.actions import dataset as dataset_actions
from catalog.models import Dataset, Topic
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_gets_an_address_of_its_own() -> None:
    model = factories.dataset("Mẫu")
    people = [factories.person("contributor", model.agency) for _ in range(4)]

    def register(number: int) -> str:
        facts = {name: getattr(model, name) for name in dataset_actions.DESCRIBING}
        try:
            return dataset_actions.register(
                facts={**facts, "title_vi": "Cùng một tên"},
                topics=list(Topic.objects.all()),
                by=people[number],
            ).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as together:
        slugs = set(together.map(register, range(4)))
    assert slugs == {"cung-mot-ten", "cung-mot-ten-2", "cung-mot-ten-3", "cung-mot-ten-4"}
    assert Dataset.objects.filter(slug__in=slugs).count() == 4
