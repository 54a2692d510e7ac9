"""Filters and tags every template may use without loading them."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.periods import period_name
from deadlines.periods import Period
from portal.markdown import render

register = template.Library()


@register.filter
def period(code: str) -> str:
    """"2026Q3" in words: "Quý III/2026"."""
    return period_name(Period.parse(code)) if code else ""


@register.filter
def day(moment: date | None) -> SafeString | str:
    """A <time> with dd/mm/yyyy."""
    if moment is None:
        return ""
    if hasattr(moment, "astimezone"):
        from django.utils.timezone import localtime

        moment = localtime(moment).date()
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), formats.date_format(moment, "SHORT_DATE_FORMAT")
    )


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return render(text)


@register.filter
def size(count: int | None) -> str:
    """Bytes as a person reads them: 148 KB, 2,4 MB."""
    if count is None:
        return ""
    for unit, unit_bytes in ((_("GB"), 1024**3), (_("MB"), 1024**2), (_("KB"), 1024)):
        if count >= unit_bytes:
            amount = count / unit_bytes
            return f"{formats.number_format(amount, 0 if amount >= 100 else 1)} {unit}"
    return f"{count} {_('byte')}"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present query string with some parameters changed; an empty value drops one.

    A change of anything but the page itself goes back to the first page.
    """
    present: QueryDict = context["request"].GET.copy()
    if "page" not in changes:
        present.pop("page", None)
    for name, value in changes.items():
        present.pop(name, None)
        if value not in (None, ""):
            present[name] = str(value)
    return f"?{urlencode(sorted(present.lists()), doseq=True)}" if present else "?"
