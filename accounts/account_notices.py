"""The wording of notices about one's own account. Facts: time, address."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import declare

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
