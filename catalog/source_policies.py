"""May this source of a table be set up, approved or pulled so?

Each check raises ValidationError with the sentence to show.
"""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person
from catalog import policies, pull_words
from catalog.models import Pull, Resource, Source
from catalog.models.source import ARRIVED, PLACES
from catalog.pull_settings import allowance
from catalog.pulling.failures import Failed
from catalog.pulling.guard import check_address
from catalog.states import ReleaseState
from core import clock
from deadlines.periods import Period

HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# Said by ourselves, or about the connection and not the caller.
OUR_HEADERS = frozenset(
    {
        "host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te",
        "upgrade", "trailer", "expect", "range", "if-none-match", "if-modified-since", "user-agent",
        "accept", "keep-alive", "proxy-authorization", "proxy-connection",
    }
)  # fmt: skip
SECRET_PARAMETERS = re.compile(r"key|token|secret|passw|pwd|mat_?khau", re.IGNORECASE)


def check_url(url: str) -> str:
    """The address without outer spaces: one a pull may go to, with no secret in it."""
    url = url.strip()
    left = url
    for place in PLACES:
        left = left.replace(place, "0")
    in_host = "{" in url.split("?")[0].split("/", 3)[:3][-1]
    if in_host or "{" in left or "}" in left:
        raise ValidationError(
            _("Trong địa chỉ chỉ dùng được {period}, {from} và {to}, sau tên máy chủ."), code="url"
        )
    try:
        target = check_address(left, allowance())
    except Failed as failure:
        raise ValidationError(
            pull_words.sentence(failure.code, failure.params), code="url"
        ) from None
    names = [
        name for name, _value in parse_qsl(urlsplit(target.path).query, keep_blank_values=True)
    ]
    if any(map(SECRET_PARAMETERS.search, names)):
        raise ValidationError(
            _(
                "Địa chỉ có tham số giống khoá hoặc mật khẩu. Hãy đặt khoá vào tiêu đề (header): giá trị "
                "ở đó được mã hoá và không hiện lại."
            ),
            code="url",
        )
    return url


def check_header_name(name: str) -> str:
    name = name.strip()
    if not HEADER_NAME.fullmatch(name) or name.lower() in OUR_HEADERS:
        raise ValidationError(
            _("Tên tiêu đề không hợp lệ. Ví dụ hợp lệ: Authorization, X-API-Key."),
            code="header_name",
        )
    return name


def check_header_value(value: str) -> str:
    value = value.strip()
    if not value or not value.isascii() or not value.isprintable() or len(value) > 4000:
        raise ValidationError(
            _("Giá trị của tiêu đề phải là chữ, số và dấu thông thường trên một dòng."),
            code="header_value",
        )
    return value


def check_rows_path(path: str) -> str:
    path = path.strip().strip(".")
    if any(not part.strip() for part in path.split(".")) and path:
        raise ValidationError(
            _("Đường dẫn gồm các tên cách nhau bằng dấu chấm, ví dụ data.items."), code="rows_path"
        )
    return path


def check_approvable(source: Source, by: Person, seen: datetime) -> None:
    """Whether this person may agree, today, to what was seen of the source at `seen`."""
    if source.configured_at != seen:
        raise ValidationError(
            _("Thiết lập vừa được thay đổi. Hãy xem lại trước khi phê duyệt."), code="changed"
        )
    if source.configured_by_id == by.pk:
        raise ValidationError(
            _("Người thiết lập không được tự phê duyệt. Cần một lãnh đạo duyệt khác của cơ quan."),
            code="same_person",
        )
    check_ready_for_approval(source)


def check_ready_for_approval(source: Source) -> None:
    """Data of the table have been published before, and the source has given some that pass."""
    if source.approved_at is not None:
        raise ValidationError(_("Việc tự công bố đã được phê duyệt."), code="approved")
    if source.resource.columns_confirmed_at is None:
        raise ValidationError(
            _(
                "Hãy công bố kỳ đầu tiên của bảng theo cách thông thường trước: từ điển dữ liệu của kỳ "
                "đó là căn cứ kiểm tra các lần lấy sau."
            ),
            code="no_dictionary",
        )
    if not good_pulls(source).exists():
        raise ValidationError(
            _(
                "Chưa lần lấy nào đạt kiểm tra với thiết lập hiện tại. Hãy lấy thử trước khi phê duyệt."
            ),
            code="not_tried",
        )


def good_pulls(source: Source) -> QuerySet[Pull]:
    """Pulls that gave data that pass, under the present settings."""
    return source.pulls.filter(
        state__in=[Pull.State.OK, Pull.State.UNCHANGED], started_at__gte=source.configured_at
    )


def check_pullable(source: Source, period_code: str) -> Period:
    """The period, when the source may be asked for it now."""
    policies.check_takes_data(source.resource.dataset)
    if not source.enabled:
        raise ValidationError(
            _("Việc lấy qua API đang tắt. Hãy bật lại trước khi lấy."), code="disabled"
        )
    period = policies.check_period(source.resource, period_code)
    if not source.asks_for_period and period != last_ended(source.resource):
        raise ValidationError(
            _(
                "Địa chỉ API không có chỗ cho kỳ ({period}, {from}, {to}) nên chỉ lấy được kỳ vừa kết "
                "thúc."
            ),
            code="period",
        )
    policies.check_not_submitted(source.resource, period)
    policies.check_nobody_prepares(source.resource, period)
    return period


def last_ended(resource: Resource) -> Period:
    return Period.containing(clock.today(), resource.dataset.period_kind).previous()


def a_person_decided(resource: Resource, period: Period) -> bool:
    """Whether people have taken the period into their hands: a file of theirs, or one withdrawn."""
    releases = resource.releases.filter(period=period.code)
    own = releases.filter(uploaded_by__isnull=False).exclude(
        state__in=[ReleaseState.DISCARDED, ReleaseState.WITHDRAWN, ReleaseState.SUPERSEDED]
    )
    taken_back = releases.filter(state=ReleaseState.WITHDRAWN)
    waiting = releases.filter(state=ReleaseState.SUBMITTED)
    return own.exists() or taken_back.exists() or waiting.exists()


def may_publish(pull: Pull) -> bool:
    """Whether what the pull gave is published by the portal itself, as things are now."""
    source = pull.source
    return (
        pull.publishes
        and source.publishes
        and source.approved_at is not None
        and source.approved_at <= pull.started_at
        and policies.takes_data(source.resource.dataset)
        and not a_person_decided(source.resource, pull.as_period)
    )


def last_arrived(pull: Pull) -> Pull | None:
    """The attempt before this one that brought data of the same period."""
    earlier = pull.source.pulls.filter(period=pull.period, state__in=ARRIVED)
    return earlier.exclude(pk=pull.pk).select_related("release").first()
