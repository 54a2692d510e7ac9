"""A table of data looked at: which one, for which period, with which question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, table_columns
from catalog.explorer.table_query import TableQuery, address
from catalog.models import Release, Resource
from deadlines.period_words import period_name

ALL_PERIODS = "tat-ca"  # what stands in the address (ky=…) for the rows of every period


@dataclass(frozen=True)
class Look:
    """What a tab of the explorer starts from.

    `releases` are the published ones of the table, the newest first; `release` the one asked for, the
    newest when `all_periods` are; `columns` its columns; `parameters` the whole query string, of
    which `query` is the part that every tab shares.
    """

    resource: Resource
    release: Release
    releases: Sequence[Release]
    columns: list[TableColumn]
    query: TableQuery
    parameters: QueryDict
    all_periods: bool = False

    @property
    def period(self) -> str:
        """The period or periods as they stand in an address."""
        return ALL_PERIODS if self.all_periods else self.release.period

    @property
    def period_words(self) -> str:
        return _("Tất cả các kỳ") if self.all_periods else period_name(self.release.as_period)

    @property
    def asked(self) -> Sequence[Release]:
        """The releases whose rows the question is about."""
        return self.releases if self.all_periods else [self.release]

    @property
    def row_count(self) -> int:
        """Rows before any condition."""
        return sum(release.row_count or 0 for release in self.asked)

    def table_address(self, query: TableQuery) -> str:
        """ "?…" of the table of the same period with another question."""
        return address([("ky", self.period), *query.pairs, *query.size_pairs])


def look_at(release: Release, releases: Sequence[Release], parameters: QueryDict) -> Look:
    """What an address asks of a release, one of the published `releases` of its table."""
    return Look(
        resource=release.resource,
        release=release,
        releases=releases,
        columns=table_columns(release.resource, release),
        query=TableQuery.from_query(parameters),
        parameters=parameters,
        all_periods=parameters.get("ky") == ALL_PERIODS,
    )


class Shown(Protocol):
    """What a tab gives its template; `status` is the HTTP status it deserves."""

    @property
    def status(self) -> int: ...
