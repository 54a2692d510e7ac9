"""Where the rows of a workbook come from, for whoever opens it far from the page it was taken from."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.models import Release
from deadlines.period_words import period_name
from tables.exporting import About
from tables.limits import ABOUT_SHEET


def provenance(releases: Sequence[Release]) -> About:
    """Of the releases of one table, the newest first; in the reader's language."""
    return About(ABOUT_SHEET, list(_lines(releases)))


def _lines(releases: Sequence[Release]) -> Iterator[tuple[str, str]]:
    newest = releases[0]
    dataset = newest.resource.dataset
    yield _("Bộ dữ liệu"), dataset.title
    yield _("Bảng"), newest.resource.title
    yield _("Cơ quan cung cấp"), dataset.agency.name
    yield _("Kỳ dữ liệu"), ", ".join(period_name(one.as_period) for one in releases)
    if newest.published_at is not None:
        yield (
            _("Công bố ngày"),
            formats.date_format(localtime(newest.published_at), "SHORT_DATE_FORMAT"),
        )
    if dataset.terms is not None:
        yield (
            _("Điều khoản sử dụng"),
            f"{dataset.terms.title}, {settings.SITE_URL}{reverse('terms')}",
        )
    yield _("Địa chỉ"), settings.SITE_URL + dataset.get_absolute_url()
    if dataset.is_illustrative:
        yield _("Lưu ý"), _("Số liệu minh hoạ: không phải số liệu thật và không dùng làm căn cứ.")
