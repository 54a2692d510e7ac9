"""/dataset/<slug>/resource/<uuid>/ban-do.json: what the map of a table draws."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from accounts.actions import audit
from catalog.explorer.asked_tables import asked_columns
from catalog.explorer.look import Look, look_at
from catalog.explorer.maps.choice import why_no_map
from catalog.explorer.maps.view import map_data
from catalog.explorer.table import sentence
from catalog.selectors.publication import tables_of
from catalog.tables import BadQuery, TableUnavailable, TooSlow
from catalog.views.public.dataset import chosen_release, open_releases
from catalog.views.public.download import CACHE_CONTROL
from catalog.views.public.loading import of_public_dataset, public_dataset


@gzip_page
@require_safe
@of_public_dataset
def data(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """The features as JSON; what cannot be asked is answered with {error: a sentence}."""
    look = _look(request, slug, resource_id)
    reason = why_no_map(look)
    if reason:
        return JsonResponse({"error": reason}, status=404)
    try:
        found = map_data(look)
    except BadQuery as error:
        return JsonResponse({"error": sentence(error, asked_columns(look))}, status=400)
    except (TooSlow, TableUnavailable) as error:
        return JsonResponse({"error": sentence(error, asked_columns(look))}, status=503)
    return JsonResponse(
        found,
        headers={"Cache-Control": CACHE_CONTROL},
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


def _look(request: HttpRequest, slug: str, resource_id: UUID) -> Look:
    """The open table's published data as the address asks for them. Raises Http404, Moved, Gone."""
    revision = audit.revision()
    dataset = public_dataset(slug, revision)
    table = next((table for table in tables_of(dataset) if table.pk == resource_id), None)
    releases = open_releases(dataset, table, revision)
    release, complaint = chosen_release(releases, request.GET.get("ky", ""))
    if release is None or complaint:
        raise Http404(resource_id)
    return look_at(release, releases, request.GET)
