"""Connection accounts: lists, use, the public register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from accounts.models import Agency
from portal import clock
from sharing.models import CallRecord, ConnectionAccount
from sharing.states import AccountState

SHOWN_DAYS = 30


@dataclass(frozen=True)
class DayOfUse:
    """What an account did on one day; `refused` of the `calls` were answered with an error."""

    day: object
    calls: int
    refused: int
    rows: int
    bytes: int
    milliseconds: float


def accounts_of(agencies: Iterable[Agency]) -> QuerySet[ConnectionAccount]:
    """Those the agencies use, the living ones first."""
    return _listed().filter(agency__in=agencies)


def accounts_to(agency: Agency) -> QuerySet[ConnectionAccount]:
    """Those that give data of the agency."""
    return _listed().filter(service__owner=agency)


def all_accounts(*, state: str = "") -> QuerySet[ConnectionAccount]:
    found = _listed()
    return found.filter(state=state) if state in AccountState.values else found


def use_of(account: ConnectionAccount) -> list[DayOfUse]:
    """The last thirty days on which it was used, the newest first."""
    since = clock.midnight(clock.today() - timedelta(days=SHOWN_DAYS))
    days = (
        CallRecord.objects.filter(account=account, at__gte=since)
        .annotate(day=TruncDate("at"))
        .order_by()
        .values("day")
        .annotate(
            calls=Count("pk"),
            refused=Count("pk", filter=Q(status__gte=400)),
            given=Sum("rows"),
            size=Sum("bytes"),
            taken=Avg("milliseconds"),
        )
        .order_by("-day")
    )
    return [
        DayOfUse(one["day"], one["calls"], one["refused"], one["given"], one["size"], one["taken"])
        for one in days
    ]


def _listed() -> QuerySet[ConnectionAccount]:
    living = [AccountState.ACTIVE, AccountState.SUSPENDED]
    return (
        ConnectionAccount.objects.select_related("service__owner", "agency", "request")
        .annotate(living=Count("pk", filter=Q(state__in=living)))
        .order_by("-living", "-issued_at")
    )
