"""The calendar or a rule has changed: what is still to be done is counted anew, and the change is logged."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core import clock
from deadlines import law
from deadlines.actions.duties import DAYS, each_locked, take_step
from deadlines.counting import Count
from deadlines.models import Duty, LegalRule, Round
from deadlines.states import LIVE, DutyState

AT_ONCE = 1000


@transaction.atomic
def recount() -> int:
    """Every live duty and every round still open; how many duties got another day.

    Closed ones never change. A day given by an extension stays.
    """
    counts = _Counts()
    for round_ in Round.objects.filter(closed_at__isnull=True).select_related("rule"):
        _recount_round(round_, counts)
    live = Duty.objects.filter(state__in=LIVE).select_related("rule")
    moved = [duty.pk for duty in live if counts.of(duty.rule, duty.start).due != duty.counted_due]
    return sum(
        _recount_duties(moved[first : first + AT_ONCE], counts)
        for first in range(0, len(moved), AT_ONCE)
    )


class _Counts:
    """Each rule and start counted once: thousands of duties share one."""

    def __init__(self) -> None:
        self._calendar = law.calendar()
        self._known: dict[tuple[int, date], Count] = {}

    def of(self, rule: LegalRule, start: date) -> Count:
        key = (rule.pk, start)
        if key not in self._known:
            self._known[key] = law.counted(rule, start, self._calendar)
        return self._known[key]


def _recount_round(round_: Round, counts: _Counts) -> None:
    found = counts.of(round_.rule, round_.start)
    if found.due == round_.due:
        return
    round_.closing_on += found.due - round_.due
    round_.due = found.due
    round_.save(update_fields=["due", "closing_on"])


def _recount_duties(ids: Iterable[int], counts: _Counts) -> int:
    """One step for all that moved from one day to the same other day."""
    rules = LegalRule.objects.in_bulk()
    groups: dict[tuple[date, date], list[Duty]] = {}
    for duty in each_locked(ids):
        found = counts.of(rules[duty.rule_id], duty.start)
        if not duty.is_live or found.due == duty.counted_due:
            continue
        groups.setdefault((duty.counted_due, found.due), []).append(duty)
        duty.counted_due, duty.certainty = found.due, found.certainty
        duty.due = duty.extended_to or found.due
        duty.reminded = None
    for (before, after), duties in groups.items():
        take_step(
            duties,
            "recount",
            by=None,
            before={"counted_due": before.isoformat()},
            facts={"counted_due": after.isoformat()},
            changed=DAYS,
        )
    moved = [duty for duties in groups.values() for duty in duties]
    again = [d for d in moved if d.state == DutyState.OVERDUE and d.due >= clock.today()]
    take_step(again, "give_back", by=None)
    return len(moved)
