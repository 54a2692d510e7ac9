"""How often data were used, month by month, for pages.

Use is not recorded in the audit trail, so nothing says when it has changed: what pages show is asked
for once an hour by each process and kept. A page shows it without a query; it is an hour old at most,
and settings.USAGE_STORED_EVERY more until counted uses reach the database.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from catalog.models import Resource, ResourceUsage
from core import clock
from core.kept import kept

MONTHS = 12  # the present one and the eleven before
Kind = ResourceUsage.Kind
Counts = dict[tuple[UUID, date], dict[str, int]]  # (table, first day of a month) → kind → uses


@dataclass(frozen=True)
class MonthOfUse:
    """`code` as a period has it: "2026-09"."""

    code: str
    views: int
    downloads: int
    calls: int
    embeds: int


@dataclass(frozen=True)
class TableUse:
    """One table's months, the newest first; `dataset_downloads` of all tables in those months."""

    months: list[MonthOfUse]
    dataset_downloads: int

    @property
    def is_unused(self) -> bool:
        return not any((self.views, self.downloads, self.calls, self.embeds))

    @property
    def views(self) -> int:
        return sum(month.views for month in self.months)

    @property
    def downloads(self) -> int:
        return sum(month.downloads for month in self.months)

    @property
    def calls(self) -> int:
        return sum(month.calls for month in self.months)

    @property
    def embeds(self) -> int:
        return sum(month.embeds for month in self.months)

    @property
    def most(self) -> MonthOfUse:
        """The greatest number of each kind: what fills a bar."""
        kinds = ("views", "downloads", "calls", "embeds")
        return MonthOfUse("", *(max(getattr(m, kind) for m in self.months) for kind in kinds))


def use_of(table: Resource) -> TableUse:
    """The table's last twelve months."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    counts = counts_of_dataset(table.dataset_id, hour)
    downloads = sum(of_month.get(Kind.DOWNLOAD, 0) for of_month in counts.values())
    months = [_month(first, counts.get((table.pk, first), {})) for first in _months()]
    return TableUse(months, downloads)


def downloads_of_datasets(dataset_ids: Collection[UUID]) -> dict[UUID, int]:
    """Downloads of the last twelve months, all tables of each dataset; one query."""
    found = (
        ResourceUsage.objects.filter(
            resource__dataset__in=dataset_ids, day__gte=_months()[-1], kind=Kind.DOWNLOAD
        )
        .order_by()
        .values_list("resource__dataset")
        .annotate(Sum("count"))
    )
    return dict(found)


@kept(most=512)
def counts_of_dataset(dataset_id: UUID, hour: datetime) -> Counts:
    """Kept by the process under the hour, which no later hour asks for again."""
    rows = (
        ResourceUsage.objects.filter(resource__dataset=dataset_id, day__gte=_months()[-1])
        .order_by()
        .values_list("resource", TruncMonth("day"), "kind")
        .annotate(Sum("count"))
    )
    counts: Counts = defaultdict(dict)
    for table, month, kind, number in rows:
        counts[table, month][kind] = number
    return dict(counts)


def _months() -> list[date]:
    """The first days of the last twelve months, the present one first."""
    today = clock.today()
    numbers = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _month(first: date, counts: dict[str, int]) -> MonthOfUse:
    kinds = (Kind.VIEW, Kind.DOWNLOAD, Kind.API, Kind.EMBED)
    return MonthOfUse(f"{first:%Y-%m}", *(counts.get(kind, 0) for kind in kinds))
