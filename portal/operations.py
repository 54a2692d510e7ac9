"""What an operator looks at: whether the parts answer, what waits or has failed, room, versions."""

import platform
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import django
import duckdb
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import OutboxMessage
from catalog import usage
from catalog.models import Pull, Release
from catalog.states import ReleaseState
from core import clock, disk
from deadlines.models import Sweep
from portal.readiness import CHECKS, Check, Failure, failures
from sharing.models import SharingService
from sharing.selectors.uptime import EndpointState, state_of, with_last_look

LOOKED_BACK = timedelta(days=7)
LISTED = 10


@dataclass(frozen=True)
class Queue:
    """Work that waits, and work that failed in the last week; `oldest`: since when the first waits."""

    waiting: int
    oldest: datetime | None
    failed: int
    last_failed: Sequence[Any]


@dataclass(frozen=True)
class Room:
    """Bytes on the disk of the data folder, and what the database takes."""

    total: int
    free: int
    reserve: int
    database: int


@dataclass(frozen=True)
class Situation:
    checks: Sequence[tuple[Check, Failure | None]]
    sweep: Sweep | None
    letters: Queue
    files: Queue
    pulls: Queue
    silent: Sequence[SharingService]  # services elsewhere whose endpoint does not answer
    room: Room
    versions: Sequence[tuple[str | Promise, str]]


def situation() -> Situation:
    """A fixed number of queries, whatever has happened."""
    found = {failure.check: failure for failure in failures()}
    return Situation(
        checks=[(check, found.get(check)) for check in CHECKS],
        sweep=Sweep.objects.first(),
        letters=_letters(),
        files=_files(),
        pulls=_pulls(),
        silent=_silent(),
        room=_room(),
        versions=_versions(),
    )


def _letters() -> Queue:
    since = clock.now() - LOOKED_BACK
    waits = Q(sent_at__isnull=True, given_up_at__isnull=True)
    given_up = Q(given_up_at__gte=since)
    facts = OutboxMessage.objects.aggregate(
        waiting=Count("pk", filter=waits),
        oldest=Min("created_at", filter=waits),
        failed=Count("pk", filter=given_up),
    )
    tried = OutboxMessage.objects.filter(given_up | waits & Q(attempts__gt=0))
    return Queue(**facts, last_failed=list(tried.order_by("-created_at")[:LISTED]))


def _files() -> Queue:
    """Deliveries being checked; what has been begun more than once has failed before."""
    checking = Release.objects.filter(state=ReleaseState.CHECKING)
    again = Q(attempts__gt=1)
    facts = checking.aggregate(
        waiting=Count("pk"), oldest=Min("queued_at"), failed=Count("pk", filter=again)
    )
    stuck = checking.filter(again).select_related("resource__dataset").defer("reading")
    return Queue(**facts, last_failed=list(stuck.order_by("queued_at")[:LISTED]))


def _pulls() -> Queue:
    since = clock.now() - LOOKED_BACK
    running = Q(state__in=[Pull.State.QUEUED, Pull.State.FETCHING])
    failed = Q(state=Pull.State.FAILED, started_at__gte=since)
    facts = Pull.objects.aggregate(
        waiting=Count("pk", filter=running),
        oldest=Min("started_at", filter=running),
        failed=Count("pk", filter=failed),
    )
    last = Pull.objects.filter(failed).select_related("source__resource__dataset__agency")
    return Queue(**facts, last_failed=list(last.order_by("-started_at")[:LISTED]))


def _silent() -> list[SharingService]:
    services = with_last_look(SharingService.objects.offered().select_related("owner"))
    elsewhere = services.exclude(place=SharingService.Place.GATEWAY).order_by("title_vi")
    away = (EndpointState.DOWN, EndpointState.MISSED)
    return [service for service in elsewhere if state_of(service) in away]


def _room() -> Room:
    used = shutil.disk_usage(settings.PORTAL_DATA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (database,) = cursor.fetchone()
    return Room(used.total, disk.free_bytes(), settings.DISK_RESERVE_MB * 1024**2, database)


def _versions() -> list[tuple[str | Promise, str]]:
    return [
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        ("PostgreSQL", _told(_postgresql)),
        ("Redis", _told(_redis)),
        ("DuckDB", duckdb.__version__),
        (_("Hệ điều hành"), platform.platform(terse=True)),
    ]


def _told(ask: Callable[[], str]) -> str:
    """What is asked, or nothing where it does not answer: the checks say so."""
    try:
        return ask()
    except Exception:  # noqa: BLE001  whatever it is, the page is for finding it out
        return "–"


def _postgresql() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _redis() -> str:
    return str(usage.redis().info("server")["redis_version"])
