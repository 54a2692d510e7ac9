"""The wording of the catalogue's notices.

Facts: dataset, period, reason, problems; failure ({code, params}) of a pull.
"""

from django.utils.translation import gettext_lazy as _

from accounts.notices import declare, declare_fact
from catalog.pull_words import notice_fact

declare(
    "release.needs_fixing",
    subject=_("Cần sửa: %(dataset)s, %(period)s"),
    body=_(
        "Tệp nộp cho “%(dataset)s”, %(period)s có %(problems)s lỗi phải sửa trước khi nộp. "
        "Mở báo cáo kiểm tra để xem từng ô và cách sửa."
    ),
)
declare(
    "release.ready",
    subject=_("Đã kiểm tra xong: %(dataset)s, %(period)s"),
    body=_(
        "Tệp của “%(dataset)s”, %(period)s không còn lỗi phải sửa. Hãy xem lại và nộp để lãnh đạo duyệt."
    ),
)
declare(
    "release.submitted",
    subject=_("Chờ duyệt: %(dataset)s, %(period)s"),
    body=_("“%(dataset)s”, %(period)s đã được nộp và chờ ông/bà phê duyệt."),
)
declare(
    "release.returned",
    subject=_("Bị trả lại: %(dataset)s, %(period)s"),
    body=_("“%(dataset)s”, %(period)s bị trả lại với lý do: %(reason)s"),
)
declare(
    "release.published",
    subject=_("Đã công bố: %(dataset)s, %(period)s"),
    body=_("“%(dataset)s”, %(period)s đã được phê duyệt và công bố."),
)
declare(
    "release.withdrawn",
    subject=_("Đã rút: %(dataset)s, %(period)s"),
    body=_("“%(dataset)s”, %(period)s đã được rút khỏi công bố với lý do: %(reason)s"),
)
declare(
    "release.published_by_itself",
    subject=_("Đã tự công bố: %(dataset)s, %(period)s"),
    body=_(
        "“%(dataset)s”, %(period)s lấy qua API đã đạt kiểm tra và được tự công bố theo phê duyệt của "
        "lãnh đạo cơ quan."
    ),
)
declare(
    "source.waiting",
    subject=_("Chờ phê duyệt tự công bố: %(dataset)s"),
    body=_(
        "Dữ liệu của “%(dataset)s” đã lấy được qua API và đạt kiểm tra. Ông/bà xem thiết lập và phê "
        "duyệt để các kỳ sau tự công bố khi đạt kiểm tra."
    ),
)
declare(
    "source.failing",
    subject=_("Không lấy được dữ liệu qua API: %(dataset)s, %(period)s"),
    body=_("Đã ba lần liên tiếp không lấy được dữ liệu của “%(dataset)s”, %(period)s. %(failure)s"),
)
declare_fact("failure", notice_fact)
