"""Reports on connections: how the limit was kept, what waits, why not, how much is used (Đ18.3–4)."""

from collections import Counter
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core import clock
from deadlines.models import Duty
from sharing.actions.running import CONNECTION_ACCOUNT
from sharing.models import CallRecord, ConnectionAccount, ConnectionRequest, SharingService
from sharing.selectors.inbox import late_unanswered
from sharing.selectors.report_tables import Column, Kind, Table, share_of
from sharing.states import FINAL, AccountState, RequestState

MANY = 2  # agencies that use one service on special request: time to share it by default


def tables_of(year: int) -> list[Table]:
    """Every table of the report; six queries."""
    ended = _ended(year)
    return [
        by_month(ended),
        by_owner(ended),
        open_requests(),
        refusals(year),
        use_by_service(year),
        special_connections(),
    ]


def years() -> list[int]:
    """The years with requests, the newest first; always this one."""
    this = clock.today().year
    first = ConnectionRequest.objects.aggregate(first=Min("received_on"))["first"]
    return list(range(this, (first.year if first else this) - 1, -1))


def _ended(year: int) -> list[tuple[Duty, str]]:
    """The limits that ended in the year, with an answer or without, each with the owner's name."""
    unanswered = late_unanswered(clock.today()) & Q(due__year=year)
    ended = Q(fulfilled_on__year=year) | unanswered
    duties = list(Duty.objects.filter(ended, kind=CONNECTION_ACCOUNT))
    requests = ConnectionRequest.objects.filter(pk__in=[duty.subject for duty in duties])
    owners = {str(pk): name for pk, name in requests.values_list("pk", "service__owner__name_vi")}
    return [(duty, owners.get(duty.subject, "")) for duty in duties]


def by_month(ended: list[tuple[Duty, str]]) -> Table:
    months = [((duty.fulfilled_on or duty.due).strftime("%Y-%m"), duty) for duty, _owner in ended]
    return Table(
        key="thang",
        title=_("Đúng hạn theo tháng"),
        note=_(
            "Theo ngày trả lời, nếu chưa trả lời thì theo ngày hết hạn; đúng hạn là trả lời trong 05 "
            "ngày làm việc. Yêu cầu chưa trả lời mà đã quá hạn không phải là đúng hạn."
        ),
        columns=[Column(_("Tháng"), Kind.MONTH), *_on_time_columns()],
        rows=_on_time_rows(months),
    )


def by_owner(ended: list[tuple[Duty, str]]) -> Table:
    return Table(
        key="chu-quan",
        title=_("Đúng hạn theo cơ quan chủ quản"),
        note=_("Thời hạn của cơ quan đầu mối, tính từ khi có văn bản chấp thuận của chủ quản."),
        columns=[Column(_("Chủ quản"), Kind.NAME), *_on_time_columns()],
        rows=_on_time_rows([(owner, duty) for duty, owner in ended]),
    )


def open_requests() -> Table:
    """How long what is open has been waiting, by state."""
    today = clock.today()
    found = ConnectionRequest.objects.exclude(state__in=FINAL).exclude(number="")
    found = found.exclude(state=RequestState.DRAFT).order_by("received_on")
    ages: dict[str, list[int]] = {}
    for state, received in found.values_list("state", "received_on"):
        if received is not None:
            ages.setdefault(state, []).append((today - received).days)
    rows: list[list[Any]] = [
        [str(label), len(ages[state]), _middle(ages[state]), max(ages[state])]
        for state, label in RequestState.choices
        if state in ages
    ]
    return Table(
        key="dang-mo",
        title=_("Yêu cầu đang mở"),
        note=_("Số ngày tính từ ngày nhận yêu cầu đến hôm nay."),
        columns=[
            Column(_("Trạng thái")),
            Column(_("Số yêu cầu"), Kind.COUNT),
            Column(_("Số ngày, trung vị"), Kind.COUNT),
            Column(_("Số ngày, lâu nhất"), Kind.COUNT),
        ],
        rows=rows,
    )


def _middle(days: list[int]) -> float:
    """The median, whole where it is."""
    middle = median(days)
    return int(middle) if middle == int(middle) else middle


