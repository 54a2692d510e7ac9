"""What pages of use have in common: a month of calls counted, the calls one by one, both as files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.csv_files import csv_file
from sharing.call_words import outcome_of
from sharing.forms.usage import CallsForm, MonthForm
from sharing.models import CallRecord, ConnectionAccount
from sharing.selectors import usage
from sharing.selectors.usage import AccountUse, Calls

CALLS_ON_A_PAGE, ACCOUNTS_ON_A_PAGE = 50, 20
AT_ONCE = 2_000


def counted(calls: Calls, form: MonthForm) -> dict[str, Any]:
    """By day and by reason, of calls of the month; two queries."""
    use = usage.use_of(calls)
    refusals = usage.refusals_of(calls) if use.refused else []
    return {"form": form, "month": form.month, "use": use, "refusals": refusals}


def calls_context(request: HttpRequest, calls: Calls, since: date) -> dict[str, Any]:
    """A month with its calls one by one; six queries at most."""
    form = CallsForm(request.GET, since=since)
    found = usage.in_month(calls, form.month)
    listed = usage.one_by_one(form.narrowed(found))
    page = Paginator(listed, CALLS_ON_A_PAGE).get_page(request.GET.get("page"))
    return {**counted(found, form), "page": page, "lines": list(usage.lines(page))}


def accounts_context(request: HttpRequest, calls: Calls, since: date) -> dict[str, Any]:
    """A month by account; four queries at most."""
    form = MonthForm(request.GET, since=since)
    found = usage.in_month(calls, form.month)
    page = Paginator(usage.accounts_in(found), ACCOUNTS_ON_A_PAGE)
    accounts = page.get_page(request.GET.get("page"))
    return {**counted(found, form), "page": accounts, "accounts": accounts}


def calls_file(request: HttpRequest, calls: Calls, since: date, name: str) -> StreamingHttpResponse:
    """The calls of the month one by one, as the filter has them."""
    form = CallsForm(request.GET, since=since)
    found = usage.one_by_one(form.narrowed(usage.in_month(calls, form.month)))
    return _file(_call_rows(found), f"luot-goi_{name}_{form.month.code}.csv")


def accounts_file(
    request: HttpRequest, calls: Calls, since: date, name: str
) -> StreamingHttpResponse:
    """The month by account."""
    form = MonthForm(request.GET, since=since)
    found = usage.accounts_in(usage.in_month(calls, form.month))
    return _file(_account_rows(found), f"su-dung_{name}_{form.month.code}.csv")


def _file(rows: Iterator[list[object]], name: str) -> StreamingHttpResponse:
    response = csv_file(rows, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _call_rows(calls: Calls) -> Iterator[list[object]]:
    yield [
        _("Thời điểm"),
        _("Tài khoản"),
        _("Cơ quan sử dụng"),
        _("Mã bảng"),
        _("Điều kiện"),
        _("Các cột"),
        _("Mã trả lời"),
        _("Kết quả"),
        _("Số dòng"),
        _("Số byte"),
        _("Mili giây"),
        _("Địa chỉ"),
    ]
    for call in calls.iterator(chunk_size=AT_ONCE):
        yield _call_row(call)


def _call_row(call: CallRecord) -> list[object]:
    return [
        _moment(call.at),
        call.account.code,
        call.account.agency.name,
        call.resource_id or "",
        call.query,
        ", ".join(call.fields),
        call.status,
        outcome_of(call),
        call.rows,
        call.bytes,
        call.milliseconds,
        call.address or "",
    ]


def _account_rows(found: list[AccountUse]) -> Iterator[list[object]]:
    yield [
        _("Tài khoản"),
        _("Cơ quan sử dụng"),
        _("Dịch vụ"),
        _("Chủ quản dữ liệu"),
        _("Lượt gọi"),
        _("Bị từ chối"),
        _("Số dòng"),
        _("Số byte"),
        _("Lần gọi cuối"),
    ]
    for one in found:
        yield _account_row(one.account, one)


def _account_row(account: ConnectionAccount, use: AccountUse) -> list[object]:
    return [
        account.code,
        account.agency.name,
        account.service.title,
        account.service.owner.name,
        use.calls,
        use.refused,
        use.rows,
        use.bytes,
        _moment(use.last),
    ]


def _moment(at: Any) -> str:
    return formats.date_format(localtime(at), "d/m/Y H:i:s")
