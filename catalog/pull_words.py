"""Why a pull came to nothing, as a sentence that says what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.problem_words import unreadable_sentence

SENTENCES: dict[str, Promise] = {
    # Where it was to go.
    "bad_address": _(
        "Địa chỉ không hợp lệ. Địa chỉ bắt đầu bằng https:// và không có dấu cách hay chữ có dấu."
    ),
    "password_in_address": _(
        "Không ghi tên và mật khẩu trong địa chỉ. Hãy đặt thông tin đăng nhập vào tiêu đề (header)."
    ),
    "not_https": _("Chỉ lấy dữ liệu qua https://. Hãy hỏi đơn vị quản lý API địa chỉ https."),
    "port": _("Không được phép kết nối tới cổng %(port)s. Hãy dùng cổng 443."),
    "unknown_host": _(
        "Không tìm thấy máy chủ %(host)s. Hãy kiểm tra lại tên máy chủ trong địa chỉ."
    ),
    "private": _(
        "Máy chủ %(host)s có địa chỉ mạng nội bộ, cổng dữ liệu không được phép kết nối. Nếu đúng là máy "
        "chủ của tỉnh, hãy đề nghị quản trị vận hành cho phép."
    ),
    # On the way.
    "unreachable": _(
        "Không kết nối được tới %(host)s. Hãy kiểm tra máy chủ API có đang chạy không."
    ),
    "no_answer": _("Máy chủ %(host)s không trả lời. Hãy kiểm tra máy chủ và tường lửa."),
    "certificate": _(
        "Chứng thư bảo mật (TLS) của %(host)s không hợp lệ hoặc đã hết hạn. Hãy báo đơn vị quản lý API "
        "thay chứng thư."
    ),
    "tls": _("Không lập được kết nối bảo mật (TLS) tới %(host)s. Hãy báo đơn vị quản lý API."),
    "slow": _(
        "API trả dữ liệu quá chậm: quá %(seconds)s giây chưa xong. Hãy giảm lượng dữ liệu mỗi lần lấy "
        "hoặc tăng tốc API."
    ),
    "cut_off": _("Kết nối bị ngắt giữa chừng, dữ liệu chưa đủ. Cổng sẽ lấy lại theo lịch."),
    "not_http": _("Máy chủ %(host)s không trả lời theo giao thức HTTP. Hãy kiểm tra lại địa chỉ."),
    "redirects": _("API chuyển hướng quá %(limit)s lần. Hãy dùng địa chỉ cuối cùng."),
    "redirect_nowhere": _(
        "API chuyển hướng nhưng không cho địa chỉ mới. Hãy báo đơn vị quản lý API."
    ),
    # What it said.
    "denied": _(
        "API từ chối truy cập (mã %(number)s). Hãy kiểm tra khoá ở tiêu đề (header) còn hiệu lực không."
    ),
    "not_found": _(
        "API không có dữ liệu ở địa chỉ này (mã %(number)s). Hãy kiểm tra địa chỉ và kỳ dữ liệu."
    ),
    "too_many": _("API đang hạn chế số lần gọi (mã %(number)s). Cổng sẽ lấy lại theo lịch."),
    "server_error": _("API đang gặp lỗi (mã %(number)s). Hãy báo đơn vị quản lý API."),
    "status": _("API trả lời bằng mã %(number)s thay vì dữ liệu. Hãy kiểm tra lại địa chỉ."),
    "encoded": _(
        "API nén dữ liệu dù không được yêu cầu. Hãy tắt nén (Content-Encoding) cho địa chỉ này."
    ),
    "too_large": _(
        "Dữ liệu lớn hơn giới hạn %(limit)s MB. Hãy chia bảng hoặc lọc bớt dữ liệu ở địa chỉ API."
    ),
    "empty": _("API trả lời nhưng không có dữ liệu. Hãy kiểm tra kỳ dữ liệu và quyền của khoá."),
    "web_page": _(
        "Địa chỉ trả về một trang web, không phải dữ liệu. Có thể đó là trang đăng nhập: hãy kiểm tra "
        "địa chỉ và khoá."
    ),
    # With us.
    "prepared": _(
        "Kỳ này đang có tệp do cán bộ tải lên. Hãy nộp hoặc huỷ tệp đó trước khi lấy qua API."
    ),
    "submitted": _("Kỳ này đã nộp và đang chờ duyệt, nên không lấy bản khác."),
    "withdrawn": _("Bộ dữ liệu đã rút, không nhận dữ liệu mới."),
    "listed": _("Bộ dữ liệu chỉ công bố thông tin mô tả, không nhận dữ liệu."),
    "discarded": _("Bản lấy được đã bị huỷ trước khi kiểm tra xong."),
    "interrupted": _("Lần lấy bị gián đoạn giữa chừng. Hãy lấy lại, hoặc chờ lần lấy theo lịch."),
    "sealed": _(
        "Không mở được giá trị tiêu đề (header) đã lưu vì khoá của cổng đã thay. Hãy nhập lại giá trị."
    ),
}


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """Why it failed, in the reader's language; a code nobody knows any more is shown as it is."""
    if code == "unreadable":
        return unreadable_sentence(params)
    if code not in SENTENCES:
        return code
    return str(SENTENCES[code]) % {name: localize(value) for name, value in params.items()}


def notice_fact(fact: Mapping[str, Any]) -> str:
    """The same for a notice: {code, params}."""
    return sentence(fact["code"], fact["params"])
