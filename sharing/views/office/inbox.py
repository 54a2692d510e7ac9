"""/dieu-hanh/yeu-cau/: requests for connection accounts, the most pressing first."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.csv_files import csv_file, not_a_file
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines import law
from deadlines.distance import working_days_left
from sharing.forms.office import InboxForm
from sharing.models import ConnectionRequest
from sharing.selectors import inbox

ON_A_PAGE = 20


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    form = InboxForm(request.GET)
    page = Paginator(_found(form, person), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": inbox.lines(page),
        "counters": inbox.counters(),
        "which": form.cleaned_data.get("tt") or inbox.OPEN,
    }
    return render(request, "sharing/office/inbox.html", context)


@require_GET
def requests_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file."""
    person = check_permission(request.user, Permission.ISSUE_ACCOUNT)
    form = InboxForm(request.GET)
    if not form.is_valid():
        return not_a_file(requests(request))
    found = _found(form, person)
    return csv_file(_rows(found), "yeu-cau-ket-noi.csv")


def _found(form: InboxForm, person: Person) -> QuerySet[ConnectionRequest]:
    """What fits; nothing when a filter cannot be understood."""
    if not form.is_valid():
        return ConnectionRequest.objects.none()
    return inbox.requests_of_the_inbox(
        which=form.cleaned_data["tt"] or inbox.OPEN,
        officer=form.cleaned_data["nguoi"],
        text=form.cleaned_data["q"],
        me=person.pk,
    )


def _rows(found: QuerySet[ConnectionRequest]) -> Iterator[list[object]]:
    yield [
        _("Mã yêu cầu"),
        _("Cơ quan yêu cầu"),
        _("Dịch vụ"),
        _("Chủ quản"),
        _("Văn bản"),
        _("Ngày nhận"),
        _("Ngày chấp thuận"),
        _("Hạn ban đầu"),
        _("Hạn"),
        _("Còn lại (ngày làm việc, âm là quá hạn)"),
        _("Trạng thái"),
        _("Người xử lý"),
    ]
    calendar = law.calendar()
    for one in found.iterator(chunk_size=500):
        duty = one.duty
        yield [
            one.number,
            one.requester.name,
            one.service.title,
            one.service.owner.name,
            one.document_number,
            one.received_on,
            one.consented_on or "",
            duty.counted_due if duty else "",
            duty.due if duty else "",
            working_days_left(duty, calendar) if duty and duty.is_live else "",
            one.get_state_display(),
            one.officer.full_name if one.officer else "",
        ]
