"""What the site needs to do its work, and whether it has it. The checks are data: CHECKS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog import usage
from core import clock, disk
from deadlines.models import Sweep

SWEEP_LATE = timedelta(hours=3)  # it comes every hour
# Waiting on the queue of small jobs, which brings in five a minute by itself.
MOST_WAITING = 100


class NotSo(Exception):
    """What is wrong, in a word for operators, and since when if that is known."""

    def __init__(self, what: str, since: datetime | None = None) -> None:
        super().__init__(what)
        self.since = since


@dataclass(frozen=True)
class Check:
    """`look` raises whatever it is that is wrong. Not `needed`: readers are served all the same."""

    name: str
    label: Promise
    look: Callable[[], None]
    needed: bool = True


@dataclass(frozen=True)
class Failure:
    """What a check found; `since` this process knows of it, where the check does not know better."""

    check: Check
    error: str
    since: datetime

    @property
    def told(self) -> dict[str, str]:
        return {"error": self.error, "since": self.since.isoformat(timespec="seconds")}


def failures() -> list[Failure]:
    """What fails now, in the order of CHECKS."""
    return [failure for check in CHECKS if (failure := _failure_of(check))]


_since: dict[str, datetime] = {}  # by the name of the check


def _failure_of(check: Check) -> Failure | None:
    try:
        check.look()
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we report
        first = _since.setdefault(check.name, clock.now())
        known = error.since if isinstance(error, NotSo) else None
        said = str(error) if isinstance(error, NotSo) else type(error).__name__
        return Failure(check, said, known or first)
    _since.pop(check.name, None)
    return None


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _redis() -> None:
    """Written to: one whose disk or memory is full still reads."""
    usage.redis().set("readyz", clock.now().isoformat(), ex=60)


def _storage() -> None:
    default_storage.exists("readyz")


def _disk() -> None:
    if not disk.free_bytes():
        raise NotSo(f"less than {settings.DISK_RESERVE_MB} MB left")


def _sweep() -> None:
    row = Sweep.objects.first()
    if row is None or row.last_at is None:
        raise NotSo("never swept")
    if row.doubt:
        said = "held back" if row.is_held else "goes on, but"
        raise NotSo(f"{said}: the clock is in doubt ({row.doubt})", row.doubted_since)
    if clock.now() - row.last_at > SWEEP_LATE:
        raise NotSo("last sweep too long ago", row.last_at)


def _queue() -> None:
    waiting = usage.redis().llen(settings.CELERY_TASK_DEFAULT_QUEUE)
    if int(waiting) > MOST_WAITING:
        raise NotSo(f"{waiting} jobs waiting")


CHECKS: Sequence[Check] = (
    Check("database", _("Cơ sở dữ liệu"), _database),
    Check("redis", _("Bộ nhớ đệm và hàng đợi công việc"), _redis),
    Check("storage", _("Kho lưu tệp"), _storage),
    Check("disk", _("Dung lượng đĩa"), _disk, needed=False),
    Check("sweep", _("Rà soát thời hạn"), _sweep, needed=False),
    Check("queue", _("Công việc nền"), _queue, needed=False),
)
