"""/ket-noi/tai-khoan/<code>/su-dung/: how one account is used, for both sides and the data authority."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Permission
from sharing.loaders import account_for
from sharing.models import CallRecord
from sharing.views.usage_pages import calls_context, calls_file


@require_GET
def account_usage(request: HttpRequest, code: str) -> HttpResponse:
    """?thang=2026-11&ket_qua=tu-choi."""
    found = account_for(request.user, code, Permission.SEE_AGENCY_WORK)
    calls = CallRecord.objects.filter(account=found)
    context = {"account": found, **calls_context(request, calls, found.valid_from)}
    return render(request, "sharing/usage/account.html", context)


@require_GET
def account_calls_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    found = account_for(request.user, code, Permission.SEE_AGENCY_WORK)
    calls = CallRecord.objects.filter(account=found)
    return calls_file(request, calls, found.valid_from, found.code)
