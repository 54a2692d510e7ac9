"""Bars beside the figures of a chart's table, and the code that puts a tab into another page."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.explorer.charts.pictures import Figure, Picture
from catalog.explorer.look import Look
from catalog.explorer.tabs import Tab
from portal.templatetags.portal import vi

register = template.Library()

BAR = (
    '<span class="cell-bar{}"><span class="num">{}</span>'
    '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect width="{}" height="10"/></svg></span>'
)


@register.simple_tag
def figure_bar(cell: Figure, picture: Picture) -> SafeString | str:
    """A figure with a bar as long as its share of the largest; drawn by SVG, so that paper shows it."""
    if not picture.has_bars:
        return vi(cell.text)
    if cell.value is None:
        return "–"
    if not cell.has_bar:
        return format_html('<span class="num">{}</span>', cell.text)
    width = f"{100 * abs(cell.value) / picture.largest:.1f}" if picture.largest else "0"
    return format_html(BAR, " minus" if cell.value < 0 else "", cell.text, width)


@register.simple_tag
def embed_path(look: Look, tab: Tab) -> str:
    """The address of this tab as it stands, for a frame; without a period it follows the newest."""
    kept = look.parameters.copy()
    for name in ("xem", "page", "chon"):
        kept.pop(name, None)
    path = reverse("embed", args=[look.resource.pk, tab.code])
    return f"{path}?{kept.urlencode()}" if kept else path
