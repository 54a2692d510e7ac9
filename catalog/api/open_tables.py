"""The table an address of the API names, when it is open, and its published periods."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import audit
from catalog.api.problems import Problem, withdrawn
from catalog.api.readable_tables import ReadableTable
from catalog.explorer.withdrawals import period_withdrawal, withdrawal_of
from catalog.models import Dataset, Release, Resource
from catalog.selectors.publication import releases_of, table_at
from core.kept import kept


def open_table(resource_id: UUID) -> ReadableTable:
    """The table with its published releases, at least one.

    Raises the problem that says why there are no data: unknown, never published, withdrawn, not open.
    """
    return open_table_at(resource_id, audit.revision())


@kept(most=256)
def open_table_at(resource_id: UUID, revision: int) -> ReadableTable:
    """The same as it was at that revision; kept by the process and shared: nobody may change it."""
    resource = known_table(resource_id, revision)
    _check_open(resource.dataset)
    return ReadableTable(resource, published(resource, revision), revision)


def known_table(resource_id: UUID, revision: int) -> Resource:
    """The table of a dataset of any access level. Raises the problem: unknown, or withdrawn."""
    resource = table_at(resource_id, revision)
    if resource is None or resource.dataset.state == Dataset.State.DRAFT:
        raise Problem("not-found", _("Không có bảng dữ liệu nào mang mã này."))
    check_not_withdrawn(resource.dataset)
    return resource


def published(resource: Resource, revision: int) -> list[Release]:
    """Its published releases, the newest first. Raises the problem: never any, or all withdrawn."""
    releases = releases_of(resource, revision)
    if not releases:
        withdrawal = period_withdrawal(resource)
        if withdrawal:
            raise withdrawn(withdrawal)
        raise Problem("not-found", _("Bảng này chưa có kỳ dữ liệu nào được công bố."))
    return releases


def check_not_withdrawn(dataset: Dataset) -> None:
    """Raises the problem 410, which says when and why."""
    withdrawal = withdrawal_of(dataset)
    if withdrawal:
        raise withdrawn(withdrawal)


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
