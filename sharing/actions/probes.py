"""Looking whether the endpoints of services elsewhere answer (Đ3.1: the portal watches connections).

A look works from the state of things: a service is due while its last look is older than the interval.
Whoever looks holds a database lock for that service, no transaction, while the answer is awaited; a
killed run leaves nothing, and the next one looks again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Person
from accounts.permissions import people_with
from accounts.roles import Permission
from catalog.actions.claims import claimed
from catalog.pull_settings import allowance
from catalog.pulling.connection import Limits
from catalog.pulling.failures import Failed
from catalog.pulling.knocking import knock
from core import clock
from sharing.models import PlannedStop, ServiceProbe, SharingService
from sharing.probe_words import SERVER_ERROR

log = structlog.get_logger(__name__)
LOCK_SPACE = 0x4E41_5072  # the first key of our advisory locks
TELL_AFTER = 3  # failures in a row; told once
FIRST_SERVER_ERROR = 500
AT_ONCE = 10_000


@dataclass(frozen=True)
class Seen:
    """What a look came to; `error` empty: it answered, if only to ask for credentials."""

    error: str = ""
    status: int | None = None
    milliseconds: int | None = None


def due_services() -> list[int]:
    """Services whose endpoint is to be looked at now."""
    return list(_due().order_by("pk").values_list("pk", flat=True))


def probe(service_id: int) -> ServiceProbe | None:
    """Look at the endpoint of the service. None when it is not due, or somebody is at it."""
    with claimed(LOCK_SPACE, service_id) as mine:
        service = _due().filter(pk=service_id).first() if mine else None
        if service is None:
            return None
        begun, seen = clock.now(), look(service.endpoint)
        return _write_down(service, begun, seen)


def look(endpoint: str) -> Seen:
    """One request to the address, guarded as pulls are. What the server fails at is down."""
    limits = Limits(size=0, seconds=settings.SERVICE_PROBE_SECONDS, ca_file=settings.PULL_CA_FILE)
    try:
        answer = knock(endpoint, allowance=allowance(), limits=limits)
    except Failed as failure:
        return Seen(error=failure.code, status=failure.status)
    error = SERVER_ERROR if answer.status >= FIRST_SERVER_ERROR else ""
    return Seen(error, answer.status, answer.milliseconds)


def prune() -> int:
    """Delete looks kept long enough (SERVICE_PROBE_DAYS); how many."""
    oldest = clock.now() - timedelta(days=settings.SERVICE_PROBE_DAYS)
    old = ServiceProbe.objects.filter(at__lt=oldest).order_by("at")
    deleted = 0
    while found := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        ServiceProbe.objects.filter(pk__in=found).delete()
        deleted += len(found)
    return deleted


def _due() -> QuerySet[SharingService]:
    """On offer elsewhere, without a recent look, and not stopped as announced."""
    since = clock.now() - timedelta(minutes=settings.SERVICE_PROBE_MINUTES)
    recent = ServiceProbe.objects.filter(service=OuterRef("pk"), at__gt=since)
    stopped = PlannedStop.objects.filter(
        service=OuterRef("pk"), began_at__isnull=False, ended_at__isnull=True
    )
    elsewhere = SharingService.objects.offered().exclude(place=SharingService.Place.GATEWAY)
    return elsewhere.filter(~Exists(recent), ~Exists(stopped))


@transaction.atomic
def _write_down(service: SharingService, begun: datetime, seen: Seen) -> ServiceProbe | None:
    """None when the endpoint was changed meanwhile: what the old one said is not asked for any more."""
    services = SharingService.objects.select_for_update(of=("self",)).select_related("owner")
    now = services.get(pk=service.pk)
    if now.endpoint != service.endpoint:
        return None
    found = ServiceProbe.objects.create(
        service=now,
        at=begun,
        ok=not seen.error,
        status=seen.status,
        milliseconds=seen.milliseconds,
        error=seen.error,
    )
    _follow(now, found)
    log.info("service_probed", service=now.code, ok=found.ok, error=found.error)
    return found


def _follow(service: SharingService, last: ServiceProbe) -> None:
    """The third failure in a row is told, once, and so is the first answer after it."""
    if last.ok and service.failing_since is not None:
        _turn(service, last, None, "service.answers_again")
    elif not last.ok and service.failing_since is None:
        newest = list(service.probes.all()[:TELL_AFTER])
        if len(newest) == TELL_AFTER and not any(one.ok for one in newest):
            _turn(service, last, newest[-1].at, "service.not_answering")


def _turn(service: SharingService, last: ServiceProbe, since: datetime | None, kind: str) -> None:
    began = since or service.failing_since or last.at
    service.failing_since = since
    service.save(update_fields=["failing_since"])
    record(
        by=None,
        action=kind,
        target=service,
        agency=service.owner,
        after={"endpoint": service.endpoint, "probe_error": last.error},
    )
    tell(
        _contacts(service),
        kind=kind,
        facts={
            "service": service.title_vi,
            "probe_failure": {"code": last.error, "status": last.status},
            "failed_from": began.isoformat(),
            "answered_at": last.at.isoformat(),
        },
        path=reverse("own_service", args=[service.code]),
    )


def _contacts(service: SharingService) -> list[Person]:
    """The owner's contact officers; an agency without one hears through its approvers."""
    return list(people_with(Permission.DESCRIBE_SERVICE, service.owner)) or list(
        people_with(Permission.GIVE_CONSENT, service.owner)
    )
