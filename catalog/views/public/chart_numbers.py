"""/dataset/<slug>/resource/<uuid>/bieu-do.csv: the numbers of a chart, as its address asks for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.explorer.charts.pictures import Sheet
from catalog.explorer.charts.tab import chart, why_no_chart
from catalog.views.public.download import CACHE_CONTROL
from catalog.views.public.explained import explained
from catalog.views.public.loading import of_public_dataset
from catalog.views.public.looking import public_look
from core.csv_lines import csv_lines


@require_safe
@of_public_dataset
def chart_numbers(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """CSV with a byte order mark; a chart that cannot be drawn gets the sentence that says why."""
    look = public_look(request, slug, resource_id)
    reason = why_no_chart(look)
    view = None if reason else chart(look)
    if view is None or view.complaint or view.picture is None:
        return explained(
            request,
            title=_("Không có số liệu biểu đồ"),
            reason=(view.complaint or view.reason) if view else reason,
            status=view.status if view and view.complaint else 404,
            dataset=look.resource.dataset,
        )
    name = f"{look.resource.dataset.slug}_{view.look.period}_bieu-do.csv"
    return HttpResponse(
        written(view.picture.sheet),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": CACHE_CONTROL,
        },
    )


def written(sheet: Sheet) -> str:
    """The sheet as CSV."""
    return "".join(csv_lines([sheet.head, *sheet.rows], end="\n"))
