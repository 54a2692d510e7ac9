"""Registering a dataset together with the table its data will come in."""

from typing import Any

from django.db import transaction

from accounts.models import Person
from catalog.actions import dataset as datasets
from catalog.actions import resource as resources
from catalog.models import Dataset, Topic


@transaction.atomic
def register_with_table(*, facts: dict[str, Any], topics: list[Topic], by: Person) -> Dataset:
    """A new draft dataset; unless its data stay with the agency, with a first table of its name."""
    dataset = datasets.register(facts=facts, topics=topics, by=by)
    if dataset.access != Dataset.Access.LISTED:
        resources.add(dataset=dataset, title_vi=dataset.title_vi, title_en=dataset.title_en, by=by)
    return dataset
