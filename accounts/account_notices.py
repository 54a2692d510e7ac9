"""The wording of notices about one's own account, and about roles that take two people.

Facts of the account: time, address; of one disabled or enabled: name, email, agency, reason.
Of a role: name, email, role_code, agency, sender (empty: the
operator's console), reason.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.notices import declare, declare_fact
from accounts.roles import ROLES

# Whoever writes a reason may leave out its full stop, and a sentence of ours follows.
declare_fact(
    "reason", lambda reason: reason if not reason or reason.rstrip()[-1] in ".!?…" else f"{reason}."
)
declare_fact("role_code", lambda code: str(ROLES[code].name))
declare_fact("sender", lambda name: name or gettext("Quản trị vận hành"))
declare(
    "role.proposed",
    subject=_("Đề nghị cấp vai trò “%(role_code)s” chờ xác nhận"),
    body=_(
        "%(sender)s đề nghị cấp vai trò “%(role_code)s” ở %(agency)s cho %(name)s (%(email)s). Vai trò này "
        "có hiệu lực với mọi cơ quan nên cần người thứ hai xác nhận hoặc từ chối."
    ),
)
declare(
    "role.confirmed",
    subject=_("Đề nghị cấp vai trò “%(role_code)s” đã được xác nhận"),
    body=_("Đã gửi lời mời nhận vai trò “%(role_code)s” ở %(agency)s đến %(name)s (%(email)s)."),
)
declare(
    "role.refused",
    subject=_("Đề nghị cấp vai trò “%(role_code)s” không được xác nhận"),
    body=_("Không gửi lời mời đến %(name)s (%(email)s). Lý do: %(reason)s"),
)
declare(
    "person.password_changed",
    subject=_("Mật khẩu của ông/bà vừa được thay đổi"),
    body=_(
        "Mật khẩu tài khoản được thay đổi lúc %(time)s, từ địa chỉ %(address)s. "
        "Nếu không phải ông/bà làm việc này, hãy đặt lại mật khẩu ngay và báo cơ quan đầu mối."
    ),
)
declare(
    "person.second_factor_added",
    subject=_("Đã bật xác thực hai lớp"),
    body=_(
        "Xác thực hai lớp được bật lúc %(time)s, từ địa chỉ %(address)s. "
        "Nếu không phải ông/bà làm việc này, hãy đặt lại mật khẩu ngay và báo cơ quan đầu mối."
    ),
)
declare(
    "person.second_factor_removed",
    subject=_("Đã tắt xác thực hai lớp"),
    body=_(
        "Xác thực hai lớp bị tắt lúc %(time)s, từ địa chỉ %(address)s. "
        "Nếu không phải ông/bà làm việc này, hãy đặt lại mật khẩu ngay và báo cơ quan đầu mối."
    ),
)
declare(
    "person.recovery_codes_made",
    subject=_("Đã tạo mã dự phòng mới"),
    body=_(
        "Bộ mã dự phòng mới được tạo lúc %(time)s, từ địa chỉ %(address)s; các mã cũ không còn dùng được. "
        "Nếu không phải ông/bà làm việc này, hãy đặt lại mật khẩu ngay và báo cơ quan đầu mối."
    ),
)
declare(
    "person.single_sign_on_connected",
    subject=_("Đã nối tài khoản với hệ thống đăng nhập một lần"),
    body=_(
        "Tài khoản được nối với hệ thống đăng nhập một lần lúc %(time)s, từ địa chỉ %(address)s. "
        "Nếu không phải ông/bà làm việc này, hãy báo cơ quan đầu mối."
    ),
)
declare(
    "person.many_failures",
    subject=_("Tài khoản của ông/bà bị thử sai nhiều lần"),
    body=_(
        "Đến %(time)s đã nhiều lần có người nhập sai mật khẩu hoặc mã xác thực của tài khoản này; lần cuối "
        "từ địa chỉ %(address)s. Người lạ phải chờ lâu dần giữa các lần thử; ông/bà vẫn đăng nhập được trên "
        "máy đã dùng, hoặc sau khi đặt lại mật khẩu. Nếu không phải ông/bà, hãy đổi mật khẩu."
    ),
)
declare(
    "membership.ended",
    subject=_("Vai trò “%(role_code)s” của ông/bà đã kết thúc"),
    body=_(
        "Ông/bà không còn vai trò “%(role_code)s” ở %(agency)s. Lý do: %(reason)s "
        "Nếu có nhầm lẫn, hãy liên hệ quản trị của cơ quan."
    ),
)
declare(
    "person.disabled",
    subject=_("Tài khoản của ông/bà đã ngừng hoạt động"),
    body=_(
        "%(agency)s đã ngừng hoạt động tài khoản %(email)s. Lý do: %(reason)s "
        "Nếu có nhầm lẫn, hãy liên hệ quản trị của cơ quan."
    ),
)
declare(
    "person.disabled_by_admin",
    subject=_("Tài khoản của %(name)s đã ngừng hoạt động"),
    body=_(
        "Tài khoản %(email)s không đăng nhập được nữa; các phiên đã kết thúc. Lý do: %(reason)s"
    ),
)
declare(
    "person.enabled",
    subject=_("Tài khoản của ông/bà hoạt động trở lại"),
    body=_("%(agency)s đã cho tài khoản %(email)s hoạt động trở lại. Hãy đăng nhập như trước."),
)
declare(
    "person.enabled_by_admin",
    subject=_("Tài khoản của %(name)s hoạt động trở lại"),
    body=_("Tài khoản %(email)s đăng nhập được trở lại với các vai trò còn hiệu lực."),
)
