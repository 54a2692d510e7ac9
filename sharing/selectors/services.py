"""The register of sharing services: what may be asked for, and one of them with its data."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import Agency
from catalog.models import Dataset, Resource
from catalog.models.words import in_readers_language
from catalog.problem_words import type_name
from sharing.models import ServiceTable, SharingService
from sharing.selectors.uptime import with_last_look
from sharing.selectors.words import with_words
from sharing.states import AccountState, RequestState

SEARCHED = (
    "title_vi",
    "title_en",
    "owner__name_vi",
    "owner__name_en",
    "description_vi",
    "description_en",
)


@dataclass(frozen=True)
class GivenColumn:
    """A column as the data dictionary describes it."""

    name: str
    label: str
    type_words: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class GivenTable:
    """A table of the service with the columns it gives, in the table's order.

    `is_public`: its dataset has a page everybody may open.
    """

    resource: Resource
    columns: list[GivenColumn]
    gives_all: bool
    is_public: bool


def offered_services(
    *, text: str = "", owner: Agency | None = None, form: str = ""
) -> QuerySet[SharingService]:
    """What may be asked for today, by title. `text`: words of title, owner or description."""
    found = SharingService.objects.offered()
    if owner is not None:
        found = found.filter(owner=owner)
    if form:
        found = found.filter(form=form)
    if text:
        found = found.filter(pk__in=with_words(found, text, *SEARCHED))
    return with_last_look(found).select_related("owner").order_by("title_sort", "pk")


def sharing_agencies() -> QuerySet[Agency]:
    """Those that offer a service today."""
    offering = SharingService.objects.offered().values("owner")
    return Agency.objects.filter(pk__in=offering)


def known_service(code: str) -> SharingService | None:
    """The service as everybody may see it: offered, or closed since; never a draft."""
    found = SharingService.objects.exclude(state=SharingService.State.DRAFT)
    return found.select_related("owner").filter(code=code).first()


def services_of(agencies: QuerySet[Agency], *, state: str = "") -> QuerySet[SharingService]:
    """Services of these agencies in any state, with how many requests are open and accounts live."""
    open_requests = ~Q(requests__state__in=_NOT_OPEN)
    living = Q(accounts__state__in=[AccountState.ACTIVE, AccountState.SUSPENDED])
    found = SharingService.objects.filter(owner__in=agencies)
    if state in SharingService.State.values:
        found = found.filter(state=state)
    counted = found.annotate(
        open_requests=Count("requests", filter=open_requests, distinct=True),
        living_accounts=Count("accounts", filter=living, distinct=True),
    )
    return with_last_look(counted).select_related("owner").order_by("title_sort", "pk")


def given_tables(service: SharingService) -> list[GivenTable]:
    """One query."""
    return [_given(one) for one in service.tables.select_related("resource__dataset")]


def _given(table: ServiceTable) -> GivenTable:
    given = [
        column
        for column in table.resource.columns
        if not table.columns or column["name"] in table.columns
    ]
    return GivenTable(
        table.resource,
        [
            GivenColumn(
                name=column["name"],
                label=column.get("label") or column["name"],
                type_words=type_name(column["type"]),
                unit=column.get("unit") or "",
                meaning=in_readers_language(
                    column.get("description_vi") or "", column.get("description_en") or ""
                ),
            )
            for column in given
        ],
        gives_all=not table.columns,
        is_public=table.resource.dataset.state == Dataset.State.PUBLISHED,
    )


# A request somebody still has to answer or send.
_NOT_OPEN = [
    RequestState.DRAFT,
    RequestState.KEYING,
    RequestState.OWNER_REFUSED,
    RequestState.ISSUED,
    RequestState.REFUSED,
    RequestState.WITHDRAWN,
    RequestState.DISCARDED,
]
