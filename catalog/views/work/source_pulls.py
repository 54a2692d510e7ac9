"""Getting a period's data from the API now, and what came of an attempt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRefresh

from accounts.answers import carry_out, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import source_policies
from catalog.actions import pulls as actions
from catalog.forms.source import PullForm
from catalog.loaders import pull_for, source_for
from catalog.models import Source
from catalog.periods import offered_periods
from deadlines.period_words import period_name


def ask(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Choose the period; the attempt has a page of its own."""
    source = source_for(request.user, resource_id, Permission.REGISTER_DATASET)
    agency = source.resource.dataset.agency
    person = check_permission(request.user, Permission.REGISTER_DATASET, agency)
    form = PullForm(sent(request), periods=_periods(source))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["period"]
        begun = carry_out(
            form,
            lambda: actions.ask(source=source, period_code=code, by=person),
            fields=dict.fromkeys(("submitted", "prepared", "future", "period"), "period"),
        )
        if begun is not None:
            return redirect("pull", begun.pk)
    context = {
        "form": form,
        "source": source,
        "resource": source.resource,
        "dataset": source.resource.dataset,
    }
    return render(request, "catalog/work/source_pull.html", context)


def pull(request: HttpRequest, pull_id: int) -> HttpResponse:
    """The progress while it is under way, the result afterwards."""
    found = pull_for(request.user, pull_id, Permission.SEE_AGENCY_WORK)
    context = {
        "pull": found,
        "source": found.source,
        "resource": found.source.resource,
        "dataset": found.source.resource.dataset,
    }
    return render(request, "catalog/work/pull.html", context)


def status(request: HttpRequest, pull_id: int) -> HttpResponse:
    """The progress alone, asked for every second; once it is over the page reloads."""
    found = pull_for(request.user, pull_id, Permission.SEE_AGENCY_WORK)
    if not request.headers.get("HX-Request"):
        return redirect("pull", found.pk)
    if not found.is_open:
        return HttpResponseClientRefresh()
    return render(request, "catalog/work/pull_progress.html", {"pull": found})


def _periods(source: Source) -> list[tuple[str, str]]:
    """All that the upload form offers; of an address that names no period, the last one alone."""
    periods = offered_periods(source.resource.dataset)
    if not source.asks_for_period:
        periods = [source_policies.last_ended(source.resource)]
    return [(period.code, period_name(period)) for period in periods]
