"""Whether a dataset's data of a period are all on the portal, and what that means for its duty."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from accounts.models import Person
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from core import clock
from deadlines.actions import duties
from deadlines.actions.opening import foretold
from deadlines.distance import lend_calendar
from deadlines.models import Duty
from deadlines.periods import Period
from deadlines.states import LIVE

DATASET_UPDATE = "dataset_update"


def is_complete(dataset: Dataset, period: Period) -> bool:
    """Every table that existed when the period ended has its published release."""
    ended = clock.midnight(period.next().first_day)
    tables = set(dataset.resources.filter(created_at__lt=ended).values_list("pk", flat=True))
    published = Release.objects.filter(
        resource__in=tables, period=period.code, state=ReleaseState.PUBLISHED
    )
    return bool(tables) and tables == set(published.values_list("resource", flat=True))


def duty_of(release: Release) -> Duty | None:
    """The duty that the release is for, if its data are owed; without an id before it is opened."""
    dataset = release.resource.dataset
    known = Duty.objects.filter(
        kind=DATASET_UPDATE, subject=str(dataset.pk), period=release.period
    ).first()
    not_yet = (duty for duty in _foretold(dataset) if duty.period == release.period)
    return known or next(not_yet, None)


def duties_of(releases: Collection[Release]) -> dict[UUID, Duty]:
    """Per release id the duty it is for, where its data are owed; a fixed number of queries."""
    keys = {one.pk: (str(one.resource.dataset_id), one.period) for one in releases}
    opened = Duty.objects.filter(
        kind=DATASET_UPDATE,
        subject__in={subject for subject, _ in keys.values()},
        period__in={period for _, period in keys.values()},
    )
    known = foretold({one.resource.dataset.agency_id for one in releases}) if releases else []
    known += opened.select_related("agency", "rule", "round")
    owed = {(duty.subject, duty.period): duty for duty in lend_calendar(known)}
    return {pk: owed[key] for pk, key in keys.items() if key in owed}


def same_file_before(release: Release) -> Release | None:
    """The published release of another period, the newest, whose file is byte for byte the same."""
    others = release.resource.releases.filter(
        sha256=release.sha256, state=ReleaseState.PUBLISHED
    ).exclude(period=release.period)
    return others.order_by("-period_end").first()


def due_days(dataset: Dataset) -> dict[str, date]:
    """Per period code the last day, for data of the dataset that are still owed."""
    live = Duty.objects.filter(kind=DATASET_UPDATE, subject=str(dataset.pk), state__in=LIVE)
    not_yet = {duty.period: duty.due for duty in _foretold(dataset) if duty.is_live}
    return not_yet | dict(live.order_by().values_list("period", "due"))


def _foretold(dataset: Dataset) -> list[Duty]:
    """Its duties that no sweep has opened yet."""
    duties_to_come = foretold([dataset.agency_id])
    subject = str(dataset.pk)
    return [one for one in duties_to_come if (one.kind, one.subject) == (DATASET_UPDATE, subject)]


def settle(dataset: Dataset, period: Period, *, by: Person | None) -> None:
    """After a release was published: the duty of its period is fulfilled once all tables are there."""
    if is_complete(dataset, period):
        duties.fulfil(
            kind=DATASET_UPDATE,
            subject=str(dataset.pk),
            period=period.code,
            how=how_delivered(dataset, period),
            by=by,
        )


def how_delivered(dataset: Dataset, period: Period) -> Duty.How:
    """By API, when every published table of the period came from one."""
    published = Release.objects.filter(
        resource__dataset=dataset, period=period.code, state=ReleaseState.PUBLISHED
    )
    by_hand = published.filter(source__isnull=True).exists()
    return Duty.How.RELEASE if by_hand else Duty.How.PULL


def unsettle(dataset: Dataset, period: Period, *, by: Person | None, reason: str) -> None:
    """After a release was withdrawn: what it fulfilled is to be done again."""
    if not is_complete(dataset, period):
        duties.reopen(
            kind=DATASET_UPDATE,
            subject=str(dataset.pk),
            period=period.code,
            by=by,
            reason=reason,
        )


def give_up(dataset: Dataset, *, by: Person | None, reason: str) -> None:
    """A dataset that takes no more data owes none."""
    duties.void(kind=DATASET_UPDATE, subject=str(dataset.pk), by=by, reason=reason)
