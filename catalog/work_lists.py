"""What the agency work area lists: read-only queries.

Legal due dates are not known here: a list says which period is delivered, not by when it must be.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import Agency
from catalog.models import Dataset, Release, Resource
from catalog.models.dataset import FREQUENCY_PERIOD
from catalog.search_words import SearchText
from catalog.selectors.datasets import with_text
from catalog.states import ReleaseState
from deadlines.periods import Period
from portal import clock
from portal.vietnamese import fold

# What the agency still has to do something about, the most pressing first.
OPEN_STATES = (
    ReleaseState.NEEDS_FIXING,
    ReleaseState.RETURNED,
    ReleaseState.READY,
    ReleaseState.CHECKING,
    ReleaseState.DRAFT,
)
MISSING = "missing"  # filter of work_datasets beside the states of a dataset


@dataclass(frozen=True)
class Missing:
    """A resource without anything delivered for the period that ended last."""

    resource: Resource
    period: str


@dataclass
class Newest:
    """The newest releases of one resource; `total` counts all of them."""

    releases: list[Release] = field(default_factory=list)
    total: int = 0


@dataclass
class AgencyWork:
    """What one agency has to do, waits for and has done."""

    agency: Agency
    to_do: list[Release] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    waiting: list[Release] = field(default_factory=list)
    descriptions: list[Dataset] = field(default_factory=list)
    done: list[Release] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """How many tables the period that ended last asks for."""
        ended = last_ended()
        tables = {release.resource_id for release in self.done}
        tables |= {missing.resource.pk for missing in self.missing}
        for release in [*self.to_do, *self.waiting]:
            if release.period == ended[release.resource.dataset.frequency].code:
                tables.add(release.resource_id)
        return len(tables)

    @property
    def to_do_count(self) -> int:
        return len(self.to_do) + len(self.missing)

    @property
    def waiting_count(self) -> int:
        return len(self.waiting) + len(self.descriptions)


def last_ended() -> dict[str, Period]:
    """Per update frequency the period that ended last: {"quarterly": 2026Q3, …}."""
    today = clock.today()
    return {
        frequency: Period.containing(today, kind).previous()
        for frequency, kind in FREQUENCY_PERIOD.items()
    }


def agency_work(agencies: Iterable[Agency]) -> list[AgencyWork]:
    """The work of each agency, in the order given; five queries whatever their number."""
    work = {agency.pk: AgencyWork(agency) for agency in agencies}
    done = _done(work)
    unfinished = _unfinished(work)
    for release in unfinished:
        own = work[release.resource.dataset.agency_id]
        waits = release.state == ReleaseState.SUBMITTED
        (own.waiting if waits else own.to_do).append(release)
    for release in done:
        work[release.resource.dataset.agency_id].done.append(release)
    for missing in _missing(work, [*done, *unfinished]):
        work[missing.resource.dataset.agency_id].missing.append(missing)
    for dataset in waiting_descriptions(work):
        work[dataset.agency_id].descriptions.append(dataset)
    return list(work.values())


def waiting_releases(agencies: Iterable[Agency] | QuerySet[Agency]) -> QuerySet[Release]:
    """Submitted releases of those agencies, the longest waiting first."""
    return (
        _light()
        .filter(resource__dataset__agency__in=agencies, state=ReleaseState.SUBMITTED)
        .select_related("submitted_by")
        .order_by("submitted_at")
    )


def waiting_descriptions(agencies: Iterable[Agency | int]) -> QuerySet[Dataset]:
    """Drafts whose description alone is to be published, so that no release will bring them up."""
    return (
        Dataset.objects.filter(agency__in=agencies, state=Dataset.State.DRAFT)
        .exclude(access=Dataset.Access.OPEN)
        .select_related("agency", "created_by")
        .order_by("created_at")
    )


def datasets_of(
    agencies: Iterable[Agency] | QuerySet[Agency], *, state: str = "", text: str = ""
) -> QuerySet[Dataset]:
    """Datasets of those agencies by title; `state` is a Dataset.State or MISSING, `text` words."""
    datasets: QuerySet[Dataset] = Dataset.objects.filter(agency__in=agencies)
    if state == MISSING:
        datasets = datasets.filter(~Exists(_delivered()), _takes_data())
    elif state:
        datasets = datasets.filter(state=state)
    datasets = with_text(datasets, SearchText.parse(text))
    resources = Resource.objects.defer("columns")
    datasets = datasets.select_related("agency").order_by("title_sort")
    return datasets.prefetch_related(Prefetch("resources", resources))


def open_releases(datasets: Iterable[Dataset]) -> dict[object, Release]:
    """Per dataset the newest release somebody still has to act on, deciding included."""
    releases = (
        _light()
        .filter(
            resource__dataset__in=list(datasets),
            state__in=[*OPEN_STATES, ReleaseState.SUBMITTED],
        )
        .order_by("state_changed_at")
    )
    return {release.resource.dataset_id: release for release in releases}


def releases_of(resource: Resource) -> QuerySet[Release]:
    """Every release of the resource, the newest period first."""
    return _light().filter(resource=resource).order_by("-period_end", "-number")


def newest_releases(dataset: Dataset, shown: int = 8) -> dict[object, Newest]:
    """Per resource its newest releases and how many it has in all."""
    ranked = (
        _light()
        .filter(resource__dataset=dataset)
        .annotate(
            rank=Window(
                RowNumber(), "resource", order_by=[F("period_end").desc(), F("number").desc()]
            ),
            total=Window(Count("pk"), "resource"),
        )
    )
    found: dict[object, Newest] = defaultdict(Newest)
    for release in ranked.filter(rank__lte=shown).order_by("-period_end", "-number"):
        found[release.resource_id].releases.append(release)
        found[release.resource_id].total = release.total
    return found


def previous_release(release: Release) -> Release | None:
    """The published release of the period before, the one to compare counts with."""
    return (
        release.resource.releases.filter(
            state=ReleaseState.PUBLISHED, period_end__lt=release.period_end
        )
        .order_by("-period_end")
        .first()
    )


def replaced_release(release: Release) -> Release | None:
    """The published release of the same period, which this one would supersede."""
    return (
        release.resource.releases.filter(state=ReleaseState.PUBLISHED, period=release.period)
        .exclude(pk=release.pk)
        .first()
    )


def similar_datasets(title: str, *, own: Iterable[Agency] | QuerySet[Agency]) -> list[Dataset]:
    """Datasets whose title says nearly the same: any public one, and drafts of one's own agencies.

    Đ4.4 QĐ 22/2023: data do not overlap. At least four fifths of the words of the shorter title
    stand in the other, and at least three words.
    """
    wanted = set(fold(title).split())
    known = Dataset.objects.filter(
        Q(state=Dataset.State.PUBLISHED) | Q(state=Dataset.State.DRAFT, agency__in=own)
    )
    alike = [
        pk
        for pk, other in known.values_list("pk", "title_vi")
        if _says_the_same(wanted, set(fold(other).split()))
    ]
    return list(Dataset.objects.filter(pk__in=alike[:10]).select_related("agency"))


def _says_the_same(one: set[str], other: set[str]) -> bool:
    shorter, shared = min(len(one), len(other)), len(one & other)
    if one == other:
        return True
    return shared >= 3 and shared >= 0.8 * shorter and shorter >= 0.6 * max(len(one), len(other))


def _light() -> QuerySet[Release]:
    """Releases with all that a list shows, without what the reader found, which may be long."""
    return Release.objects.select_related("resource__dataset__agency").defer(
        "reading", "resource__columns"
    )


def _unfinished(agencies: Iterable[int]) -> list[Release]:
    releases = (
        _light()
        .filter(
            resource__dataset__agency__in=list(agencies),
            state__in=[*OPEN_STATES, ReleaseState.SUBMITTED],
        )
        .select_related("uploaded_by", "submitted_by", "decided_by")
    )
    rank: dict[str, int] = {
        state: place for place, state in enumerate([*OPEN_STATES, ReleaseState.SUBMITTED])
    }
    return sorted(
        releases, key=lambda r: (rank[r.state], r.resource.dataset.title_sort, r.period_end)
    )


def _done(agencies: Iterable[int]) -> list[Release]:
    """Published for the period that ended last."""
    codes = [period.code for period in last_ended().values()]
    return list(
        _light()
        .filter(
            resource__dataset__agency__in=list(agencies),
            state=ReleaseState.PUBLISHED,
            period__in=codes,
        )
        .select_related("submitted_by")
        .order_by("resource__dataset__title_sort", "resource__position")
    )


def _missing(agencies: Iterable[int], delivered: Iterable[Release]) -> list[Missing]:
    has = {(release.resource_id, release.period) for release in delivered}
    ended = last_ended()
    resources = (
        Resource.objects.filter(dataset__agency__in=list(agencies))
        .exclude(dataset__state=Dataset.State.WITHDRAWN)
        .exclude(dataset__access=Dataset.Access.LISTED)
        .select_related("dataset", "latest_release")
        .defer("columns", "latest_release__reading")
        .order_by("dataset__title_sort", "position")
    )
    return [
        Missing(resource, ended[resource.dataset.frequency].code)
        for resource in resources
        if (resource.pk, ended[resource.dataset.frequency].code) not in has
    ]


def _takes_data() -> Q:
    return ~Q(state=Dataset.State.WITHDRAWN) & ~Q(access=Dataset.Access.LISTED)


def _delivered() -> QuerySet[Release]:
    """Releases, of the dataset of the outer query, published for the period that ended last."""
    last = Q()
    for frequency, period in last_ended().items():
        last |= Q(resource__dataset__frequency=frequency, period=period.code)
    return Release.objects.filter(
        last, resource__dataset=OuterRef("pk"), state=ReleaseState.PUBLISHED
    )
