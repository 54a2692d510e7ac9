"""Refusals of the API as problem details (RFC 9457): what is wrong, with which parameter, what would do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError as NoBroker
from redis import RedisError
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable, ValidationError

from catalog.explorer.withdrawals import Withdrawal

MEDIA_TYPE = "application/problem+json"
# What is raised while the database, Redis or the queue is away or cannot do its work for now.
AWAY = (OperationalError, InterfaceError, RedisError, NoBroker)
BACK_SOON = 10  # seconds: a server that died is started again within a few
MOST_ALLOWED = 200  # values named in `allowed`
SHOWN_VALUE = 100  # characters of what the caller sent that are said back


@dataclass(frozen=True)
class Kind:
    """One sort of refusal; the developers' page explains it under #loi-<code>."""

    status: int
    title: Promise
    of_accounts: bool = False  # only where the caller has an account: the gateway of sharing


KINDS: dict[str, Kind] = {
    "unknown-parameter": Kind(400, _("Không có tham số này")),
    "unknown-column": Kind(400, _("Bảng không có cột này")),
    "bad-value": Kind(400, _("Giá trị của tham số không hợp lệ")),
    "bad-request": Kind(400, _("Yêu cầu không hợp lệ")),
    "no-token": Kind(401, _("Thiếu mã truy cập còn hiệu lực"), of_accounts=True),
    "forbidden": Kind(403, _("Không có quyền")),
    "not-open": Kind(403, _("Dữ liệu không mở")),
    "account-suspended": Kind(403, _("Tài khoản kết nối đang tạm dừng"), of_accounts=True),
    "account-not-begun": Kind(403, _("Tài khoản kết nối chưa có hiệu lực"), of_accounts=True),
    "account-expired": Kind(403, _("Tài khoản kết nối đã hết hạn"), of_accounts=True),
    "account-ended": Kind(403, _("Tài khoản kết nối đã chấm dứt"), of_accounts=True),
    "wrong-network": Kind(403, _("Địa chỉ gọi không được phép"), of_accounts=True),
    "scope-unfit": Kind(403, _("Phạm vi được cấp không khớp với bảng"), of_accounts=True),
    "not-found": Kind(404, _("Không tìm thấy")),
    "method-not-allowed": Kind(405, _("API chỉ đọc")),
    "not-acceptable": Kind(406, _("Không có định dạng này")),
    "body-too-slow": Kind(408, _("Nội dung gửi đến quá chậm")),
    "withdrawn": Kind(410, _("Dữ liệu đã rút")),
    "no-length": Kind(411, _("Không cho biết độ dài nội dung")),
    "body-too-large": Kind(413, _("Nội dung gửi lên quá lớn")),
    "too-many-requests": Kind(429, _("Quá nhiều yêu cầu")),
    "over-quota": Kind(429, _("Hết hạn mức trong ngày"), of_accounts=True),
    "defect": Kind(500, _("Hệ thống gặp lỗi")),
    "too-slow": Kind(503, _("Truy vấn quá lâu")),
    "unavailable": Kind(503, _("Tạm thời không phục vụ được")),
    "service-stopped": Kind(503, _("Dịch vụ chia sẻ đang tạm dừng"), of_accounts=True),
}


class Problem(Exception):
    """Raised anywhere below a view of the API; `detail` is one sentence in the caller's language.

    `allowed` are values that would do, `members` further members of the answer (RFC 9457, 3.2).
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        parameter: str = "",
        allowed: Iterable[str] = (),
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.parameter = parameter
        self.allowed: Sequence[str] = list(allowed)[:MOST_ALLOWED]
        self.members = members or {}
        self.headers = headers or {}

    @property
    def status(self) -> int:
        return KINDS[self.code].status

    @property
    def body(self) -> dict[str, Any]:
        """The members of the answer."""
        body: dict[str, Any] = {
            "type": problem_type(self.code),
            "title": str(KINDS[self.code].title),
            "status": self.status,
            "detail": self.detail,
        }
        if self.parameter:
            body["parameter"] = shown(self.parameter)
        if self.allowed:
            body["allowed"] = self.allowed
        return {**body, **self.members}


def withdrawn(withdrawal: Withdrawal) -> Problem:
    """410: what was taken back, when and why."""
    at = localtime(withdrawal.at).isoformat(timespec="seconds")
    members = {"withdrawn_at": at, "reason": withdrawal.reason}
    if withdrawal.release is not None:
        members["period"] = withdrawal.release.period
    return Problem("withdrawn", str(withdrawal.sentence), members=members)


def problem_type(code: str) -> str:
    """The URI of a sort of refusal: the same in every language, and a place to read about it."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('developers')}#loi-{code}"


class ProblemResponse(HttpResponse):
    """A refusal as an answer; nobody keeps it. `problem_code`: its sort, for whoever records answers."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            orjson.dumps(problem.body),
            status=problem.status,
            content_type=MEDIA_TYPE,
            headers={"Cache-Control": "no-store", **problem.headers},
        )
        self.problem_code = problem.code


def problem_response(problem: Problem) -> HttpResponse:
    return ProblemResponse(problem)


def away() -> Problem:
    """The database, Redis or the queue is away."""
    sentence = gettext("Cổng tạm thời không phục vụ được. Hãy gọi lại sau %(seconds)d giây.")
    headers = {"Retry-After": str(BACK_SOON)}
    return Problem("unavailable", sentence % {"seconds": BACK_SOON}, headers=headers)


def shown(text: str) -> str:
    """What the caller sent, as it may be said back: short, and valid Unicode."""
    short = text if len(text) <= SHOWN_VALUE else f"{text[: SHOWN_VALUE - 1]}…"
    return short.encode(errors="replace").decode()


def rest_framework_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST framework's EXCEPTION_HANDLER: its own refusals in the same words; None for a defect."""
    problem = _problem_of(error)
    return None if problem is None else problem_response(problem)


def _problem_of(error: Exception) -> Problem | None:
    match error:
        case Problem():
            return error
        case Http404():
            return Problem("not-found", gettext("Không có gì ở địa chỉ này."))
        case MethodNotAllowed() | PermissionDenied():
            return read_only()
        case NotAcceptable():
            return Problem("not-acceptable", gettext("Địa chỉ này chỉ trả về JSON."))
        case ValidationError(detail=dict() as complaints):
            return _wrong_parameters(complaints)
        case APIException(status_code=404):
            return Problem("not-found", gettext("Danh sách không có trang này."), parameter="page")
        case APIException():
            return Problem("bad-request", str(error.detail))
    return None


def _wrong_parameters(complaints: Mapping[str, Any]) -> Problem:
    sentences = {name: " ".join(map(str, said)) for name, said in complaints.items()}
    name, sentence = next(iter(sentences.items()))
    more = {"errors": sentences} if len(sentences) > 1 else None
    return Problem("bad-value", sentence, parameter=name, members=more)


def read_only() -> Problem:
    allowed = "GET, HEAD, OPTIONS"
    return Problem(
        "method-not-allowed",
        gettext("API này chỉ đọc: hãy dùng GET."),
        allowed=allowed.split(", "),
        headers={"Allow": allowed},
    )
