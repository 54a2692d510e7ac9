"""Who else tells how much time has passed, beside the clock; and whether the clock agrees with them.

Read from files, not asked of the clock's own functions: whatever moves those moves all of them together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from deadlines.models import Doubt, Sweep

PROC = Path("/proc")
# What setting a clock right moves it by, and no more.
TOLERANCE = timedelta(hours=1)


@dataclass(frozen=True)
class Witness:
    """`boot` names this run of the machine, `uptime` says for how many seconds it has lasted; both empty
    where the system does not tell. `database`: the present moment by the database server's clock.
    """

    boot: str
    uptime: float
    database: datetime


def present() -> Witness:
    """What they say now; one query."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        uptime = float((PROC / "uptime").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        boot, uptime = "", 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return Witness(boot, uptime, cursor.fetchone()[0])


def doubt_about(now: datetime, witness: Witness, row: Sweep) -> Doubt | None:
    """What is wrong with `now`; None where it can be explained.

    While the machine has run on since the clock was last believed, it knows how long that is. After
    another start of it nothing tells an outage from a clock set wrong, so that a few days count as an
    outage (setting SWEEP_CATCH_UP_DAYS) and more wait for a person.
    """
    if abs(now - witness.database) > TOLERANCE:
        return Doubt.APART
    known = row.known_at or row.last_at
    if known is None:
        return None
    passed = now - known
    if witness.boot and witness.boot == row.known_boot and witness.uptime >= row.known_uptime:
        unexplained = passed - timedelta(seconds=witness.uptime - row.known_uptime)
        if unexplained > TOLERANCE:
            return Doubt.AHEAD
        return Doubt.BACK if unexplained < -TOLERANCE else None
    if passed > timedelta(days=settings.SWEEP_CATCH_UP_DAYS):
        return Doubt.AWAY
    return Doubt.BACK if passed < -TOLERANCE else None
