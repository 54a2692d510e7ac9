"""The API of a table: how it is set up, what came of it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.answers import refusal_of
from accounts.models import Person
from accounts.permissions import check_permission, permissions_for
from accounts.roles import Permission
from catalog import policies, source_policies
from catalog.loaders import resource_for
from catalog.models import Pull, Resource, Source

PULLS_PER_PAGE = 20


@dataclass(frozen=True)
class SourceOffers:
    """`not_approvable`: why the approver cannot agree yet, empty when nothing stands in the way."""

    change: bool
    pull: bool
    switch: bool
    approve: bool
    revoke: bool
    not_approvable: str


def source(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Where a table without an API is told what one is for, and one with it shows its attempts."""
    resource = resource_for(request.user, resource_id, Permission.SEE_AGENCY_WORK)
    person = check_permission(request.user, Permission.SEE_AGENCY_WORK, resource.dataset.agency)
    found = (
        Source.objects.select_related("configured_by", "approved_by")
        .filter(resource=resource)
        .first()
    )
    if found is not None:
        found.resource = resource
    pulls = Pull.objects.filter(source=found).select_related("asked_by", "release")
    context = {
        "resource": resource,
        "dataset": resource.dataset,
        "source": found,
        "offers": _offers(person, resource, found),
        "page": Paginator(pulls.defer("release__reading"), PULLS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "blocked": refusal_of(lambda: policies.check_takes_data(resource.dataset)),
    }
    return render(request, "catalog/work/source.html", context)


def _offers(person: Person, resource: Resource, found: Source | None) -> SourceOffers:
    held = permissions_for(person, resource.dataset.agency)
    registers = Permission.REGISTER_DATASET in held
    decides = Permission.DECIDE_RELEASE in held
    takes_data = policies.takes_data(resource.dataset)
    approved = found is not None and found.approved_at is not None
    not_yet = refusal_of(lambda: source_policies.check_ready_for_approval(found)) if found else ""
    return SourceOffers(
        change=registers and takes_data,
        pull=registers and takes_data and found is not None and found.enabled,
        switch=registers and found is not None,
        approve=decides and found is not None and not not_yet,
        revoke=decides and approved,
        not_approvable="" if approved else not_yet,
    )
