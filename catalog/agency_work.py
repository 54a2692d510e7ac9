"""What one agency has to do, waits for and has done: its duties, with what is on its way for them.

A dataset's data of one period are one task, however many tables and deliveries they take.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from accounts.models import Agency
from catalog.delivered import DATASET_UPDATE
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState
from catalog.work_lists import (
    OPEN_STATES,
    last_ended,
    light,
    waiting_descriptions,
    withdrawn_releases,
)
from catalog.work_tasks import AT_WORK, Done, Key, Task, Waiting, key_of, rank_of
from core import clock
from deadlines.kinds import kind_of
from deadlines.models import Duty, Petition
from deadlines.periods import Period
from deadlines.selectors.agenda import (
    Entry,
    RoundWork,
    duties_at_hand,
    entries_of,
    foreseen,
    rounds_of,
)
from deadlines.selectors.petitions import waiting_for
from deadlines.selectors.records import Record, records_of


@dataclass
class AgencyWork:
    """One agency's page."""

    agency: Agency
    rounds: list[RoundWork] = field(default_factory=list)
    left_over: int = 0  # of what is to do: data of rounds that have been closed
    to_do: list[Task] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    descriptions: list[Dataset] = field(default_factory=list)
    petitions: list[Petition] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    dates: list[Entry] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    @property
    def waiting_count(self) -> int:
        return len(self.waiting) + len(self.descriptions) + len(self.petitions)

    @property
    def is_due(self) -> bool:
        """Whether any data are asked for now."""
        return any(one.live for one in self.rounds)

    @property
    def next_update(self) -> Entry | None:
        """The first date to come on which data are due."""
        return next((one for one in self.dates if one.kind.in_progress), None)


def agency_work(agencies: Iterable[Agency]) -> list[AgencyWork]:
    """The work of each agency, in the order given; two queries for each, else a fixed number."""
    given = {agency.pk: agency for agency in agencies}
    ended = {period.code for period in last_ended().values()}
    duties = duties_at_hand(given, ended)
    releases = _releases(given, ended | {duty.period for duty in duties})
    petitions = waiting_for(duty for duty in duties if duty.is_live)
    tables = _tables(given, [duty for duty in duties if duty.is_live])
    taken_back = list(withdrawn_releases(given))
    ahead = foreseen(given)
    descriptions = list(waiting_descriptions(given))
    return [
        _of_agency(
            agency,
            _Found(
                duties=[duty for duty in duties if duty.agency_id == pk],
                releases=[one for one in releases if one.resource.dataset.agency_id == pk],
                tables=[table for table in tables if table.dataset.agency_id == pk],
                petitions=petitions,
                withdrawn=[one for one in taken_back if one.resource.dataset.agency_id == pk],
            ),
            ahead.get(pk, []),
            [dataset for dataset in descriptions if dataset.agency_id == pk],
        )
        for pk, agency in given.items()
    ]


@dataclass(frozen=True)
class _Found:
    """One agency's rows."""

    duties: list[Duty]
    releases: list[Release]
    tables: list[Resource]
    petitions: dict[int, Petition]
    withdrawn: list[Release]

    def by_key(self, *states: ReleaseState) -> dict[Key, list[Release]]:
        found: dict[Key, list[Release]] = defaultdict(list)
        for release in sorted(self.releases, key=rank_of):
            if release.state in states:
                found[key_of(release)].append(release)
        return found

    @property
    def updates(self) -> dict[Key, Duty]:
        """Data to deliver, done or not."""
        own = [duty for duty in self.duties if duty.kind == DATASET_UPDATE]
        return {(duty.subject, duty.period): duty for duty in own}


def _of_agency(
    agency: Agency, found: _Found, ahead: list[Entry], descriptions: list[Dataset]
) -> AgencyWork:
    updates = found.updates
    asked = [found.petitions[duty.pk] for duty in found.duties if duty.pk in found.petitions]
    to_do = sorted(_tasks(agency, found), key=lambda task: task.order)
    return AgencyWork(
        agency=agency,
        rounds=rounds_of(found.duties),
        left_over=sum(_is_left_over(task.duty) for task in to_do if task.duty and task.goes_on),
        to_do=to_do,
        waiting=[
            Waiting(release, updates.get(key))
            for key, releases in found.by_key(ReleaseState.SUBMITTED).items()
            for release in releases
        ],
        descriptions=descriptions,
        petitions=[one for one in asked if one.kind == Petition.Kind.NOTHING],
        done=list(_done(found)),
        dates=sorted([*entries_of(found.duties), *ahead], key=lambda one: one.due),
        records=records_of(agency),
    )


def _is_left_over(duty: Duty) -> bool:
    is_closed = duty.round is not None and duty.round.closed_at is not None
    return is_closed and kind_of(duty.kind).in_progress


