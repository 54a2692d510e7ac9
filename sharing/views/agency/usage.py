"""Use of what an agency shares, and of what it uses: by account, and of one service by call."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import agencies_with, check_anywhere
from accounts.roles import Permission
from sharing.loaders import service_for
from sharing.models import ConnectionAccount
from sharing.selectors.connections import agencies_of
from sharing.selectors.usage import accounts_in, calls_of, in_month, since_of
from sharing.views.usage_pages import (
    accounts_context,
    accounts_file,
    calls_context,
    calls_file,
)


@require_GET
def connections_usage(request: HttpRequest) -> HttpResponse:
    """/ket-noi/su-dung/: the accounts that the visitor's agencies use."""
    used = _used(request)
    context = accounts_context(request, calls_of(used), since_of(used))
    return render(request, "sharing/usage/connections.html", context)


@require_GET
def connections_usage_csv(request: HttpRequest) -> HttpResponseBase:
    used = _used(request)
    return accounts_file(request, calls_of(used), since_of(used), "ket-noi")


@require_GET
def services_usage(request: HttpRequest) -> HttpResponse:
    """/ket-noi/dich-vu/su-dung/: the accounts to services of the visitor's agencies."""
    given = _given(request)
    context = accounts_context(request, calls_of(given), since_of(given))
    return render(request, "sharing/usage/services.html", context)


@require_GET
def services_usage_csv(request: HttpRequest) -> HttpResponseBase:
    given = _given(request)
    return accounts_file(request, calls_of(given), since_of(given), "dich-vu")


@require_GET
def service_usage(request: HttpRequest, code: str) -> HttpResponse:
    """/ket-noi/dich-vu/<code>/su-dung/: by account and by call."""
    found = service_for(request.user, code, Permission.SEE_AGENCY_WORK)
    accounts = found.accounts.all()
    context = calls_context(request, calls_of(accounts), since_of(accounts))
    by_account = accounts_in(in_month(calls_of(accounts), context["month"]))
    context |= {"service": found, "accounts": by_account}
    return render(request, "sharing/usage/service.html", context)


@require_GET
def service_calls_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    found = service_for(request.user, code, Permission.SEE_AGENCY_WORK)
    accounts = found.accounts.all()
    return calls_file(request, calls_of(accounts), since_of(accounts), found.code)


def _used(request: HttpRequest) -> QuerySet[ConnectionAccount]:
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    agencies = agencies_of(person, Permission.SEE_AGENCY_WORK)
    return ConnectionAccount.objects.filter(agency__in=agencies)


def _given(request: HttpRequest) -> QuerySet[ConnectionAccount]:
    person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
    agencies = agencies_with(person, Permission.SEE_AGENCY_WORK)
    return ConnectionAccount.objects.filter(service__owner__in=agencies)
