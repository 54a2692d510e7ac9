"""Which source is to be asked for which period now: from the state of things, whenever somebody looks."""

from datetime import date, timedelta

from catalog import policies
from catalog.actions.claims import is_claimed
from catalog.delivered import DATASET_UPDATE
from catalog.models import Dataset, Pull, Source
from catalog.models.source import OPEN
from catalog.pulling.schedule import last_slot, wait_after
from catalog.source_policies import a_person_decided, last_ended
from catalog.states import ReleaseState
from core import clock
from deadlines.models import Duty, Round
from deadlines.periods import Period
from deadlines.states import LIVE

LOCK_SPACE = 0x4E41_5075  # the first key of our advisory locks


def due_sources() -> list[int]:
    """Sources with something to do: a pull asked for, one that died, a period that is due."""
    sources = Source.objects.select_related("resource__dataset").order_by("pk")
    return [source.pk for source in sources if _is_left_open(source) or due_periods(source)]


def due_periods(source: Source) -> list[Period]:
    """The periods an approved source is to be asked for now, the older first."""
    return [period for period in wanted_periods(source) if _is_time(source, period)]


def wanted_periods(source: Source) -> list[Period]:
    """The periods the portal pulls and publishes by itself, as long as they are due: the last one that
    ended, and the one before while nothing of it is published."""
    if not source.publishes or not policies.takes_data(source.resource.dataset):
        return []
    last = last_ended(source.resource)
    earlier = last.previous()
    published = source.resource.releases.filter(period=earlier.code, state=ReleaseState.PUBLISHED)
    both = source.asks_for_period and not published.exists()
    candidates = [earlier, last] if both else [last]
    return [period for period in candidates if _is_wanted(source, period)]


def _is_wanted(source: Source, period: Period) -> bool:
    dataset = source.resource.dataset
    ended = clock.midnight(period.next().first_day)
    return (
        source.resource.created_at < ended
        and (dataset.temporal_end is None or dataset.temporal_end >= period.first_day)
        and clock.today() <= _last_day(dataset, period)
        and not a_person_decided(source.resource, period)
    )


def _last_day(dataset: Dataset, period: Period) -> date:
    """The day before the round's closing, or the duty's own last day when that is later.

    Where no duty is counted (daily data): until the next period is over.
    """
    round_ = Round.objects.filter(kind=DATASET_UPDATE, period=period.code).first()
    last = round_.closing_on - timedelta(days=1) if round_ else period.next().last_day
    duty = Duty.objects.filter(
        kind=DATASET_UPDATE, subject=str(dataset.pk), period=period.code, state__in=LIVE
    ).first()
    return max(last, duty.due) if duty else last


def _is_time(source: Source, period: Period) -> bool:
    """At the hours of the source; after a failure sooner at first, then less and less often."""
    now = clock.now()
    slot = last_slot(now, source.every_hours, source.from_hour)
    last = source.pulls.filter(period=period.code).first()
    if last is None:
        return slot >= clock.midnight(period.next().first_day)
    if last.ended_at is None:
        return False
    if last.state == Pull.State.FAILED and source.failures:
        return now >= last.ended_at + wait_after(source.failures)
    return last.started_at < slot


def _is_left_open(source: Source) -> bool:
    """Something asked for that nobody has begun, or begun and left."""
    left = source.pulls.filter(state__in=OPEN).exclude(
        state=Pull.State.CHECKING, release__state=ReleaseState.CHECKING
    )
    return left.exists() and not is_claimed(LOCK_SPACE, source.pk)