def refusals(year: int) -> Table:
    refused = ConnectionRequest.objects.filter(
        state__in=[RequestState.REFUSED, RequestState.OWNER_REFUSED], decided_at__year=year
    ).order_by("legal_ground", "-decided_at")
    facts = refused.select_related("requester", "service__owner")
    return Table(
        key="tu-choi",
        title=_("Yêu cầu không được chấp thuận"),
        note=_("Xếp theo căn cứ pháp lý."),
        columns=[
            Column(_("Căn cứ"), Kind.NAME),
            Column(_("Lý do"), Kind.NAME),
            Column(_("Yêu cầu")),
            Column(_("Cơ quan yêu cầu"), Kind.NAME),
            Column(_("Dịch vụ"), Kind.NAME),
            Column(_("Bên từ chối")),
        ],
        rows=[
            [
                one.legal_ground,
                one.decision_reason,
                one.number,
                one.requester.name_vi,
                one.service.title_vi,
                _("Cơ quan đầu mối") if one.state == RequestState.REFUSED else _("Chủ quản"),
            ]
            for one in facts
        ],
    )


def use_by_service(year: int) -> Table:
    calls = CallRecord.objects.filter(at__gte=clock.midnight(date(year, 1, 1)))
    calls = calls.filter(at__lt=clock.midnight(date(year + 1, 1, 1)))
    facts = (
        calls.order_by()
        .values_list("account__service__title_vi", "account__service__owner__name_vi")
        .annotate(
            accounts=Count("account", distinct=True),
            calls=Count("pk"),
            refused=Count("pk", filter=Q(status__gte=400)),
            given=Coalesce(Sum("rows"), 0),
            size=Coalesce(Sum("bytes"), 0),
        )
        .order_by("-calls", "account__service__title_vi")
    )
    return Table(
        key="su-dung",
        title=_("Sử dụng theo dịch vụ"),
        note=_("Lượt gọi qua cổng chia sẻ; bị từ chối là lượt trả lời bằng mã lỗi."),
        columns=[
            Column(_("Dịch vụ"), Kind.NAME),
            Column(_("Chủ quản"), Kind.NAME),
            Column(_("Tài khoản"), Kind.COUNT),
            Column(_("Lượt gọi"), Kind.COUNT),
            Column(_("Bị từ chối"), Kind.COUNT),
            Column(_("Số dòng"), Kind.COUNT),
            Column(_("Dung lượng"), Kind.SIZE),
        ],
        rows=[list(fact) for fact in facts],
    )


def special_connections() -> Table:
    """What is shared on special request, with advice to share it by default (Đ11.2, Đ18.4)."""
    living = ConnectionAccount.objects.filter(
        service__form=SharingService.Form.SPECIAL,
        state__in=[AccountState.ACTIVE, AccountState.SUSPENDED],
    )
    facts = (
        living.order_by()
        .values_list("service__title_vi", "service__owner__name_vi")
        .annotate(agencies=Count("agency", distinct=True), since=Min("valid_from"))
        .order_by("-agencies", "service__title_vi")
    )
    return Table(
        key="dac-thu",
        title=_("Kết nối theo yêu cầu đặc thù"),
        note=_(
            "Khi đủ điều kiện, chủ quản chuyển sang chia sẻ mặc định (khoản 2 Điều 11, khoản 4 Điều 18 "
            "QĐ 22/2023)."
        ),
        columns=[
            Column(_("Dịch vụ"), Kind.NAME),
            Column(_("Chủ quản"), Kind.NAME),
            Column(_("Cơ quan sử dụng"), Kind.COUNT),
            Column(_("Từ ngày"), Kind.DAY),
            Column(_("Kiến nghị")),
        ],
        rows=[[*fact, _advice(fact[2])] for fact in facts],
    )


def _advice(agencies: int) -> str:
    if agencies >= MANY:
        return _("Nhiều cơ quan cùng dùng: đề nghị chủ quản chuyển sang chia sẻ mặc định.")
    return _("Xem xét khi rà soát danh mục chia sẻ mặc định 6 tháng một lần.")


def _on_time_columns() -> list[Column]:
    return [
        Column(_("Đã trả lời"), Kind.COUNT),
        Column(_("Đúng hạn"), Kind.COUNT),
        Column(_("Chưa trả lời, đã quá hạn"), Kind.COUNT),
        Column(_("Tỉ lệ đúng hạn"), Kind.SHARE),
    ]


def _on_time_rows(duties: list[tuple[str, Duty]]) -> list[list[Any]]:
    """One row per name, in its order."""
    ended = Counter(name for name, _duty in duties)
    answered = Counter(name for name, duty in duties if duty.fulfilled_on)
    on_time = Counter(name for name, duty in duties if duty.was_on_time)
    return [
        [
            name,
            answered[name],
            on_time[name],
            ended[name] - answered[name],
            share_of(on_time[name], ended[name]),
        ]
        for name in sorted(ended)
    ]
