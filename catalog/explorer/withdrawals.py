"""What was public and was taken back: when and why, for every address that it had."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.explorer.words import Words, said
from catalog.models import Dataset, Release, Resource
from catalog.selectors.publication import last_withdrawn
from deadlines.period_words import period_name


@dataclass(frozen=True)
class Withdrawal:
    """`release` None: the whole dataset was withdrawn, else that period of one table."""

    dataset: Dataset
    at: datetime
    reason: str
    release: Release | None = None

    @property
    def day(self) -> str:
        return formats.date_format(localtime(self.at), "SHORT_DATE_FORMAT")

    @property
    def sentence(self) -> Words:
        """What, when and why; the reason is as it was written, in Vietnamese."""
        if self.release is None:
            template = _("Bộ dữ liệu này đã rút ngày {day}. Lý do: {reason}")
            return said(template, day=self.day, reason=self.reason)
        template = _("Dữ liệu {period} của bảng này đã rút ngày {day}. Lý do: {reason}")
        period = period_name(self.release.as_period)
        return said(template, period=period, day=self.day, reason=self.reason)


def withdrawal_of(dataset: Dataset) -> Withdrawal | None:
    """Of the whole dataset, if it was published and withdrawn."""
    if dataset.state != Dataset.State.WITHDRAWN or dataset.withdrawn_at is None:
        return None
    return Withdrawal(dataset, dataset.withdrawn_at, dataset.withdrawal_reason)


def period_withdrawal(table: Resource, period: str = "") -> Withdrawal | None:
    """Of that period of the table, "": of the newest that was withdrawn.

    To be asked where nothing is published: what stands in a period's place now is said instead.
    """
    release = last_withdrawn(table, period)
    if release is None:
        return None
    return Withdrawal(table.dataset, release.state_changed_at, release.decision_reason, release)
