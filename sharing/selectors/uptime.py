"""How well the endpoints of services elsewhere have answered: read-only, from the looks at them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
)
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from core import clock
from sharing.models import ServiceProbe, SharingService

DAYS = 30
STALE_AFTER = timedelta(days=1)  # a look older than that says nothing of today


class EndpointState(TextChoices):
    """What the last looks say of an endpoint; of the gateway's own services the portal says nothing apart."""

    ANSWERS = "answers", _("Trả lời bình thường")
    MISSED = "missed", _("Lần kiểm tra gần nhất không trả lời")
    DOWN = "down", _("Không trả lời")
    UNKNOWN = "unknown", _("Chưa kiểm tra gần đây")
    OWN = "own", _("Theo Kho dữ liệu")


@dataclass(frozen=True)
class Share:
    """How many of the looks were answered; `median`: milliseconds of the answers, none without any."""

    probes: int
    ok: int
    median: int | None

    @property
    def percent(self) -> float | None:
        """To a tenth, rounded down, so that a hundred is all; none without a look."""
        return 1000 * self.ok // self.probes / 10 if self.probes else None

    @property
    def missed(self) -> int:
        return self.probes - self.ok


@dataclass(frozen=True)
class Uptime:
    """The last DAYS days, today included; `days`: those with a look, the newest first."""

    total: Share
    days: list[tuple[date, Share]]
    last: ServiceProbe | None
    state: EndpointState


class Median(Aggregate):
    """Half are above it, half below; PostgreSQL only."""

    function = "PERCENTILE_CONT"
    name = "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def uptime_of(service: SharingService) -> Uptime | None:
    """Three queries; none for a service of the gateway, which has no endpoint of its own."""
    if service.place == SharingService.Place.GATEWAY:
        return None
    since = clock.midnight(clock.today() - timedelta(days=DAYS - 1))
    seen = service.probes.filter(at__gte=since).order_by()
    last = service.probes.first()
    return Uptime(
        total=_share(seen.aggregate(**_AGGREGATES)),
        days=list(_days(seen)),
        last=last,
        state=_state(service, last.ok if last else None, last.at if last else None),
    )


def with_last_look(services: QuerySet[SharingService]) -> QuerySet[SharingService]:
    """Each with `last_look_ok` and `last_look_at`, for state_of; in the same query."""
    last = ServiceProbe.objects.filter(service=OuterRef("pk")).order_by("-at")
    return services.annotate(
        last_look_ok=Subquery(last.values("ok")[:1]), last_look_at=Subquery(last.values("at")[:1])
    )


def state_of(service: Any) -> EndpointState:
    """Of a service from with_last_look."""
    return _state(service, service.last_look_ok, service.last_look_at)


def _state(service: SharingService, ok: bool | None, at: datetime | None) -> EndpointState:
    if service.place == SharingService.Place.GATEWAY:
        return EndpointState.OWN
    if at is None or at < clock.now() - STALE_AFTER:
        return EndpointState.UNKNOWN
    if ok:
        return EndpointState.ANSWERS
    return EndpointState.DOWN if service.failing_since else EndpointState.MISSED


def _days(seen: QuerySet[ServiceProbe]) -> Iterator[tuple[date, Share]]:
    days = seen.annotate(day=TruncDate("at", tzinfo=clock.VIETNAM)).values("day")
    for row in days.annotate(**_AGGREGATES).order_by("-day"):
        yield row["day"], _share(row)


def _share(row: Mapping[str, Any]) -> Share:
    median = row["median"]
    return Share(row["probes"], row["answered"], None if median is None else round(median))


_AGGREGATES: dict[str, Any] = {
    "probes": Count("pk"),
    "answered": Count("pk", filter=Q(ok=True)),
    "median": Median("milliseconds", filter=Q(ok=True)),
}
