"""The look at one table of a dataset that an address asks for."""

from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.actions import audit
from catalog.explorer.look import Look, look_at
from catalog.selectors.publication import tables_of
from catalog.views.public.dataset import chosen_release, open_releases
from catalog.views.public.loading import public_dataset


def public_look(request: HttpRequest, slug: str, resource_id: UUID) -> Look:
    """The open table's published data as the address asks for them. Raises Http404, Moved, Gone."""
    revision = audit.revision()
    dataset = public_dataset(slug, revision)
    table = next((table for table in tables_of(dataset) if table.pk == resource_id), None)
    releases = open_releases(dataset, table, revision)
    release, complaint = chosen_release(releases, request.GET.get("ky", ""))
    if release is None or complaint:
        raise Http404(resource_id)
    return look_at(release, releases, request.GET)
