"""The walk from day to day: the morning's sweep, then what people do on the day.

Every day is finished before the next one's sweep, which is what the law's days depend on; within a
day the datasets do not mind each other. What a sweep has judged is not changed afterwards.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from catalog.delivered import DATASET_UPDATE
from catalog.models import Dataset
from core import clock
from deadlines.actions.sweep import sweep
from deadlines.models import Duty, Round, Sweep
from demo.history.crew import Crew
from demo.history.events import Event, What
from demo.history.office import ONE_DAY, sweep_moment
from demo.history.plan import Plan


class Beside(Protocol):
    """What goes on beside the datasets: on a morning after its sweep, and on a day."""

    def morning(self) -> None: ...
    def day(self, day: date) -> int: ...


class Disturbed(RuntimeError):
    """Another sweep has run meanwhile: the portal at work must be stopped during a replay."""


@dataclass(frozen=True)
class Walked:
    """`events` done and `sweeps` run; nought for days that had been walked before."""

    events: int
    sweeps: int


def walk(
    plan: Plan,
    first: date,
    last: date,
    *,
    crew: Crew,
    beside: Beside,
    tell: Callable[[date], object],
) -> Walked:
    """From `first` to `last`, but never beyond the present moment; `tell` hears of each day's end.

    What is `beside` the datasets needs them as they are at the end of the day.

    Raises Disturbed when the hourly sweep of a running portal comes in between.
    """
    now, past = clock.now(), _Past()
    planned = plan.between(first, last)
    events = sweeps = 0
    for day in _days(first, last):
        moment = sweep_moment(day)
        if moment > now:
            break
        if not past.has_seen(moment):
            _sweep_at(moment)
            with clock.set_to(moment):
                beside.morning()
            sweeps += 1
        if ahead := [event for event in planned.get(day, []) if not past.has_judged(event)]:
            events += crew(ahead)
        events += beside.day(day)
        tell(day)
    return Walked(events, sweeps)


class _Past:
    """What the sweeps before this walk have settled."""

    def __init__(self) -> None:
        _forget_empty_rounds()
        row = Sweep.objects.filter(pk=1).first()
        self._swept = row.last_at if row else None
        self._owed = _periods_owed()

    def has_seen(self, moment: datetime) -> bool:
        return self._swept is not None and moment <= self._swept

    def has_judged(self, event: Event) -> bool:
        """Whether it is past, and about something of which a sweep has said what it is.

        The past of a dataset that comes later still is told: nobody has judged it.
        """
        if not self.has_seen(event.moment):
            return False
        if event.what in (What.REVIEW, What.ASSESS):
            return True
        return (event.dataset, event.period) in self._owed


def _forget_empty_rounds() -> None:
    """Where nothing was ever owed, sweeps have only noted that nobody owed anything."""
    if not Duty.objects.exists() and not Dataset.objects.exists():
        Round.objects.all().delete()
        Sweep.objects.all().delete()


def _periods_owed() -> Collection[tuple[str, str]]:
    slugs = {str(pk): slug for pk, slug in Dataset.objects.values_list("pk", "slug")}
    duties = Duty.objects.filter(kind=DATASET_UPDATE).values_list("subject", "period")
    return {(slugs[subject], period) for subject, period in duties if subject in slugs}


def _sweep_at(moment: datetime) -> None:
    with clock.set_to(moment):
        sweep()
    if Sweep.objects.get(pk=1).last_at != moment:
        raise Disturbed


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
