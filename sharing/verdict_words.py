"""What a document's signatures are worth, in words (sharing.signatures gives the codes)."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharing.signatures import Code, Problem

PROBLEMS = {
    Problem.NO_ROOT: gettext_lazy(
        "Chữ ký còn nguyên vẹn nhưng chưa có chứng thư gốc tin cậy để xác nhận người ký."
    ),
    Problem.EXPIRED: gettext_lazy("Chứng thư của người ký không còn hiệu lực khi nhận văn bản."),
    Problem.NOT_YET_VALID: gettext_lazy(
        "Chứng thư của người ký chưa có hiệu lực khi nhận văn bản."
    ),
    Problem.OTHER: gettext_lazy("Chứng thư của người ký không đạt yêu cầu kiểm tra."),
    Problem.TOO_LARGE: gettext_lazy(
        "Tệp quá 20 MB nên không kiểm tra chữ ký; hãy gửi bản nhẹ hơn hoặc đối chiếu bản giấy."
    ),
    Problem.TOO_LONG: gettext_lazy(
        "Văn bản quá 500 trang nên không kiểm tra chữ ký; hãy gửi riêng phần có chữ ký."
    ),
    Problem.TOO_HEAVY: gettext_lazy(
        "Cấu trúc tệp quá phức tạp nên việc kiểm tra chữ ký bị dừng; hãy xuất lại tệp PDF rồi gửi lại."
    ),
    Problem.ENCRYPTED: gettext_lazy(
        "Tệp có mật khẩu nên không kiểm tra được chữ ký; hãy gửi lại bản không đặt mật khẩu."
    ),
    Problem.BROKEN: gettext_lazy(
        "Tệp hoặc chữ ký bị hỏng, không đọc được; hãy xuất lại tệp PDF, ký lại rồi gửi lại."
    ),
}
CHANGES = {
    "none": gettext_lazy("Không có gì thay đổi sau khi ký."),
    "lta_updates": gettext_lazy("Sau khi ký chỉ thêm thông tin để kiểm tra chữ ký lâu dài."),
    "form_filling": gettext_lazy("Sau khi ký chỉ thêm chữ ký khác hoặc điền ô biểu mẫu."),
    "annotations": gettext_lazy("Sau khi ký có thêm chú thích."),
    "other": gettext_lazy("Sau khi ký, nội dung văn bản đã bị sửa."),
}


def signer_words(signer: dict[str, Any]) -> list[str]:
    """Sentences about one signature: who and when, how, what was changed, what is wrong."""
    said = [_who(signer), _certificate(signer)]
    said.append(_changes(signer))
    if signer["code"] == Code.WEAK:
        said.append(
            _("Thuật toán ký đã cũ, không còn bảo đảm; hãy đề nghị ký lại hoặc đối chiếu bản giấy.")
        )
    said.append(problem_words(signer["problem"]))
    return [sentence for sentence in said if sentence]


def problem_words(problem: str) -> str:
    return str(PROBLEMS[Problem(problem)]) if problem else ""


def _who(signer: dict[str, Any]) -> str:
    moment = parse_datetime(signer["at"]) if signer["at"] else None
    if moment is None:
        return _("Người ký: %(name)s, không ghi thời điểm ký.") % {"name": signer["name"]}
    when = date_format(localtime(moment) if is_aware(moment) else moment, "SHORT_DATETIME_FORMAT")
    return _("Người ký: %(name)s, lúc %(when)s theo máy của người ký.") % {
        "name": signer["name"],
        "when": when,
    }


def _certificate(signer: dict[str, Any]) -> str:
    if not signer["algorithm"]:
        return _("Chứng thư số %(serial)s.") % {"serial": signer["serial"]}
    return _("Chứng thư số %(serial)s; thuật toán %(algorithm)s.") % {
        "serial": signer["serial"],
        "algorithm": signer["algorithm"],
    }


def _changes(signer: dict[str, Any]) -> str:
    if signer["code"] == Code.UNREADABLE:
        return ""
    if signer["code"] == Code.CHANGED and signer["changes"] != "other":
        return _("Nội dung đã ký không khớp với chữ ký: tệp đã bị sửa.")
    return str(CHANGES.get(signer["changes"], ""))
