"""Lists of connection accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from catalog.explorer.cells import readable
from catalog.models import Resource
from sharing.models import ConnectionAccount
from sharing.scopes import Granted, granted_tables
from sharing.states import AccountState


def accounts_of(agencies: Iterable[Agency]) -> QuerySet[ConnectionAccount]:
    """Those the agencies use, the living ones first."""
    return _listed().filter(agency__in=agencies)


def all_accounts(*, state: str = "") -> QuerySet[ConnectionAccount]:
    found = _listed()
    return found.filter(state=state) if state in AccountState.values else found


@dataclass(frozen=True)
class GivenTable:
    """A table of a scope and what is given of it."""

    resource: Resource
    granted: Granted

    @property
    def columns(self) -> list[str]:
        """The columns by the titles people read."""
        return [self._title(name) for name in self.granted.columns]

    @property
    def conditions(self) -> list[str]:
        """What each row given fits; all of them count."""
        return [
            CONDITION_WORDS[operator].format(
                column=self._title(name),
                value="; ".join(map(str, value)) if isinstance(value, tuple) else value,
            )
            for name, operator, value in self.granted.rows
        ]

    def _title(self, name: str) -> str:
        titles = {column["name"]: column.get("label") or "" for column in self.resource.columns}
        return readable(titles.get(name) or name)


CONDITION_WORDS = {
    "eq": _("{column} bằng {value}"),
    "in": _("{column} là một trong: {value}"),
    "ge": _("{column} từ {value} trở lên"),
    "le": _("{column} đến hết {value}"),
    "starts": _("{column} bắt đầu bằng {value}"),
}


def given_by(scope: dict[str, Any]) -> list[GivenTable]:
    """The tables of a scope, each with what is given of it, in the order of the tables; one query."""
    granted = granted_tables(scope)
    found = Resource.objects.filter(pk__in=granted).select_related("dataset")
    return [GivenTable(one, granted[one.pk]) for one in found.order_by("position", "pk")]


def _listed() -> QuerySet[ConnectionAccount]:
    living = [AccountState.ACTIVE, AccountState.SUSPENDED]
    return (
        ConnectionAccount.objects.select_related("service__owner", "agency", "request")
        .annotate(living=Count("pk", filter=Q(state__in=living)))
        .order_by("-living", "-issued_at")
    )
