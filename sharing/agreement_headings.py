"""The eleven headings of an agreement for sharing on special request (Điều 38 Nghị định 47/2020/NĐ-CP)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Heading:
    """`key` is stored with what was agreed: never rename one."""

    key: str
    title: Promise


HEADINGS = (
    Heading("parties", _("Cơ quan cung cấp và cơ quan khai thác, sử dụng dữ liệu")),
    Heading("content", _("Nội dung dữ liệu chia sẻ")),
    Heading("place", _("Địa điểm, nơi cung cấp dữ liệu")),
    Heading("term", _("Thời hạn chia sẻ")),
    Heading("method", _("Phương thức chia sẻ")),
    Heading("handling", _("Xử lý dữ liệu sau khi nhận")),
    Heading("conditions", _("Điều kiện và giới hạn sử dụng")),
    Heading("undertakings", _("Cam kết của các bên")),
    Heading("security", _("Bảo mật và xác thực")),
    Heading("storage", _("Lưu trữ dữ liệu và dữ liệu phát sinh trong và sau thời hạn")),
    Heading("deletion", _("Xoá, huỷ dữ liệu khi kết thúc")),
)
