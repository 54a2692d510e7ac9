"""Why an endpoint counts as not answering, as a sentence that says what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SERVER_ERROR = "server_error"
SENTENCES: dict[str, Promise] = {
    # Where the look was to go: nobody was asked.
    "bad_address": _(
        "Địa chỉ dịch vụ không hợp lệ. Hãy sửa địa chỉ: bắt đầu bằng https://, không có dấu cách hay chữ "
        "có dấu."
    ),
    "password_in_address": _(
        "Địa chỉ dịch vụ có tên và mật khẩu. Hãy bỏ ra khỏi địa chỉ và đổi mật khẩu đó."
    ),
    "not_https": _("Địa chỉ dịch vụ không dùng https://. Hãy đổi sang địa chỉ https."),
    "port": _(
        "Kho dữ liệu không được phép kết nối tới cổng trong địa chỉ dịch vụ. Hãy dùng cổng 443 hoặc đề nghị "
        "quản trị vận hành cho phép."
    ),
    "unknown_host": _("Không tìm thấy tên máy chủ trong địa chỉ dịch vụ. Hãy kiểm tra tên miền."),
    "private": _(
        "Máy chủ có địa chỉ mạng nội bộ, Kho dữ liệu không được phép kết nối. Nếu đúng là máy chủ của tỉnh, "
        "hãy đề nghị quản trị vận hành cho phép."
    ),
    # On the way.
    "unreachable": _("Không kết nối được tới máy chủ. Hãy kiểm tra máy chủ có đang chạy không."),
    "no_answer": _("Máy chủ không nhận kết nối. Hãy kiểm tra máy chủ và tường lửa."),
    "slow": _("Máy chủ không trả lời trong thời gian cho phép. Hãy kiểm tra tải của máy chủ."),
    "certificate": _(
        "Chứng thư bảo mật (TLS) không hợp lệ hoặc đã hết hạn. Hãy thay chứng thư của máy chủ."
    ),
    "tls": _("Không lập được kết nối bảo mật (TLS). Hãy kiểm tra cấu hình TLS của máy chủ."),
    "cut_off": _("Kết nối bị ngắt giữa chừng. Hãy kiểm tra máy chủ và đường truyền."),
    "not_http": _("Máy chủ không trả lời theo giao thức HTTP. Hãy kiểm tra lại địa chỉ dịch vụ."),
    # What it said.
    SERVER_ERROR: _("Dịch vụ trả lời bằng mã lỗi %(status)s. Hãy kiểm tra ứng dụng trên máy chủ."),
}


def sentence(code: str, status: int | None = None) -> str:
    """In the reader's language; a code nobody knows any more is shown as it is."""
    if code not in SENTENCES:
        return code
    return str(SENTENCES[code]) % {"status": status or ""}


def notice_fact(fact: Mapping[str, Any]) -> str:
    """The same for a notice: {code, status}."""
    return sentence(fact["code"], fact["status"])
