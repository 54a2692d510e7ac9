"""The table an address of the API names, when it is open, and its published periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actions import audit
from catalog.api.problems import Problem, shown
from catalog.explorer.api_parameters import ALL_PERIODS, PERIOD
from catalog.models import Dataset, Release, Resource
from catalog.selectors.publication import releases_of, table_at


@dataclass(frozen=True, eq=False)
class OpenTable:
    """A table whose data anybody may have; `releases` are the published ones, the newest first.

    `revision` is the number it is kept under (accounts.actions.audit.revision): one of another
    revision is another one.
    """

    resource: Resource
    releases: Sequence[Release]
    revision: int

    @property
    def dataset(self) -> Dataset:
        return self.resource.dataset

    @property
    def periods(self) -> list[str]:
        return [release.period for release in self.releases]

    def release(self, period: str | None) -> Release:
        """The release of a period, of the newest one for None. Raises the problem for any other."""
        if period is None:
            return self.releases[0]
        for release in self.releases:
            if release.period == period:
                return release
        raise self._no_such_period(period, self.periods)

    def releases_for(self, period: str | None) -> Sequence[Release]:
        """One release, or every one for "all". Raises the problem for anything else."""
        if period == ALL_PERIODS:
            return self.releases
        if period is None or period in self.periods:
            return [self.release(period)]
        raise self._no_such_period(period, [*self.periods, ALL_PERIODS])

    def _no_such_period(self, period: str, allowed: list[str]) -> Problem:
        sentence = _("Không có dữ liệu đã công bố cho kỳ “%(period)s”.") % {"period": shown(period)}
        return Problem("bad-value", sentence, parameter=PERIOD, allowed=allowed)


def open_table(resource_id: UUID) -> OpenTable:
    """The table with its published releases, at least one.

    Raises the problem that says why there are no data: unknown, never published, withdrawn, not open.
    """
    return open_table_at(resource_id, audit.revision())


@lru_cache(maxsize=256)
def open_table_at(resource_id: UUID, revision: int) -> OpenTable:
    """The same as it was at that revision; kept by the process and shared: nobody may change it."""
    resource = table_at(resource_id, revision)
    if resource is None or resource.dataset.state == Dataset.State.DRAFT:
        raise Problem("not-found", _("Không có bảng dữ liệu nào mang mã này."))
    check_not_withdrawn(resource.dataset)
    _check_open(resource.dataset)
    releases = releases_of(resource, revision)
    if not releases:
        raise Problem("not-found", _("Bảng này chưa có kỳ dữ liệu nào được công bố."))
    return OpenTable(resource, releases, revision)


def check_not_withdrawn(dataset: Dataset) -> None:
    """Raises the problem 410, which says when and why."""
    if dataset.state != Dataset.State.WITHDRAWN or dataset.withdrawn_at is None:
        return
    day = formats.date_format(localtime(dataset.withdrawn_at), "SHORT_DATE_FORMAT")
    raise Problem(
        "withdrawn",
        _("Bộ dữ liệu này đã rút ngày %(day)s. Lý do: %(reason)s")
        % {"day": day, "reason": dataset.withdrawal_reason},
        members={
            "withdrawn_at": localtime(dataset.withdrawn_at).isoformat(timespec="seconds"),
            "reason": dataset.withdrawal_reason,
        },
    )


def _check_open(dataset: Dataset) -> None:
    if dataset.access == Dataset.Access.OPEN:
        return
    page = settings.SITE_URL + reverse("dataset", args=[dataset.slug])
    if dataset.access == Dataset.Access.LISTED:
        sentence = _("Bộ dữ liệu này chỉ công bố thông tin mô tả, cổng không giữ dữ liệu.")
        raise Problem("not-found", sentence, members={"dataset": page})
    if dataset.access == Dataset.Access.SHARED:
        # Đ11.1 QĐ 22/2023.
        sentence = _(
            "Dữ liệu này chỉ chia sẻ giữa các cơ quan nhà nước. Cơ quan có nhu cầu khai thác gửi yêu "
            "cầu kết nối bằng văn bản điện tử có ký số đến cơ quan quản lý cổng dữ liệu và %(agency)s; "
            "tài khoản kết nối được tạo trong 05 ngày làm việc kể từ khi có văn bản chấp thuận."
        ) % {"agency": dataset.agency.name}
        raise Problem("not-open", sentence, members={"dataset": page})
