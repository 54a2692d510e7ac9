"""Use of the gateway: calls by day, by account, by reason of refusal, and one by one.

Everything is counted by the database over one month of CallRecord, whose index holds what is counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from catalog.models import Resource
from core import clock
from deadlines.periods import Kind, Period
from sharing.call_words import REFUSED, outcome_of, outcome_words
from sharing.models import CallRecord, ConnectionAccount

SHOWN_DAYS = 30
NAMED_FIELDS = 4  # of a call, in a list
Calls = QuerySet[CallRecord]


@dataclass(frozen=True)
class DayOfUse:
    """One day; `refused` of the `calls` were answered with an error; `milliseconds` of all calls together."""

    day: date
    calls: int
    refused: int
    rows: int
    bytes: int
    milliseconds: int

    @property
    def average(self) -> int:
        """Milliseconds a call took."""
        return round(self.milliseconds / self.calls)


@dataclass(frozen=True)
class Use:
    """The days with calls, the newest first."""

    days: list[DayOfUse]

    @property
    def calls(self) -> int:
        return sum(one.calls for one in self.days)

    @property
    def refused(self) -> int:
        return sum(one.refused for one in self.days)

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.days)

    @property
    def bytes(self) -> int:
        return sum(one.bytes for one in self.days)

    @property
    def most(self) -> int:
        """Calls of the busiest day."""
        return max((one.calls for one in self.days), default=0)


@dataclass(frozen=True)
class Refusal:
    """How many calls were refused for one reason."""

    words: str
    status: int
    calls: int


@dataclass(frozen=True)
class AccountUse:
    """What one account did."""

    account: ConnectionAccount
    calls: int
    refused: int
    rows: int
    bytes: int
    last: datetime


@dataclass(frozen=True)
class CallLine:
    """One call in words; `table` empty where it asked for no table."""

    call: CallRecord
    table: str
    query: str
    fields: list[str]
    more_fields: int
    outcome: str

    @property
    def is_refused(self) -> bool:
        return self.call.status >= REFUSED


def months(since: date) -> list[Period]:
    """From the month of that day, or from the oldest whose calls are kept, to this one; the newest first."""
    today = clock.today()
    oldest = max(since, today - timedelta(days=settings.CALL_RECORD_DAYS))
    month, found = Period.containing(oldest, Kind.MONTH), []
    while month.first_day <= today:
        found.append(month)
        month = month.next()
    return found[::-1]


def since_of(accounts: QuerySet[ConnectionAccount]) -> date:
    """The day before which none of the accounts can have called; today without any."""
    return accounts.aggregate(first=Min("valid_from"))["first"] or clock.today()


def calls_of(accounts: QuerySet[ConnectionAccount]) -> Calls:
    return CallRecord.objects.filter(account__in=accounts.order_by().values("pk"))


def in_month(calls: Calls, month: Period) -> Calls:
    """Those made in the month, as it is in Nghệ An."""
    return calls.filter(
        at__gte=clock.midnight(month.first_day), at__lt=clock.midnight(month.next().first_day)
    )


def last_days(account: ConnectionAccount) -> Use:
    """The last thirty days."""
    since = clock.midnight(clock.today() - timedelta(days=SHOWN_DAYS))
    return use_of(CallRecord.objects.filter(account=account, at__gte=since))


def use_of(calls: Calls) -> Use:
    facts = calls.order_by().annotate(day=TruncDate("at")).values("day").annotate(**_counted())
    return Use(
        [
            DayOfUse(
                day=one["day"],
                milliseconds=one["taken"],
                **_sums(one),
            )
            for one in facts.annotate(taken=Sum("milliseconds")).order_by("-day")
        ]
    )


def refusals_of(calls: Calls) -> list[Refusal]:
    """By reason, the most frequent first."""
    facts = calls.order_by().filter(status__gte=REFUSED).values_list("status", "problem")
    counted = facts.annotate(calls=Count("status")).order_by("-calls", "status", "problem")
    return [
        Refusal(outcome_words(status, problem), status, number)
        for status, problem, number in counted
    ]


def accounts_in(calls: Calls) -> list[AccountUse]:
    """Those that called, the busiest first; two queries."""
    counted = calls.order_by().values("account").annotate(**_counted(), last=Max("at"))
    facts = {one["account"]: one for one in counted}
    accounts = ConnectionAccount.objects.filter(pk__in=facts)
    found = [
        AccountUse(account=one, last=facts[one.pk]["last"], **_sums(facts[one.pk]))
        for one in accounts.select_related("service__owner", "agency")
    ]
    return sorted(found, key=lambda one: (-one.calls, one.account.code))


def one_by_one(calls: Calls) -> Calls:
    """The newest first, each with its account and agency."""
    return calls.select_related("account__agency").order_by("-at", "-pk")


def lines(calls: Iterable[CallRecord]) -> Iterator[CallLine]:
    """The calls in words; one query for the tables they asked for."""
    found = list(calls)
    tables = table_titles({call.resource_id for call in found})
    for call in found:
        yield CallLine(
            call=call,
            table=tables.get(call.resource_id, ""),
            query=unquote_plus(call.query),
            fields=call.fields[:NAMED_FIELDS],
            more_fields=max(len(call.fields) - NAMED_FIELDS, 0),
            outcome=outcome_of(call),
        )


def table_titles(ids: set[Any]) -> dict[Any, str]:
    """What still exists of the tables."""
    tables = Resource.objects.filter(pk__in=ids - {None}).select_related("dataset")
    return {one.pk: f"{one.dataset.title}: {one.title}" for one in tables}


def _counted() -> dict[str, Any]:
    """Of what the index holds: the calls themselves are not read."""
    return {
        "calls": Count("status"),
        "refused": Count("status", filter=Q(status__gte=REFUSED)),
        "given": Sum("rows"),
        "size": Sum("bytes"),
    }


def _sums(fact: Mapping[str, Any]) -> dict[str, int]:
    """`rows` and `bytes` are names of the records' own fields, so that sums need others."""
    return {
        "calls": fact["calls"],
        "refused": fact["refused"],
        "rows": fact["given"],
        "bytes": fact["size"],
    }
