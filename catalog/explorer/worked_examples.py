"""Addresses of a table that is really there, for whoever reads how to ask: each answers with rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from catalog.downloads import Format, download_path
from catalog.explorer.api_parameters import FORMAT, PERIOD, api_pairs
from catalog.explorer.cells import TableColumn, python_value, table_columns
from catalog.explorer.table_query import address, condition_pairs, sort_pairs
from catalog.explorer.values import has_few_values, typed
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState
from core.kept import kept
from tables import Aggregate, AnyOf, Filter, Group, Query

LOOKED_AT = 20  # of the newest tables: the first with columns to filter, group and add up
WORDS = 2  # of a title, as somebody seeks it


@dataclass(frozen=True)
class WorkedExamples:
    """`text` has few values, `number` may be compared; both are columns of the release."""

    release: Release
    text: TableColumn
    number: TableColumn

    @property
    def dataset(self) -> Dataset:
        return self.release.resource.dataset

    @property
    def search(self) -> str:
        words = self.dataset.title.split()[:WORDS]
        return _absolute(reverse("api-datasets"), [("q", " ".join(words))])

    @property
    def narrowed(self) -> str:
        number = self.number.name
        return self._rows(
            Query(
                filters=[self._enough],
                sort=[(number, True)],
                columns=[self.text.name, number],
                limit=20,
            )
        )

    @property
    def grouped(self) -> str:
        query = Query(
            group_by=[Group(self.text.name)],
            aggregates=[Aggregate("count"), Aggregate("max", self.number.name)],
        )
        return self._rows(query, (PERIOD, "all"), (FORMAT, "csv"))

    @property
    def either(self) -> str:
        return self._rows(
            Query(filters=[AnyOf([Filter(self.text.name, "eq", self._value), self._enough])])
        )

    @property
    def file(self) -> str:
        return settings.SITE_URL + download_path(self.release, Format.CSV)

    @property
    def narrowed_file(self) -> str:
        pairs = [*condition_pairs([self._typed]), *sort_pairs([(self.number.name, True)])]
        return self.file + address(pairs)

    @property
    def described(self) -> list[str]:
        """Both descriptions for machines."""
        names = ("datapackage", "croissant")
        return [settings.SITE_URL + reverse(name, args=[self.dataset.slug]) for name in names]

    @property
    def used(self) -> str:
        pairs = [("dataset", self.dataset.slug), ("by", "month"), (FORMAT, "csv")]
        return _absolute(reverse("api-usage"), pairs)

    @cached_property
    def _value(self) -> Any:
        return self.text.top[0][0]

    @property
    def _enough(self) -> Filter:
        """Half way to the greatest number, which therefore is found at least."""
        return Filter(self.number.name, "ge", (self.number.minimum + self.number.maximum) // 2)

    @property
    def _typed(self) -> Filter:
        value = python_value(self._enough.value, self.number.type)
        return Filter(self.number.name, "ge", typed(value))

    def _rows(self, query: Query, *more: tuple[str, str]) -> str:
        path = reverse("api-rows", args=[self.release.resource_id])
        return _absolute(path, [*api_pairs(query), *more])


@kept(most=1)
def worked_examples(revision: int) -> WorkedExamples | None:
    """Of the newest open table that has a text and a number; None where there is no such table."""
    tables = (
        Resource.objects.filter(
            latest_release__state=ReleaseState.PUBLISHED,
            latest_release__row_count__gt=0,
            dataset__state=Dataset.State.PUBLISHED,
            dataset__access=Dataset.Access.OPEN,
        )
        .select_related("dataset", "latest_release")
        .prefetch_related("dataset__resources")
        .order_by("-latest_release__published_at", "pk")[:LOOKED_AT]
    )
    # Few at a time: what was read of a file may be long.
    found = (_of(table) for table in tables.iterator(chunk_size=2))
    return next((one for one in found if one), None)


def _of(table: Resource) -> WorkedExamples | None:
    release = table.latest_release
    if release is None:
        return None
    release.resource = table
    columns = table_columns(table, release)
    texts = (one for one in columns if one.type == "text" and has_few_values(one) and one.top)
    numbers = (
        one
        for one in columns
        if one.is_number and not one.is_plain_number and one.maximum is not None
    )
    text, number = next(texts, None), next(numbers, None)
    return WorkedExamples(release, text, number) if text and number else None


def _absolute(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{settings.SITE_URL}{path}?{urlencode(pairs, safe='[]:,')}"
