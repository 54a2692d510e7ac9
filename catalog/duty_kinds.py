"""The catalogue's duties: data of each period, the yearly self-assessment, the review of open data.

Registered with deadlines.kinds when the catalogue starts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.roles import Permission
from catalog.actions import succession
from catalog.delivered import DATASET_UPDATE
from catalog.models import Dataset
from catalog.models.dataset import FREQUENCY_PERIOD
from catalog.states import ReleaseState
from core import clock
from deadlines.actions.duties import last_done
from deadlines.kinds import DutyKind, Owed, register
from deadlines.models import Duty
from deadlines.periods import Period

OPEN_DATA_REVIEW = "open_data_list_review"
SELF_ASSESSMENT = "annual_self_assessment"


def datasets_owing(period: Period) -> QuerySet[Dataset]:
    """Datasets that owe data of the period (Đ4.1b): registered before it began, alive, not yet over."""
    frequencies = [one for one, kind in FREQUENCY_PERIOD.items() if kind is period.kind]
    living = Dataset.objects.exclude(state=Dataset.State.WITHDRAWN).exclude(
        access=Dataset.Access.LISTED
    )
    return living.filter(
        Q(temporal_end__isnull=True) | Q(temporal_end__gte=period.first_day),
        frequency__in=frequencies,
        created_at__lt=clock.midnight(period.first_day),
    )


def _owed_for_period(period: Period, agencies: Collection[int] | None = None) -> Iterable[Owed]:
    """Whoever owes, and what was published before the period's duties were opened."""
    tables = Q(resources__created_at__lt=clock.midnight(period.next().first_day))
    delivered = tables & Q(
        resources__releases__period=period.code,
        resources__releases__state=ReleaseState.PUBLISHED,
    )
    rows = datasets_owing(period).annotate(
        tables=Count("resources", filter=tables, distinct=True),
        delivered=Count("resources", filter=delivered, distinct=True),
        uploaded=Count(
            "resources",
            filter=delivered & Q(resources__releases__source__isnull=True),
            distinct=True,
        ),
        published_at=Max("resources__releases__published_at", filter=delivered),
    )
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    for dataset in rows.order_by("pk"):
        done = dataset.tables > 0 and dataset.tables == dataset.delivered
        yield Owed(
            agency_id=dataset.agency_id,
            subject=str(dataset.pk),
            title_vi=dataset.title_vi,
            title_en=dataset.title_en,
            done_at=dataset.published_at if done else None,
            how=_how(dataset.uploaded) if done else "",
        )


def _how(uploaded: int) -> Duty.How:
    """By API, when no table of the period was uploaded (catalog.delivered.how_delivered)."""
    return Duty.How.RELEASE if uploaded else Duty.How.PULL


def _owed_for_year(period: Period, agencies: Collection[int] | None = None) -> Iterable[Owed]:
    """Agencies that had data on the portal in the year (Đ23.5)."""
    owing = Agency.objects.filter(
        datasets__created_at__lt=clock.midnight(period.next().first_day)
    ).exclude(valid_to__lt=period.last_day)
    if agencies is not None:
        owing = owing.filter(pk__in=agencies)
    for agency in owing.filter(_has_living_data()).distinct().order_by("pk"):
        yield Owed(agency.pk, agency.key, *_agency_titles(agency))


def _reviews_owed() -> Iterable[tuple[date, Owed]]:
    """Agencies with open data, from their last review, else from their first open data."""
    done = last_done(OPEN_DATA_REVIEW)
    opened = Q(datasets__state=Dataset.State.PUBLISHED, datasets__access=Dataset.Access.OPEN)
    agencies = Agency.objects.current().annotate(
        first=Min("datasets__first_published_at", filter=opened)
    )
    for agency in agencies.filter(first__isnull=False).order_by("pk"):
        since = done.get(agency.key) or localtime(agency.first).date()
        yield since, Owed(agency.pk, agency.key, *_agency_titles(agency))


def _updates_foreseen(period: Period, agencies: Collection[int]) -> Mapping[int, int]:
    owing = datasets_owing(period).filter(agency__in=agencies).order_by()
    return dict(owing.values_list("agency").annotate(Count("pk")))


def _assessments_foreseen(year: Period, agencies: Collection[int]) -> Mapping[int, int]:
    """Whoever has data on the portal now will account for them."""
    own = Agency.objects.filter(_has_living_data(), pk__in=agencies, datasets__isnull=False)
    return dict.fromkeys(own.order_by().values_list("pk", flat=True).distinct(), 1)


def _has_living_data() -> Q:
    return ~Q(datasets__state=Dataset.State.WITHDRAWN)


def _agency_titles(agency: Agency) -> tuple[str, str]:
    return agency.name_vi, agency.name_en


def _dataset_addresses(duties: Sequence[Duty]) -> dict[int, str]:
    return _addresses(duties, _datasets_of(duties), "work_dataset")


def _public_addresses(duties: Sequence[Duty]) -> dict[int, str]:
    return _addresses(duties, _datasets_of(duties).public(), "dataset")


def _addresses(duties: Sequence[Duty], datasets: Any, name: str) -> dict[int, str]:
    slugs = dict(datasets.annotate(key=F("pk")).values_list("key", "slug"))
    named = {str(pk): slug for pk, slug in slugs.items()}
    return {
        duty.pk: reverse(name, args=[named[duty.subject]])
        for duty in duties
        if duty.subject in named
    }


def _public_titles(duties: Sequence[Duty]) -> set[int]:
    public = {str(pk) for pk in _datasets_of(duties).public().values_list("pk", flat=True)}
    return {duty.pk for duty in duties if duty.subject in public}


def _datasets_of(duties: Sequence[Duty]) -> Any:
    return Dataset.objects.filter(pk__in=[duty.subject for duty in duties])


def _everybody_may_know(duties: Sequence[Duty]) -> set[int]:
    return {duty.pk for duty in duties}


register(
    DutyKind(
        code=DATASET_UPDATE,
        title=_("Cập nhật dữ liệu"),
        rules=("quarterly_update", "monthly_update", "yearly_update"),
        doers=(Permission.UPLOAD_RELEASE, Permission.DECIDE_RELEASE),
        heads=(Permission.DECIDE_RELEASE,),
        owed=_owed_for_period,
        addresses=_dataset_addresses,
        public_addresses=_public_addresses,
        public_titles=_public_titles,
        pass_on=succession.pass_on,
        foreseen=_updates_foreseen,
        nothing_possible=True,
        in_progress=True,
    )
)
register(
    DutyKind(
        code=OPEN_DATA_REVIEW,
        title=_("Rà soát danh mục dữ liệu mở"),
        rules=("open_data_list_review",),
        doers=(Permission.DECIDE_RELEASE,),
        heads=(Permission.DECIDE_RELEASE,),
        recurring=_reviews_owed,
        public_titles=_everybody_may_know,
        done_by=Permission.DECIDE_RELEASE,
        unchanged=_("Đã rà soát, danh mục dữ liệu mở không thay đổi."),
    )
)
register(
    DutyKind(
        code=SELF_ASSESSMENT,
        title=_("Tự kiểm tra, đánh giá dữ liệu hằng năm"),
        rules=("annual_self_assessment",),
        doers=(Permission.DECIDE_RELEASE,),
        heads=(Permission.DECIDE_RELEASE,),
        owed=_owed_for_year,
        foreseen=_assessments_foreseen,
        public_titles=_everybody_may_know,
        done_by=Permission.DECIDE_RELEASE,
        opens_before=30,
    )
)
