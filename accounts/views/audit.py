"""/dieu-hanh/nhat-ky/: the audit trail, for those who may see it."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.actions.audit import record_export
from accounts.audit_lists import Line, events, filters, in_words
from accounts.csv_files import csv_file, not_a_file
from accounts.forms.audit import AuditFilterForm
from accounts.models import AuditEvent
from accounts.permissions import check_permission
from accounts.roles import Permission

EVENTS_ON_A_PAGE = 50


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.SEE_AUDIT)
    form = AuditFilterForm(request.GET)
    page = Paginator(_found(form), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": list(in_words(page))}
    return render(request, "accounts/audit.html", context)


@require_GET
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """The same events as CSV, streamed: the trail may be long."""
    person = check_permission(request.user, Permission.SEE_AUDIT)
    form = AuditFilterForm(request.GET)
    if not form.is_valid():
        return not_a_file(audit(request))
    record_export(by=person, asked=form.asked())
    found = _found(form)
    return csv_file(_rows(found), "nhat-ky.csv")


def _found(form: AuditFilterForm) -> QuerySet[AuditEvent]:
    """What fits the filters; nothing when a filter cannot be understood."""
    return events(**filters(form.cleaned_data)) if form.is_valid() else AuditEvent.objects.none()


def _rows(found: QuerySet[AuditEvent]) -> Iterator[list[str]]:
    """The head and the events."""
    yield _head()
    for line in in_words(found.iterator(chunk_size=2000)):
        yield _cells(line)


def _head() -> list[str]:
    return [
        _("Số"),
        _("Thời điểm"),
        _("Người thực hiện"),
        _("Thư điện tử"),
        _("Cơ quan"),
        _("Việc"),
        _("Loại đối tượng"),
        _("Đối tượng"),
        _("Thay đổi"),
        _("Địa chỉ"),
        _("Mã yêu cầu"),
    ]


def _cells(line: Line) -> list[str]:
    event = line.event
    return [
        str(event.pk),
        formats.date_format(localtime(event.at), "d/m/Y H:i:s"),
        event.actor_name or _("Hệ thống"),
        line.email,
        line.agency,
        line.action,
        line.object,
        line.label,
        "; ".join(f"{one.name}: {one.before} → {one.after}" for one in line.changes),
        event.address or "",
        event.request_id,
    ]
