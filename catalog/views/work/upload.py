"""Step 1 of 3: choose the period and the file."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of
from accounts.permissions import NotFound, check_permission
from accounts.roles import Permission
from catalog import policies
from catalog.actions import delivery
from catalog.delivered import due_days
from catalog.forms.release import UploadForm
from catalog.loaders import resource_for
from catalog.models import Release, Resource
from catalog.periods import offered_periods
from catalog.states import ReleaseState
from catalog.upload import takes_file
from deadlines.period_words import period_name
from tables.storing.building import csv_header


@takes_file(lambda: settings.UPLOAD_MAX_BYTES)
def upload(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    resource = resource_for(request.user, resource_id, Permission.UPLOAD_RELEASE)
    form = _form(request, resource)
    if request.method == "POST" and form.is_valid():
        release = _deliver(request, resource, form)
        if release is not None:
            return redirect("release", release.pk)
    context = {
        "form": form,
        "resource": resource,
        "dataset": resource.dataset,
        "limit": settings.UPLOAD_MAX_BYTES,
        "blocked": refusal_of(lambda: policies.check_takes_data(resource.dataset)),
    }
    return render(request, "catalog/work/upload.html", context)


def template(request: HttpRequest, resource_id: UUID) -> HttpResponseBase:
    """A CSV with the header row of the data dictionary; there is none before the first release."""
    resource = resource_for(request.user, resource_id, Permission.SEE_AGENCY_WORK)
    if not resource.columns:
        raise NotFound
    header = csv_header([column["label"] for column in resource.columns])
    return HttpResponse(
        header,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="mau-{resource.name}.csv"'},
    )


# What no longer counts as delivered.
GONE = (ReleaseState.WITHDRAWN, ReleaseState.DISCARDED, ReleaseState.SUPERSEDED)


def _form(request: HttpRequest, resource: Resource) -> UploadForm:
    periods = _period_choices(resource)
    if request.method == "POST":
        return UploadForm(request.POST, request.FILES, periods=periods)
    return UploadForm(initial={"period": request.GET.get("ky")}, periods=periods)


def _period_choices(resource: Resource) -> list[tuple[str, str]]:
    """Each offered period with what has been delivered for it and the day it is owed by."""
    states = dict(
        resource.releases.exclude(state__in=GONE).order_by("number").values_list("period", "state")
    )
    due = due_days(resource.dataset)
    return [
        (
            period.code,
            _choice(period_name(period), states.get(period.code, ""), due.get(period.code)),
        )
        for period in offered_periods(resource.dataset)
    ]


def _choice(name: str, state: str, due: date | None) -> str:
    """ "Quý III/2026 – Chưa nộp, hạn 16/10/2026": the day where data are still owed."""
    told = ReleaseState(state).label if state else _("Chưa nộp")
    if due is None:
        return _("%(period)s – %(state)s") % {"period": name, "state": told}
    day = formats.date_format(due, "SHORT_DATE_FORMAT")
    return _("%(period)s – %(state)s, hạn %(day)s") % {"period": name, "state": told, "day": day}


def _deliver(request: HttpRequest, resource: Resource, form: UploadForm) -> Release | None:
    person = check_permission(request.user, Permission.UPLOAD_RELEASE, resource.dataset.agency)
    code, file = form.cleaned_data["period"], form.cleaned_data["file"]
    known = set(resource.releases.filter(period=code).values_list("pk", flat=True))
    release = carry_out(
        form,
        lambda: delivery.upload(resource=resource, period_code=code, file=file, by=person),
        fields={"too_large": "file", "empty": "file", "submitted": "period", "future": "period"},
    )
    if release is not None and release.pk in known:
        messages.info(
            request, _("Tệp này đã được tải lên; dưới đây là kết quả của lần tải lên đó.")
        )
    return release
