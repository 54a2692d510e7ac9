"""/dieu-hanh/ket-noi/su-dung/: use of the gateway by all accounts."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import check_permission
from accounts.roles import Permission
from sharing.models import CallRecord, ConnectionAccount
from sharing.selectors.usage import since_of
from sharing.views.usage_pages import accounts_context, accounts_file


@require_GET
def office_usage(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.ISSUE_ACCOUNT)
    since = since_of(ConnectionAccount.objects.all())
    context = accounts_context(request, CallRecord.objects.all(), since)
    return render(request, "sharing/usage/office.html", context)


@require_GET
def office_usage_csv(request: HttpRequest) -> HttpResponseBase:
    check_permission(request.user, Permission.ISSUE_ACCOUNT)
    since = since_of(ConnectionAccount.objects.all())
    return accounts_file(request, CallRecord.objects.all(), since, "toan-tinh")
