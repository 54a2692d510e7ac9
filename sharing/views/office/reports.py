"""/dieu-hanh/bao-cao/ket-noi/: reports on connections; each table as a file, too."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.csv_files import csv_file
from accounts.permissions import NotFound, check_permission
from accounts.roles import Permission
from sharing.selectors import reports


@require_GET
def connection_reports(request: HttpRequest) -> HttpResponse:
    """?nam=2026, this year when none is given."""
    check_permission(request.user, Permission.SEE_PROGRESS)
    offered = reports.years()
    year = _year(request, offered)
    context = {"year": year, "years": offered, "tables": reports.tables_of(year)}
    return render(request, "sharing/office/reports.html", context)


@require_GET
def connection_reports_csv(request: HttpRequest) -> HttpResponseBase:
    """?nam=2026&bang=thang: one table, the first when none is named."""
    check_permission(request.user, Permission.SEE_PROGRESS)
    year = _year(request, reports.years())
    tables = {table.key: table for table in reports.tables_of(year)}
    wanted = request.GET.get("bang") or next(iter(tables))
    if wanted not in tables:
        raise NotFound
    return csv_file(list(tables[wanted].file()), f"ket-noi_{wanted}_{year}.csv")


def _year(request: HttpRequest, offered: list[int]) -> int:
    asked = request.GET.get("nam", "")
    return next((year for year in offered if str(year) == asked), offered[0])
