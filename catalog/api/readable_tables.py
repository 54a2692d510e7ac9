"""A table that may be read, with the periods of it that the caller may have: what every answer stands on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.api.problems import Problem, shown, withdrawn
from catalog.explorer.api_parameters import ALL_PERIODS, PERIOD
from catalog.explorer.tables import table_of
from catalog.explorer.withdrawals import period_withdrawal
from catalog.models import Dataset, Release, Resource
from tables import Only, Table


@dataclass(frozen=True, eq=False)
class ReadableTable:
    """A table whose data the caller may have; `releases` are the published ones, the newest first.

    `revision` is the number it is kept under (accounts.actions.audit.revision): one of another revision
    is another one. `addresses` is
    what the names of its addresses begin with. Who may see a part of it gets a resource and releases
    that know the columns he may see; `hides_columns` says that the files have more, `only` which of
    their rows he may see. All of these are shared: nobody may change them.
    """

    resource: Resource
    releases: Sequence[Release]
    revision: int
    addresses: str = "api"
    hides_columns: bool = False
    only: tuple[Only, ...] = ()

    @property
    def dataset(self) -> Dataset:
        return self.resource.dataset

    @property
    def periods(self) -> list[str]:
        return [release.period for release in self.releases]

    @property
    def is_narrowed(self) -> bool:
        """The caller may see less than the files hold."""
        return self.hides_columns or bool(self.only)

    def table(self, release: Release) -> Table:
        """One of the releases as the table engine takes it, with what limits the caller."""
        found = table_of(release)
        if not self.is_narrowed:
            return found
        # The index knows the words of every column.
        search = None if self.hides_columns else found.search_path
        return replace(found, search_path=search, only=self.only)

    def address(self, name: str) -> str:
        """The absolute address of its rows, profile, table-schema or table-openapi."""
        return settings.SITE_URL + self.path(name)

    def path(self, name: str) -> str:
        return _path(f"{self.addresses}-{name}", self.resource.pk)

    def release(self, period: str | None) -> Release:
        """The release of a period, of the newest one for None. Raises the problem for any other."""
        if period is None:
            return self.releases[0]
        for release in self.releases:
            if release.period == period:
                return release
        raise self._no_such_period(period, self.periods)

    def releases_for(self, period: str | None) -> Sequence[Release]:
        """One release, or every one for "all". Raises the problem for anything else."""
        if period == ALL_PERIODS:
            return self.releases
        if period is None or period in self.periods:
            return [self.release(period)]
        raise self._no_such_period(period, [*self.periods, ALL_PERIODS])

    def _no_such_period(self, period: str, allowed: list[str]) -> Problem:
        withdrawal = period_withdrawal(self.resource, period) if period else None
        if withdrawal:
            return withdrawn(withdrawal)
        sentence = _("Không có dữ liệu đã công bố cho kỳ “%(period)s”.") % {"period": shown(period)}
        return Problem("bad-value", sentence, parameter=PERIOD, allowed=allowed)


@lru_cache(maxsize=4096)
def _path(name: str, resource_id: UUID) -> str:
    """Kept: finding it anew takes a tenth of a millisecond, and an answer names several."""
    return reverse(name, args=[resource_id])
