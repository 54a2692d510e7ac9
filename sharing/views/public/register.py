"""/ket-noi-du-lieu/: the public register of connections, and the same as CSV."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.csv_files import csv_file, not_a_file
from sharing.forms.register import RegisterForm
from sharing.models import ConnectionAccount
from sharing.selectors.register import connections
from sharing.selectors.stops import announced_stops

ON_A_PAGE = 20


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.GET)
    page = Paginator(_found(form), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "stops": announced_stops()}
    return render(request, "sharing/public/register.html", context)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponseBase:
    form = RegisterForm(request.GET)
    if not form.is_valid():
        return not_a_file(register(request))
    found = _found(form)
    return csv_file(_rows(found), "ket-noi-du-lieu.csv")


def _found(form: RegisterForm) -> QuerySet[ConnectionAccount]:
    """What fits; nothing when the filter cannot be understood."""
    if not form.is_valid():
        return ConnectionAccount.objects.none()
    return connections(which=form.cleaned_data["tt"], text=form.cleaned_data["q"])


def _rows(found: QuerySet[ConnectionAccount]) -> Iterator[list[object]]:
    yield [
        _("Cơ quan sử dụng"),
        _("Dịch vụ"),
        _("Chủ quản dữ liệu"),
        _("Hình thức chia sẻ"),
        _("Từ ngày"),
        _("Đến hết ngày"),
        _("Căn cứ"),
        _("Tình trạng"),
        _("Lý do tạm dừng"),
        _("Dự kiến khôi phục"),
        _("Số liệu minh hoạ"),
    ]
    for one in found.iterator(chunk_size=500):
        yield _line(one)


def _line(one: ConnectionAccount) -> list[object]:
    return [
        one.agency.name,
        one.service.title,
        one.service.owner.name,
        one.service.get_form_display(),
        one.valid_from,
        one.valid_to or "",
        one.ground,
        one.get_state_display(),
        one.get_suspension_reason_display(),
        one.expected_back or "",
        _("có") if one.service.is_illustrative else "",
    ]
