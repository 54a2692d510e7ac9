"""Which period of a table an address asks for, and the look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.actions import audit
from catalog.explorer.look import ALL_PERIODS, Look, look_at
from catalog.explorer.withdrawals import Withdrawal, period_withdrawal
from catalog.explorer.words import Words, said
from catalog.models import Dataset, Release, Resource
from catalog.selectors.publication import releases_of, tables_of
from catalog.views.public.loading import Gone, public_dataset

OF_ONE_PERIOD = ("ky", "page", "chon")  # parameters that mean nothing in another period


@dataclass(frozen=True)
class PeriodChoice:
    """The published releases of an open table and what the address asks of them (`asked`: ky=…).

    `table` None: the data are not open, or there is no table. `release` is that of the period, else the
    newest; None where nothing is published.
    """

    table: Resource | None
    releases: Sequence[Release]
    asked: str

    @cached_property
    def release(self) -> Release | None:
        newest = self.releases[0] if self.releases else None
        return next((one for one in self.releases if one.period == self.asked), newest)

    @property
    def is_met(self) -> bool:
        """Whether there is what the address asks for; without a period anything will do."""
        if self.release is None:
            return False
        return self.asked in ("", ALL_PERIODS, self.release.period)

    @cached_property
    def withdrawal(self) -> Withdrawal | None:
        """Of what the address asks for, where that is not there."""
        if self.table is None or self.is_met:
            return None
        return period_withdrawal(self.table, "" if self.asked == ALL_PERIODS else self.asked)

    @property
    def complaint(self) -> Words | str:
        """Why this is not the period asked for."""
        if self.is_met or (self.release is None and self.withdrawal is None):
            return ""
        if self.withdrawal is None:
            return _("Không có dữ liệu đã công bố cho kỳ này. Dưới đây là kỳ mới nhất.")
        if self.release is None:
            return self.withdrawal.sentence
        template = _("{sentence} Dưới đây là kỳ mới nhất.")
        return said(template, sentence=self.withdrawal.sentence)

    @property
    def status(self) -> int:
        """The dataset's own page, for which no period is asked, is there without data, too."""
        if not self.complaint or not self.asked:
            return 200
        return 410 if self.withdrawal else 404


def put_in_place(request: HttpRequest, choice: PeriodChoice) -> None:
    """Where another period stands in for the one asked for, no link of the page leads back to that one.

    Pagers and forms are made from the request's parameters: what belongs to the missing period leaves them.
    """
    if choice.is_met:
        return
    kept = QueryDict(mutable=True)
    for name, given in request.GET.lists():
        if name not in OF_ONE_PERIOD:
            kept.setlist(name, given)
    request.GET = kept  # type: ignore[assignment]  # no view writes to it


def period_choice(
    found: Dataset, table: Resource | None, asked: str, revision: int
) -> PeriodChoice:
    if table is None or found.access != Dataset.Access.OPEN:
        return PeriodChoice(None, [], asked)
    return PeriodChoice(table, releases_of(table, revision), asked)


def public_look(request: HttpRequest, slug: str, resource_id: UUID) -> Look:
    """The open table's published data as the address asks for them. Raises Http404, Moved, Gone."""
    revision = audit.revision()
    dataset = public_dataset(slug, revision)
    table = next((table for table in tables_of(dataset) if table.pk == resource_id), None)
    choice = period_choice(dataset, table, request.GET.get("ky", ""), revision)
    if choice.withdrawal:
        raise Gone(choice.withdrawal)
    if choice.release is None or not choice.is_met:
        raise Http404(resource_id)
    return look_at(choice.release, choice.releases, request.GET)
