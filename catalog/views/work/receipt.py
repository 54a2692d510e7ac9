"""What the agency keeps as proof of delivery."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import NotFound
from accounts.roles import Permission
from catalog.delivered import duty_of
from catalog.loaders import release_for


def receipt(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The receipt of a release that has been submitted; there is none before."""
    release = release_for(request.user, release_id, Permission.SEE_AGENCY_WORK)
    if release.submitted_at is None:
        raise NotFound
    context = {
        "release": release,
        "dataset": release.resource.dataset,
        "duty": duty_of(release),
    }
    return render(request, "catalog/work/release_receipt.html", context)
