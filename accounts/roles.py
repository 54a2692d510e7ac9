"""Roles and permissions: what they are lives here in code, who holds them in Membership.

A role's code is stored in the database: never reuse one, never rename one.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    SEE_AGENCY_WORK = "see_agency_work"
    REGISTER_DATASET = "register_dataset"
    UPLOAD_RELEASE = "upload_release"
    DECIDE_RELEASE = "decide_release"
    WITHDRAW_DATASET = "withdraw_dataset"
    REQUEST_CONNECTION = "request_connection"
    DESCRIBE_SERVICE = "describe_service"
    GIVE_CONSENT = "give_consent"
    MANAGE_MEMBERS = "manage_members"
    GRANT_EVERYWHERE = "grant_everywhere"
    CURATE_CATALOGUE = "curate_catalogue"
    ISSUE_ACCOUNT = "issue_account"
    SEE_PROGRESS = "see_progress"
    REMIND = "remind"
    DECIDE_DEADLINE = "decide_deadline"
    EDIT_CALENDAR = "edit_calendar"
    TRUST_ROOTS = "trust_roots"
    OPERATE = "operate"
    SEE_AUDIT = "see_audit"


# What may not be done with a password alone when REQUIRE_2FA is on: what takes effect without another
# person, what hands out rights or live secrets, and what shows the traces of everybody.
NEEDS_SECOND_FACTOR = frozenset(
    {
        Permission.DECIDE_RELEASE,
        Permission.WITHDRAW_DATASET,
        Permission.REQUEST_CONNECTION,
        Permission.GIVE_CONSENT,
        Permission.MANAGE_MEMBERS,
        Permission.GRANT_EVERYWHERE,
        Permission.ISSUE_ACCOUNT,
        Permission.DECIDE_DEADLINE,
        Permission.EDIT_CALENDAR,
        Permission.TRUST_ROOTS,
        Permission.OPERATE,
        Permission.SEE_AUDIT,
    }
)


@dataclass(frozen=True)
class Role:
    """A role; `everywhere` means its permissions reach every agency, not only the member's own.

    Such a role is given by two people (accounts.granting).
    """

    code: str
    name: Promise
    description: Promise
    permissions: frozenset[Permission]
    everywhere: bool = False


def _role(
    code: str,
    name: Promise,
    description: Promise,
    *permissions: Permission,
    everywhere: bool = False,
) -> Role:
    return Role(code, name, description, frozenset(permissions), everywhere)


_ALL = (
    _role(
        "contributor",
        _("Cán bộ cập nhật"),
        _("Đăng ký bộ dữ liệu của cơ quan, nộp dữ liệu từng kỳ."),
        Permission.SEE_AGENCY_WORK,
        Permission.REGISTER_DATASET,
        Permission.UPLOAD_RELEASE,
    ),
    _role(
        "approver",
        _("Lãnh đạo duyệt"),
        _(
            "Phê duyệt và công bố dữ liệu, trả lại kèm lý do, rút dữ liệu đã công bố; "
            "trả lời yêu cầu kết nối tới dữ liệu của cơ quan."
        ),
        Permission.SEE_AGENCY_WORK,
        Permission.DECIDE_RELEASE,
        Permission.WITHDRAW_DATASET,
        Permission.GIVE_CONSENT,
    ),
    _role(
        "contact_officer",
        _("Cán bộ đầu mối"),
        _("Đề nghị kết nối, quản lý tài khoản kết nối của cơ quan, gửi vướng mắc."),
        Permission.SEE_AGENCY_WORK,
        Permission.REQUEST_CONNECTION,
        Permission.DESCRIBE_SERVICE,
    ),
    _role(
        "agency_admin",
        _("Quản trị của cơ quan"),
        _("Mời người dùng, cấp và thu hồi vai trò trong cơ quan."),
        Permission.SEE_AGENCY_WORK,
        Permission.MANAGE_MEMBERS,
    ),
    _role(
        "ict_officer",
        _("Cán bộ cơ quan đầu mối"),
        _("Theo dõi tiến độ các cơ quan, xử lý yêu cầu kết nối, quản lý danh mục."),
        Permission.SEE_AGENCY_WORK,
        Permission.CURATE_CATALOGUE,
        Permission.ISSUE_ACCOUNT,
        Permission.SEE_PROGRESS,
        Permission.REMIND,
        Permission.EDIT_CALENDAR,
        Permission.MANAGE_MEMBERS,
        everywhere=True,
    ),
    _role(
        "ict_leader",
        _("Lãnh đạo cơ quan đầu mối"),
        _("Như cán bộ cơ quan đầu mối; quyết định gia hạn, ký báo cáo."),
        Permission.SEE_AGENCY_WORK,
        Permission.CURATE_CATALOGUE,
        Permission.ISSUE_ACCOUNT,
        Permission.SEE_PROGRESS,
        Permission.REMIND,
        Permission.EDIT_CALENDAR,
        Permission.DECIDE_DEADLINE,
        Permission.TRUST_ROOTS,
        Permission.MANAGE_MEMBERS,
        Permission.GRANT_EVERYWHERE,
        Permission.SEE_AUDIT,
        everywhere=True,
    ),
    _role(
        "province_leader",
        _("Lãnh đạo tỉnh"),
        _("Xem tổng quan của toàn tỉnh."),
        Permission.SEE_PROGRESS,
        everywhere=True,
    ),
    _role(
        "operator",
        _("Quản trị vận hành"),
        _("Theo dõi tình trạng hệ thống và công việc nền; không quyết định nghiệp vụ."),
        Permission.OPERATE,
        everywhere=True,
    ),
    _role(
        "auditor",
        _("Kiểm tra, kiểm toán"),
        _("Đọc mọi nội dung và nhật ký, không thay đổi gì."),
        Permission.SEE_AGENCY_WORK,
        Permission.SEE_PROGRESS,
        Permission.SEE_AUDIT,
        everywhere=True,
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _ALL}


def role_choices() -> list[tuple[str, Promise]]:
    return [(role.code, role.name) for role in _ALL]


def roles_with(permission: Permission) -> list[Role]:
    """The roles that carry a permission, in the order they are listed."""
    return [role for role in _ALL if permission in role.permissions]
