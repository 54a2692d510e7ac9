"""/dataset/<slug>/resource/<uuid>/bieu-do.csv: the numbers of a chart, as its address asks for it."""

import csv
import io
from collections.abc import Iterable
from typing import Any
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

MARK = "\ufeff"  # Excel takes the file for UTF-8
# What a spreadsheet would calculate (OWASP, CSV injection); figures are no texts.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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
            reason=view.complaint if view else reason,
            status=view.status if view else 404,
            dataset=look.resource.dataset,
        )
    name = f"{look.resource.dataset.slug}_{look.release.period}_bieu-do.csv"
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
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(_safe(sheet.head))
    writer.writerows(_safe(row) for row in sheet.rows)
    return MARK + lines.getvalue()


def _safe(cells: Iterable[Any]) -> list[Any]:
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
        for cell in cells
    ]
