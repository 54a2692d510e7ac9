"""Lists of connection accounts."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accounts.models import Agency
from catalog.models import Resource
from sharing.models import ConnectionAccount
from sharing.scopes import Granted, granted_tables
from sharing.states import AccountState


def accounts_of(agencies: Iterable[Agency]) -> QuerySet[ConnectionAccount]:
    """Those the agencies use, the living ones first."""
    return _listed().filter(agency__in=agencies)


def accounts_to(agency: Agency) -> QuerySet[ConnectionAccount]:
    """Those that give data of the agency."""
    return _listed().filter(service__owner=agency)


def all_accounts(*, state: str = "") -> QuerySet[ConnectionAccount]:
    found = _listed()
    return found.filter(state=state) if state in AccountState.values else found


def given_to(account: ConnectionAccount) -> list[tuple[Resource, Granted]]:
    """The tables the account may see, each with what it may see of it, in the order of the tables."""
    granted = granted_tables(account.scope)
    found = Resource.objects.filter(pk__in=granted).select_related("dataset")
    return [(resource, granted[resource.pk]) for resource in found.order_by("position", "pk")]


def _listed() -> QuerySet[ConnectionAccount]:
    living = [AccountState.ACTIVE, AccountState.SUSPENDED]
    return (
        ConnectionAccount.objects.select_related("service__owner", "agency", "request")
        .annotate(living=Count("pk", filter=Q(state__in=living)))
        .order_by("-living", "-issued_at")
    )
