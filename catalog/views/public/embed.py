"""/nhung/<uuid>/<tab>: a tab of a table on a bare page, for a frame in somebody else's page.

No session and no cookie; it alone may be framed (CSP frame-ancestors, W3C CSP Level 3, 6.4.2).
"""

from dataclasses import dataclass
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from accounts.actions import audit
from catalog.explorer.look import Look, Shown, look_at
from catalog.explorer.tabs import TABS, Tab, tab_address
from catalog.explorer.words import Words
from catalog.models import Dataset, Resource
from catalog.selectors.publication import tables_of
from catalog.usage import Kind, counted
from catalog.views.public.download import CACHE_CONTROL
from catalog.views.public.loading import Gone, public_dataset
from catalog.views.public.looking import period_choice, put_in_place

THEMES = {"sang": "light", "toi": "dark"}  # mau=…


class Unshowable(Exception):
    """There is nothing to show in the frame; the message says why."""

    def __init__(self, status: int, reason: Words | str, dataset: Dataset | None = None) -> None:
        super().__init__(str(reason))
        self.status = status
        self.reason = reason
        self.dataset = dataset


@dataclass(frozen=True)
class Embedded:
    """What the templates of tabs find under `explorer`."""

    look: Look
    tab: Tab
    shown: Shown

    @property
    def resource(self) -> Resource:
        return self.look.resource

    @property
    def release(self) -> object:
        return self.look.release

    @property
    def page_address(self) -> str:
        """The same on the dataset's own page."""
        return self.look.resource.dataset.get_absolute_url() + tab_address(self.look, self.tab)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # it knows no arguments of views
def embed(request: HttpRequest, resource_id: UUID, code: str) -> HttpResponse:
    request.user = AnonymousUser()  # whoever looks: a frame shows the same to everybody
    theme = THEMES.get(request.GET.get("mau", ""), "")
    try:
        template, context, status = _shown(request, resource_id, code)
    except Unshowable as nothing:
        template, status = "catalog/public/embeds/nothing.html", nothing.status
        context = {"reason": nothing.reason, "dataset": nothing.dataset}
    response = render(request, template, {**context, "frame_theme": theme}, status=status)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return counted(request, response, resource_id, Kind.EMBED)


def _shown(
    request: HttpRequest, resource_id: UUID, code: str
) -> tuple[str, dict[str, object], int]:
    """Template, context and status of the tab. Raises Unshowable."""
    tab, template = _tab(code)
    revision = audit.revision()
    table = _table(resource_id, revision)
    dataset = table.dataset
    choice = period_choice(dataset, table, request.GET.get("ky", ""), revision)
    if choice.withdrawal:
        raise Unshowable(410, choice.withdrawal.sentence, dataset)
    if choice.release is None:
        raise Unshowable(404, _("Hiện chưa có kỳ dữ liệu nào đang công bố."), dataset)
    put_in_place(request, choice)
    look = look_at(choice.release, choice.releases, request.GET)
    reason = tab.why_not(look)
    if reason:
        raise Unshowable(404, reason, dataset)
    shown = tab.show(look)
    context = {
        "dataset": dataset,
        "explorer": Embedded(look, tab, shown),
        "complaint": choice.complaint,
    }
    return template, context, choice.status if choice.complaint else shown.status


def _tab(code: str) -> tuple[Tab, str]:
    """The tab of that code, if it has a template for frames."""
    for tab in TABS:
        if tab.code == code:
            template = f"catalog/public/embeds/{tab.code}.html"
            try:
                get_template(template)
            except TemplateDoesNotExist:
                break
            return tab, template
    raise Unshowable(404, _("Không có cách xem này để nhúng."))


def _table(resource_id: UUID, revision: int) -> Resource:
    """The table, if the public may see its data. Raises Unshowable."""
    known = Resource.objects.select_related("dataset").filter(pk=resource_id).first()
    if known is None:
        raise Unshowable(404, _("Không có bảng dữ liệu này."))
    try:
        dataset = public_dataset(known.dataset.slug, revision)
    except Gone as gone:
        raise Unshowable(410, gone.withdrawal.sentence) from None
    except Http404:
        raise Unshowable(404, _("Không có bảng dữ liệu này.")) from None
    if dataset.access != Dataset.Access.OPEN:
        raise Unshowable(403, _("Dữ liệu của bộ này không công khai."), dataset)
    return next(table for table in tables_of(dataset) if table.pk == resource_id)
