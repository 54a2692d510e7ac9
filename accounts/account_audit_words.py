"""The audit trail's words for agencies, people and roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.audit_words import action_words, declare_actions, declare_facts, one_of
from accounts.models import Person, Proof
from accounts.roles import ROLES


def _role_name(code: Any) -> str:
    return str(ROLES[code].name) if code in ROLES else str(code)


def _why_cancelled(code: Any) -> str:
    words = {
        "sender": _("người mời không còn quyền cấp vai trò"),
        "receiver": _("người được mời đã ngừng hoạt động"),
    }
    return str(words.get(code, code))


def _language_name(code: Any) -> str:
    return dict(Person.Language.choices).get(code, str(code))


declare_actions(
    {
        "invitation.sent": _("Gửi lời mời"),
        "invitation.proposed": _("Đề nghị cấp vai trò cần hai người"),
        "invitation.confirmed": _("Xác nhận đề nghị cấp vai trò"),
        "invitation.refused": _("Từ chối đề nghị cấp vai trò"),
        "invitation.accepted": _("Nhận lời mời"),
        "invitation.cancelled": _("Huỷ lời mời"),
        "membership.granted": _("Cấp vai trò"),
        "membership.ended": _("Thu hồi vai trò"),
        "person.signed_in": _("Đăng nhập"),
        "person.address_link_sent": _("Gửi liên kết xác nhận địa chỉ thư"),
        "person.signed_out": _("Đăng xuất"),
        "person.changed": _("Sửa thông tin cá nhân"),
        "person.password_changed": _("Đổi mật khẩu"),
        "person.second_factor_added": _("Bật xác thực hai lớp"),
        "person.second_factor_removed": _("Tắt xác thực hai lớp"),
        "person.recovery_codes_made": _("Tạo mã dự phòng"),
        "person.single_sign_on_connected": _("Nối với đăng nhập một lần"),
        "person.session_ended": _("Kết thúc một phiên đăng nhập"),
        "person.sessions_ended": _("Kết thúc các phiên đăng nhập khác"),
        "person.disabled": _("Ngừng hoạt động tài khoản"),
        "person.enabled": _("Cho tài khoản hoạt động lại"),
        "person.many_failures": _("Nhiều lần xác thực không thành công"),
        "audit.exported": _("Tải nhật ký"),
        "proof.failed": _("Xác thực không thành công"),
    }
)
declare_facts(
    {
        "email": _("thư điện tử"),
        "person": _("người dùng"),
        "role": _("vai trò"),
        "valid_to": _("đến hết ngày"),
        "full_name": _("họ và tên"),
        "language": _("ngôn ngữ"),
        "wants_email": _("nhận thư"),
        "device": _("thiết bị"),
        "sessions": _("số phiên đã kết thúc"),
        "without_second_person": _("chưa có người thứ hai để xác nhận"),
        "cancelled_for": _("vì"),
        "proof": _("xác thực bằng"),
        "failures": _("số lần"),
        "first_at": _("trong phút"),
        "addresses": _("từ địa chỉ"),
        "agency_asked": _("lọc theo cơ quan"),
        "action_asked": _("lọc theo việc"),
        "actor_asked": _("lọc theo người thực hiện"),
        "object_asked": _("lọc theo đối tượng"),
        "from_day": _("từ ngày"),
        "to_day": _("đến ngày"),
    },
    values={
        "action_asked": action_words,
        "proof": one_of(Proof.choices),
        "role": _role_name,
        "language": _language_name,
        "cancelled_for": _why_cancelled,
    },
)
