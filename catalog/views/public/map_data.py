"""/dataset/<slug>/resource/<uuid>/ban-do.json: what the map of a table draws."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from catalog.explorer.asked_tables import asked_columns
from catalog.explorer.maps.choice import why_no_map
from catalog.explorer.maps.view import map_data
from catalog.explorer.refusals import sentence
from catalog.explorer.table import status_of
from catalog.views.public.download import CACHE_CONTROL
from catalog.views.public.loading import Gone, of_public_dataset
from catalog.views.public.looking import public_look
from tables import BadQuery, TableUnavailable, TooSlow


@gzip_page
@require_safe
@of_public_dataset
def data(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """The features as JSON; what cannot be asked is answered with {error: a sentence}."""
    try:
        look = public_look(request, slug, resource_id)
    except Gone as gone:
        return JsonResponse({"error": str(gone.withdrawal.sentence)}, status=410)
    reason = why_no_map(look)
    if reason:
        return JsonResponse({"error": reason}, status=404)
    try:
        found = map_data(look)
    except BadQuery as error:
        return JsonResponse({"error": sentence(error, asked_columns(look))}, status=400)
    except (TooSlow, TableUnavailable) as error:
        return JsonResponse(
            {"error": sentence(error, asked_columns(look))}, status=status_of(error)
        )
    return JsonResponse(
        found,
        headers={"Cache-Control": CACHE_CONTROL},
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
