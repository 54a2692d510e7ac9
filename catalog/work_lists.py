"""What the agency work area lists: read-only queries.

Legal due dates are not known here (they are in catalog.agency_work): a list says which period is
delivered, not by when it must be.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from accounts.models import Agency
from catalog.models import Dataset, Release, Resource
from catalog.models.dataset import FREQUENCY_PERIOD
from catalog.search_words import SearchText
from catalog.selectors.datasets import with_text
from catalog.states import ReleaseState
from core import clock
from core.vietnamese import fold
from deadlines.models import Petition
from deadlines.periods import Period
from deadlines.selectors.petitions import waiting as petitions_waiting

# What the agency still has to do something about, the most pressing first.
OPEN_STATES = (
    ReleaseState.NEEDS_FIXING,
    ReleaseState.RETURNED,
    ReleaseState.READY,
    ReleaseState.CHECKING,
    ReleaseState.DRAFT,
)
ASKED_AGAIN = timedelta(days=365)  # for so long the desk offers to send again what was withdrawn
MISSING = "missing"  # filter of work_datasets beside the states of a dataset


@dataclass
class Newest:
    """The newest releases of one resource, given up ones apart; the totals count all of them."""

    releases: list[Release] = field(default_factory=list)
    total: int = 0
    discarded: list[Release] = field(default_factory=list)
    discarded_total: int = 0


def last_ended() -> dict[str, Period]:
    """Per update frequency the period that ended last: {"quarterly": 2026Q3, …}."""
    today = clock.today()
    return {
        frequency: Period.containing(today, kind).previous()
        for frequency, kind in FREQUENCY_PERIOD.items()
    }


def waiting_releases(agencies: Iterable[Agency] | QuerySet[Agency]) -> QuerySet[Release]:
    """Submitted releases of those agencies, the longest waiting first, with what was sent back before."""
    return (
        with_returns(light())
        .filter(resource__dataset__agency__in=agencies, state=ReleaseState.SUBMITTED)
        .select_related("submitted_by")
        .order_by("submitted_at")
    )


def with_returns(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Each with `returned`, how often its period's data were sent back before, and `last_reason`."""
    back = Release.objects.filter(
        resource=OuterRef("resource"),
        period=OuterRef("period"),
        number__lt=OuterRef("number"),
        decided_at__isnull=False,
        published_at__isnull=True,
    ).order_by()
    counted = back.values("resource").annotate(count=Count("pk")).values("count")
    last = back.order_by("-number").values("decision_reason")[:1]
    return releases.annotate(returned=Coalesce(Subquery(counted), 0), last_reason=Subquery(last))


def waiting_count(agencies: Iterable[Agency]) -> int:
    """How much waits for who decides in those agencies."""
    return (
        waiting_releases(agencies).count()
        + petitions_waiting(agencies, Petition.Kind.NOTHING).count()
        + waiting_descriptions(agencies).count()
    )


def withdrawn_releases(agencies: Iterable[Agency | int]) -> QuerySet[Release]:
    """What was taken back within a year and nothing has come for since: it can be sent again."""
    return (
        light()
        .filter(
            ~_sent_again(),
            resource__dataset__agency__in=agencies,
            resource__dataset__state=Dataset.State.PUBLISHED,
            state=ReleaseState.WITHDRAWN,
            state_changed_at__gte=clock.now() - ASKED_AGAIN,
        )
        .exclude(resource__dataset__access=Dataset.Access.LISTED)
        .order_by("resource__dataset__title_sort", "resource__position", "-period_end")
    )


def _sent_again() -> Exists:
    """Whether something has come for the release's period after it."""
    later = Release.objects.filter(
        resource=OuterRef("resource"), period=OuterRef("period"), number__gt=OuterRef("number")
    )
    return Exists(later.exclude(state=ReleaseState.DISCARDED))


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
        light()
        .filter(
            resource__dataset__in=list(datasets),
            state__in=[*OPEN_STATES, ReleaseState.SUBMITTED],
        )
        .order_by("state_changed_at")
    )
    return {release.resource.dataset_id: release for release in releases}


def with_delivery(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Each with `delivery`: the how-manieth of its period was given to the approver, or published by
    the portal itself; none for an upload that never got so far. `was_sent_again`: something came after it.
    """
    earlier = Release.objects.filter(
        _GIVEN,
        resource=OuterRef("resource"),
        period=OuterRef("period"),
        number__lte=OuterRef("number"),
    )
    count = earlier.order_by().values("resource").annotate(count=Count("pk")).values("count")
    return releases.annotate(
        delivery=Case(When(_GIVEN, then=Subquery(count))), was_sent_again=_sent_again()
    )


_GIVEN = Q(submitted_at__isnull=False) | Q(published_at__isnull=False)


def releases_of(resource: Resource) -> QuerySet[Release]:
    """Every release of the resource, the newest period first."""
    return with_delivery(light()).filter(resource=resource).order_by("-period_end", "-number")


def newest_releases(dataset: Dataset, shown: int = 8) -> dict[object, Newest]:
    """Per resource its newest releases and how many it has in all."""
    ranked = (
        with_delivery(light())
        .filter(resource__dataset=dataset)
        .annotate(
            is_discarded=ExpressionWrapper(
                Q(state=ReleaseState.DISCARDED), output_field=BooleanField()
            ),
            rank=Window(
                RowNumber(),
                [F("resource"), F("is_discarded")],
                order_by=[F("period_end").desc(), F("number").desc()],
            ),
            total=Window(Count("pk"), [F("resource"), F("is_discarded")]),
        )
    )
    found: dict[object, Newest] = defaultdict(Newest)
    for release in ranked.filter(rank__lte=shown).order_by("-period_end", "-number"):
        own = found[release.resource_id]
        if release.is_discarded:
            own.discarded.append(release)
            own.discarded_total = release.total
        else:
            own.releases.append(release)
            own.total = release.total
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


def light() -> QuerySet[Release]:
    """Releases with all that a list shows, without what the reader found, which may be long."""
    return Release.objects.select_related("resource__dataset__agency").defer(
        "reading", "resource__columns"
    )


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
