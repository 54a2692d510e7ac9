"""The wording of notices about requests and accounts.

Facts of a request: request, service, requester, owner, reason, ground, deadline (a date as ISO
text, empty without a clock). Of an account: account,
service, agency, reason, until. Of a planned stop: service, owner, begins, back, reason. Of an endpoint:
service, probe_failure, failed_from, answered_at (moments as ISO text). Of a change of a service: service,
owner, person (who proposed it), reason.
"""

from datetime import date, datetime

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.notices import declare, declare_fact
from sharing import probe_words


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else ""


def _moment(text: str) -> str:
    return formats.date_format(localtime(datetime.fromisoformat(text)), "SHORT_DATETIME_FORMAT")


def _deadline(text: str) -> str:
    return gettext("Hạn cấp tài khoản: hết ngày %(day)s.") % {"day": _day(text)} if text else ""


declare_fact("deadline", _deadline)
declare_fact("until", _day)
declare_fact("begins", _day)
declare_fact("back", _day)
declare_fact("failed_from", _moment)
declare_fact("answered_at", _moment)
declare_fact("probe_failure", probe_words.notice_fact)
declare(
    "request.submit",
    subject=_("Yêu cầu kết nối mới: %(request)s, %(requester)s"),
    body=_(
        "%(requester)s yêu cầu kết nối tới “%(service)s” của %(owner)s. Cơ quan chủ quản cần trả lời bằng "
        "văn bản; thời hạn 05 ngày làm việc tính từ khi có văn bản chấp thuận."
    ),
)
declare(
    "request.keyed_in",
    subject=_("Yêu cầu kết nối nhận qua văn bản: %(request)s, %(requester)s"),
    body=_(
        "Cơ quan đầu mối đã nhập văn bản của %(requester)s yêu cầu kết nối tới “%(service)s” của "
        "%(owner)s. Cơ quan chủ quản cần trả lời bằng văn bản; thời hạn 05 ngày làm việc tính từ khi có "
        "văn bản chấp thuận."
    ),
)
declare(
    "request.ask_supplement",
    subject=_("Cần bổ sung yêu cầu %(request)s"),
    body=_("Yêu cầu %(request)s (“%(service)s”) cần bổ sung: %(reason)s"),
)
declare(
    "request.ask_supplement_running",
    subject=_("Cần bổ sung yêu cầu %(request)s"),
    body=_(
        "Yêu cầu %(request)s (“%(service)s”) cần bổ sung: %(reason)s "
        "Thời hạn xử lý tạm dừng đến khi có bổ sung."
    ),
)
declare(
    "request.supplement",
    subject=_("Đã bổ sung yêu cầu %(request)s"),
    body=_("%(requester)s đã bổ sung yêu cầu %(request)s (“%(service)s”)."),
)
declare(
    "request.supplement_running",
    subject=_("Đã bổ sung yêu cầu %(request)s"),
    body=_(
        "%(requester)s đã bổ sung yêu cầu %(request)s (“%(service)s”); thời hạn tiếp tục tính. "
        "%(deadline)s"
    ),
)
declare(
    "request.consent",
    subject=_("Đã chấp thuận yêu cầu %(request)s"),
    body=_(
        "%(owner)s đã chấp thuận yêu cầu %(request)s của %(requester)s (“%(service)s”). %(deadline)s"
    ),
)
declare(
    "request.owner_refuse",
    subject=_("Chủ quản không chấp thuận yêu cầu %(request)s"),
    body=_(
        "%(owner)s không chấp thuận yêu cầu %(request)s của %(requester)s (“%(service)s”). "
        "Lý do: %(reason)s Căn cứ: %(ground)s"
    ),
)
declare(
    "request.issue",
    subject=_("Đã cấp tài khoản kết nối: %(request)s"),
    body=_("Tài khoản kết nối của %(requester)s tới “%(service)s” (%(owner)s) đã được cấp."),
)
declare(
    "request.refuse",
    subject=_("Từ chối yêu cầu %(request)s"),
    body=_(
        "Yêu cầu %(request)s của %(requester)s (“%(service)s”) bị từ chối. "
        "Lý do: %(reason)s Căn cứ: %(ground)s"
    ),
)
declare(
    "request.withdraw",
    subject=_("Yêu cầu %(request)s đã rút lại"),
    body=_("%(requester)s đã rút lại yêu cầu %(request)s (“%(service)s”)."),
)
declare(
    "account.suspend",
    subject=_("Tạm dừng tài khoản kết nối %(account)s"),
    body=_("Tài khoản %(account)s của %(agency)s (“%(service)s”) bị tạm dừng: %(reason)s"),
)
declare(
    "account.resume",
    subject=_("Khôi phục tài khoản kết nối %(account)s"),
    body=_("Tài khoản %(account)s của %(agency)s (“%(service)s”) hoạt động trở lại."),
)
declare(
    "account.end",
    subject=_("Chấm dứt tài khoản kết nối %(account)s"),
    body=_("Tài khoản %(account)s của %(agency)s (“%(service)s”) đã chấm dứt: %(reason)s"),
)
declare(
    "account.expire",
    subject=_("Tài khoản kết nối %(account)s đã hết hạn"),
    body=_("Tài khoản %(account)s của %(agency)s (“%(service)s”) hết hạn ngày %(until)s."),
)
declare(
    "account.ends_soon",
    subject=_("Tài khoản kết nối %(account)s sắp hết hạn"),
    body=_(
        "Tài khoản %(account)s của %(agency)s (“%(service)s”) hết hạn vào cuối ngày %(until)s. "
        "Nếu còn cần, hãy gửi yêu cầu gia hạn trước ngày đó."
    ),
)
declare(
    "stop.announced",
    subject=_("Tạm dừng dịch vụ “%(service)s” từ ngày %(begins)s"),
    body=_(
        "%(owner)s tạm dừng dịch vụ “%(service)s” từ ngày %(begins)s, dự kiến khôi phục ngày %(back)s. "
        "Lý do: %(reason)s Trong thời gian này các tài khoản kết nối không gọi được."
    ),
)
declare(
    "stop.called_off",
    subject=_("Không tạm dừng dịch vụ “%(service)s” ngày %(begins)s"),
    body=_(
        "Đợt tạm dừng dịch vụ “%(service)s” từ ngày %(begins)s đã huỷ; dịch vụ hoạt động bình thường."
    ),
)
declare(
    "agreement.approved",
    subject=_("Văn bản thống nhất của yêu cầu %(request)s chờ bên còn lại duyệt"),
    body=_("%(agency)s đã duyệt văn bản thống nhất của yêu cầu %(request)s (“%(service)s”)."),
)
declare(
    "agreement.agreed",
    subject=_("Hai bên đã thống nhất: yêu cầu %(request)s"),
    body=_("Văn bản thống nhất của yêu cầu %(request)s (“%(service)s”) đã được hai bên duyệt."),
)
declare(
    "service.change_proposed",
    subject=_("Đề nghị thay đổi dịch vụ “%(service)s” chờ duyệt"),
    body=_(
        "%(person)s đề nghị thay đổi dịch vụ “%(service)s” đang cung cấp. Lý do: %(reason)s "
        "Thay đổi chỉ có hiệu lực khi lãnh đạo duyệt của cơ quan chấp nhận."
    ),
)
declare(
    "service.change_accepted",
    subject=_("Dịch vụ “%(service)s” đã thay đổi"),
    body=_(
        "%(owner)s đã thay đổi dịch vụ “%(service)s”. Lý do: %(reason)s Các tài khoản đã cấp giữ nguyên "
        "phạm vi ghi trong văn bản chấp thuận."
    ),
)
declare(
    "service.change_refused",
    subject=_("Đề nghị thay đổi dịch vụ “%(service)s” không được duyệt"),
    body=_("Dịch vụ “%(service)s” giữ nguyên như đang cung cấp. Lý do không duyệt: %(reason)s"),
)
declare(
    "service.not_answering",
    subject=_("Dịch vụ “%(service)s” không trả lời"),
    body=_(
        "Địa chỉ của dịch vụ “%(service)s” không trả lời ba lần kiểm tra liền nhau, từ %(failed_from)s. "
        "%(probe_failure)s Kho dữ liệu báo lại khi dịch vụ trả lời."
    ),
)
declare(
    "service.answers_again",
    subject=_("Dịch vụ “%(service)s” đã trả lời trở lại"),
    body=_(
        "Địa chỉ của dịch vụ “%(service)s” trả lời trở lại lúc %(answered_at)s; không trả lời từ "
        "%(failed_from)s."
    ),
)
