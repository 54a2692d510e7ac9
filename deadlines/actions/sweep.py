"""The hourly sweep: what the clock brings about.

It works from the state of things, never from "today equals": after days without it the next one
catches up. Each part is a transaction of its own that looks again at what it changes, so that a
sweep killed anywhere leaves nothing half done, and two at once do nothing twice.
"""

from dataclasses import dataclass

import structlog
from django.db import transaction

from deadlines.actions import closing, digest, opening, overdue, succession
from deadlines.models import Sweep
from portal import clock

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Swept:
    """How much each part did; all nought when the clock had gone back."""

    passed_on: int = 0
    opened: int = 0
    overdue: int = 0
    told: int = 0
    closed: int = 0


def sweep() -> Swept:
    """Open, pass on, mark overdue, remind and escalate, close: whatever is due by now."""
    if not _moved_on():
        return Swept()
    done = Swept(
        passed_on=succession.pass_on(),
        opened=opening.open_rounds() + opening.open_recurring(),
        overdue=overdue.mark_overdue(),
        told=digest.tell_everybody(),
        closed=closing.close_rounds(),
    )
    log.info("swept", **vars(done))
    return done


@transaction.atomic
def _moved_on() -> bool:
    """Whether it is later than at the last sweep: a clock set back does nothing."""
    row = Sweep.objects.select_for_update().get_or_create(pk=1)[0]
    now = clock.now()
    if row.last_at is not None and now < row.last_at:
        log.warning("clock_went_back", now=now.isoformat(), last=row.last_at.isoformat())
        return False
    row.last_at = now
    row.save(update_fields=["last_at"])
    return True
