"""The navigation of the work area, as data: what leads where, for whom, in which group.

Who has few entries gets them in a line; who has many, in groups that open. A group of one entry is that
entry. Where an entry is shown, its page opens: the permission here is the page's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission

if TYPE_CHECKING:
    from portal.context import Me

MOST_IN_A_LINE = 7
P = Permission


@dataclass(frozen=True)
class Entry:
    """`page`: name of its address; `belongs`: further pages below it; `needs` None: everybody's.

    `of_agency`: one page for each agency that the person manages; the entry leads to the first.
    """

    page: str
    label: Promise
    needs: Permission | None
    belongs: str = ""
    count: str = ""  # which number of Me waits behind it
    of_agency: bool = False


@dataclass(frozen=True)
class Group:
    label: Promise
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Link:
    """An entry as one person sees it on one page; `current`: the value of aria-current, or nothing."""

    address: str
    label: str
    current: str
    count: int | None = None


@dataclass(frozen=True)
class Part:
    """One place in the line: a link (`label` empty), or a box of links."""

    label: str
    links: Sequence[Link]

    @property
    def is_current(self) -> bool:
        return any(link.current for link in self.links)

    @property
    def count(self) -> int:
        """What waits behind it."""
        return sum(link.count or 0 for link in self.links)


MENU: Sequence[Group] = (
    Group(
        _("Việc của tôi"),
        (
            Entry(
                "work",
                _("Việc của tôi"),
                P.SEE_AGENCY_WORK,
                "upload release release_submit release_receipt duty duty_nothing duty_ask_extension "
                "duty_done petition",
            ),
            Entry(
                "approvals",
                _("Phê duyệt"),
                P.DECIDE_RELEASE,
                "release_decide",
                count="waiting_decisions",
            ),
            Entry(
                "consents",
                _("Yêu cầu cần ý kiến"),
                P.GIVE_CONSENT,
                "consent",
                count="waiting_consents",
            ),
            Entry("operations", _("Vận hành"), P.OPERATE, "operations_clock"),
            Entry("auditing", _("Kiểm tra"), P.SEE_AUDIT),
        ),
    ),
    Group(
        _("Kết nối"),
        (
            Entry(
                "office_requests",
                _("Hộp thư yêu cầu"),
                P.ISSUE_ACCOUNT,
                "office_request request_ask_supplement request_refuse request_issue key_in key_in_step "
                "key_in_check key_in_discard",
            ),
            Entry(
                "office_accounts",
                _("Tài khoản kết nối"),
                P.ISSUE_ACCOUNT,
                "connection_account account_suspend account_end account_usage office_usage",
            ),
            Entry(
                "connections",
                _("Kết nối của cơ quan"),
                P.REQUEST_CONNECTION,
                "request_begin connection_request request_step request_check request_receipt "
                "request_withdraw request_give_up request_reopen connections_usage",
            ),
            Entry(
                "office_stops",
                _("Tạm dừng theo kế hoạch"),
                P.ISSUE_ACCOUNT,
                "stop_announce stop_call_off",
            ),
            Entry("connection_reports", _("Báo cáo kết nối"), P.SEE_PROGRESS),
        ),
    ),
    Group(
        _("Tiến độ"),
        (
            Entry("leader", _("Tổng quan"), P.SEE_PROGRESS),
            Entry(
                "office_progress",
                _("Tiến độ theo quý"),
                P.SEE_PROGRESS,
                "office_overdue office_agency remind remind_all duty_extend duty_waive",
            ),
            Entry("petitions", _("Đề nghị gia hạn"), P.SEE_PROGRESS),
        ),
    ),
    Group(
        pgettext_lazy("group of the menu", "Danh mục"),
        (
            Entry(
                "work_datasets",
                _("Bộ dữ liệu của cơ quan"),
                P.SEE_AGENCY_WORK,
                "coverage work_dataset dataset_register dataset_edit dataset_rename "
                "dataset_publish_description dataset_withdraw resource_add resource_columns",
            ),
            Entry(
                "own_services",
                _("Dịch vụ chia sẻ"),
                P.SEE_AGENCY_WORK,
                "own_service service_new service_edit service_change service_close service_stop "
                "service_stop_call_off services_usage service_usage",
            ),
            Entry("datasets", _("Cổng công khai"), None),
        ),
    ),
    Group(
        _("Thiết lập"),
        (
            Entry(
                "members",
                _("Thành viên"),
                P.MANAGE_MEMBERS,
                "membership_end invitation_cancel person_disable person_enable",
                of_agency=True,
            ),
            Entry(
                "role_proposals",
                _("Đề nghị cấp vai trò"),
                P.GRANT_EVERYWHERE,
                "role_proposal",
                count="waiting_proposals",
            ),
            Entry(
                "calendar",
                _("Lịch nghỉ"),
                P.SEE_PROGRESS,
                "calendar_add calendar_edit calendar_remove",
            ),
            Entry("rules", _("Quy định thời hạn"), P.SEE_PROGRESS, "rule_replace"),
            Entry("trusted_roots", _("Chứng thư"), P.TRUST_ROOTS, "trusted_root_remove"),
            Entry("audit", _("Nhật ký"), P.SEE_AUDIT),
        ),
    ),
)


def menu_for(me: "Me", here: str) -> list[Part]:
    """What the person may open, `here` being the name of the present page."""
    found = [(group, list(_links(group, me, here))) for group in MENU]
    found = [(group, links) for group, links in found if links]
    if sum(len(links) for _group, links in found) <= MOST_IN_A_LINE:
        return [Part("", [link]) for _group, links in found for link in links]
    return [Part(str(group.label) if len(links) > 1 else "", links) for group, links in found]


def _links(group: Group, me: "Me", here: str) -> Iterator[Link]:
    held = me.permissions
    for entry in group.entries:
        if entry.needs is not None and entry.needs not in held:
            continue
        yield Link(
            address=_address(entry, me),
            label=str(entry.label),
            current="page"
            if here == entry.page
            else "true"
            if here in entry.belongs.split()
            else "",
            count=getattr(me, entry.count) if entry.count else None,
        )


def _address(entry: Entry, me: "Me") -> str:
    return reverse(entry.page, args=[me.managed_agencies[0].slug] if entry.of_agency else [])
