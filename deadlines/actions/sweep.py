"""The hourly sweep: what the clock brings about.

It works from the state of things, never from "today equals": after days without it the next one
catches up. Each part is a transaction of its own that looks again at what it changes, so that a
sweep killed anywhere leaves nothing half done, and two at once do nothing twice. A clock that nobody can
believe brings about nothing (deadlines.actions.trust).
"""

from dataclasses import dataclass

import structlog
from django.db import transaction

from core import clock
from deadlines.actions import closing, digest, opening, overdue, succession, trust

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Swept:
    """How much each part did; all nought for a sweep that was held back."""

    passed_on: int = 0
    opened: int = 0
    overdue: int = 0
    told: int = 0
    closed: int = 0


def sweep() -> Swept:
    """Open, pass on, mark overdue, remind and escalate, close: whatever is due by now."""
    if not trust.may_go_on() or not _begun():
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
def _begun() -> bool:
    """Note that a sweep runs. In a replay never before one that has run: its days go forward.

    A machine's clock that went back goes on from there: by then nothing is due that was not before.
    """
    row, now = trust.locked_row(), clock.now()
    if clock.is_held() and row.last_at is not None and now < row.last_at:
        log.warning("replay_went_back", now=now.isoformat(), last=row.last_at.isoformat())
        return False
    row.last_at = now
    row.save(update_fields=["last_at"])
    return True