def _tasks(agency: Agency, found: _Found) -> Iterator[Task]:
    """Every live duty that is not with the approver, then deliveries nobody asked for."""
    preparing = found.by_key(*OPEN_STATES)
    delivered = _delivered(found.releases)
    tables: dict[str, list[Resource]] = defaultdict(list)
    for table in found.tables:
        tables[str(table.dataset_id)].append(table)
    live = [duty for duty in found.duties if duty.is_live]
    withdrawn: dict[Key, list[Release]] = defaultdict(list)
    for release in found.withdrawn:
        withdrawn[key_of(release)].append(release)
    for duty in live:
        task = Task(agency.pk, duty.period, duty, petition=found.petitions.get(duty.pk))
        if duty.kind == DATASET_UPDATE:
            own = tables[duty.subject]
            task.dataset = own[0].dataset if own else None
            task.releases = preparing.pop((duty.subject, duty.period), [])
            task.missing = _missing(own, duty.period, delivered, task.releases)
            task.withdrawn = next(iter(withdrawn.pop((duty.subject, duty.period), [])), None)
            if own and not task.releases and not task.missing:
                continue  # all of it waits for the approver
        yield task
    for (_subject, period), releases in preparing.items():
        dataset = releases[0].resource.dataset
        yield Task(agency.pk, period, dataset=dataset, releases=releases)
    for (_subject, period), releases in withdrawn.items():
        tables_again = [release.resource for release in releases]
        yield Task(
            agency.pk,
            period,
            None,
            releases[0].resource.dataset,
            [],
            tables_again,
            None,
            releases[0],
        )
    yield from _first_deliveries(agency, found, {duty.subject for duty in live})


def _first_deliveries(agency: Agency, found: _Found, owing: Collection[str]) -> Iterator[Task]:
    """Datasets just registered: nothing is owed yet, and nobody can use them before the first data."""
    ended = last_ended()
    busy = {release.resource.dataset_id for release in found.releases}
    fresh: dict[Dataset, list[Resource]] = defaultdict(list)
    for table in found.tables:
        if str(table.dataset_id) not in owing and table.dataset_id not in busy:
            fresh[table.dataset].append(table)
    for dataset, tables in fresh.items():
        period = ended[dataset.frequency].code
        yield Task(agency.pk, period, dataset=dataset, missing=tables)


def _missing(
    tables: list[Resource],
    period: str,
    delivered: set[tuple[object, str]],
    preparing: list[Release],
) -> list[Resource]:
    """Tables that existed when the period ended and of which nothing has come."""
    ended = clock.midnight(Period.parse(period).next().first_day)
    busy = {release.resource_id for release in preparing}
    return [
        table
        for table in tables
        if table.created_at < ended and table.pk not in busy and (table.pk, period) not in delivered
    ]


def _done(found: _Found) -> Iterator[Done]:
    """Duties of open rounds and of the last period, then data of that period which nobody owed."""
    published = found.by_key(ReleaseState.PUBLISHED)
    for duty in found.duties:
        releases = published.pop((duty.subject, duty.period), [])
        if not duty.is_live:
            yield Done(duty, releases)
    ended = {period.code for period in last_ended().values()}
    for (_subject, period), releases in published.items():
        if period in ended:
            yield Done(None, releases)


def _delivered(releases: Iterable[Release]) -> set[tuple[object, str]]:
    """Tables with their periods for which something is published or submitted."""
    states = (ReleaseState.PUBLISHED, ReleaseState.SUBMITTED)
    return {(one.resource_id, one.period) for one in releases if one.state in states}


def _releases(agencies: Collection[int], periods: Collection[str]) -> list[Release]:
    """All on their way, and published ones of the periods asked about."""
    return list(
        light()
        .filter(
            Q(state__in=AT_WORK) | Q(state=ReleaseState.PUBLISHED, period__in=periods),
            resource__dataset__agency__in=agencies,
        )
        .select_related("uploaded_by", "submitted_by", "decided_by")
        .order_by("resource__dataset__title_sort", "resource__position", "period_end")
    )


def _tables(agencies: Collection[int], live: list[Duty]) -> list[Resource]:
    """Tables of the datasets that owe, and those of drafts without any delivery."""
    owing = [duty.subject for duty in live if duty.kind == DATASET_UPDATE]
    fresh = Q(dataset__state=Dataset.State.DRAFT) & ~Exists(
        Release.objects.filter(resource__dataset=OuterRef("dataset")).exclude(
            state__in=[ReleaseState.WITHDRAWN, ReleaseState.DISCARDED]
        )
    )
    return list(
        Resource.objects.filter(Q(dataset__in=owing) | fresh, dataset__agency__in=agencies)
        .exclude(dataset__access=Dataset.Access.LISTED)
        .select_related("dataset", "latest_release")
        .defer("columns", "latest_release__reading")
        .order_by("dataset__title_sort", "position")
    )
