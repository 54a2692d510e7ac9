"""Filters and tags every template may use without loading them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.http import QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.states import ReleaseState
from core import clock
from core.vietnamese import fold
from deadlines.models import Duty, Round
from deadlines.outcome_looks import Look, badge_of_duty, look_of_duty, look_of_outcome
from deadlines.outcomes import Outcome
from deadlines.period_words import period_name
from deadlines.periods import Period
from portal.markdown import render
from portal.work_menu import Part, menu_for

register = template.Library()

# State of a release → kind and icon of its tag (the word list of the design language, §4).
STATE_LOOKS = {
    ReleaseState.DRAFT: ("info", "half"),
    ReleaseState.CHECKING: ("info", "clock"),
    ReleaseState.NEEDS_FIXING: ("bad", "warning"),
    ReleaseState.READY: ("info", "tick"),
    ReleaseState.SUBMITTED: ("warn", "clock"),
    ReleaseState.RETURNED: ("bad", "undo"),
    ReleaseState.PUBLISHED: ("ok", "tick"),
    ReleaseState.SUPERSEDED: ("idle", "ring"),
    ReleaseState.WITHDRAWN: ("idle", "pause"),
    ReleaseState.DISCARDED: ("idle", "close"),
}


@register.simple_tag
def usage_delay() -> str:
    """How far behind the counts of use are, on pages and elsewhere."""
    return _(
        "Số lượt ở trang bộ dữ liệu cập nhật mỗi giờ; ở API và tệp CSV chậm hơn thực tế tới %(minutes)d phút."
    ) % {"minutes": settings.USAGE_STORED_EVERY // 60}


@register.filter
def period(code: str) -> str:
    """ "2026Q3" in words: "Quý III/2026"."""
    return period_name(Period.parse(code)) if code else ""


@register.filter
def day(moment: date | None) -> SafeString | str:
    """A <time> with dd/mm/yyyy."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = localtime(moment).date()
    return format_html(
        '<time datetime="{}">{}</time>',
        moment.isoformat(),
        formats.date_format(moment, "SHORT_DATE_FORMAT"),
    )


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return render(text)


@register.filter
def vi(text: object) -> SafeString | str:
    """Words from the database, marked as Vietnamese on a page in another language (WCAG 3.1.2)."""
    words = text if isinstance(text, str) else "" if text is None else str(text)
    return format_html('<span lang="vi">{}</span>', words) if _is_foreign(words) else words


@register.filter
def lang(text: str) -> SafeString | str:
    """The attribute for the element around such words, where they are more than a phrase."""
    return mark_safe(' lang="vi"') if _is_foreign(text) else ""


def _is_foreign(words: str) -> bool:
    """Whether they have Vietnamese letters and the page is in another language."""
    return get_language() != "vi" and fold(words) != " ".join(words.casefold().split())


@register.filter
def size(count: int | None) -> str:
    """Bytes as a person reads them: 148 KB, 2,4 MB."""
    if count is None:
        return ""
    for unit, unit_bytes in ((_("GB"), 1024**3), (_("MB"), 1024**2), (_("KB"), 1024)):
        if count >= unit_bytes:
            amount = count / unit_bytes
            digits = 0 if amount >= 100 else 1
            # Rounded first: number_format cuts digits off.
            return f"{formats.number_format(round(amount, digits), digits)} {unit}"
    return f"{count} {_('byte')}"


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """Numbers for a pager, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def state_look(state: str) -> tuple[str, str]:
    """(kind, icon) of the tag of a release in that state."""
    return STATE_LOOKS[ReleaseState(state)]


@register.filter
def outcome_look(seen: Duty | str) -> Look:
    """Kind, icon and words of the tag of a duty as it stands today, or of an outcome alone."""
    return look_of_duty(seen) if isinstance(seen, Duty) else look_of_outcome(Outcome(seen))


@register.filter
def badge_look(newest: Duty) -> Look:
    """The same for the page of what the duty is about: "Đúng kỳ Quý III/2026"."""
    return badge_of_duty(newest)


@register.filter
def is_tick_box(field: BoundField) -> bool:
    """A single tick box, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def first_input_id(field: BoundField) -> str:
    """Where a link to the field leads: its input, the first where it has several."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def printing_day() -> SafeString | str:
    """Today, for the line at the foot of a printed page."""
    return day(clock.today())


@register.inclusion_tag("components/crumbs.html")
def crumb_trail(here: str, parent: str = "", parent_name: str = "") -> dict[str, Any]:
    """Where a public page stands: the front page, its parent (title, url name) if any, itself."""
    above = [(parent, reverse(parent_name))] if parent_name else []
    return {"crumbs": [(_("Trang chủ"), reverse("home")), *above, (here, "")]}


@register.inclusion_tag("components/crumbs.html")
def progress_crumbs(round_: Round, here: str) -> dict[str, Any]:
    """Where the page of one agency in a round stands."""
    above = [
        (_("Trang chủ"), reverse("home")),
        (_("Tiến độ cung cấp dữ liệu"), reverse("progress_index")),
        (period(round_.period), round_.get_absolute_url()),
    ]
    return {"crumbs": [*above, (here, "")]}


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, name: str, text: str, section: str = "") -> SafeString:
    """One entry of the navigation; `section`: names of further pages that belong to it."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else None
    current = "page" if here == name else "true" if here in section.split() else ""
    return format_html(
        '<li><a href="{}"{}>{}</a></li>',
        reverse(name),
        format_html(' aria-current="{}"', current) if current else "",
        text,
    )


@register.simple_tag(takes_context=True)
def work_menu(context: template.Context) -> list[Part]:
    """The navigation of the work area for whoever looks at the page."""
    match = getattr(context["request"], "resolver_match", None)
    return menu_for(context["me"], match.url_name or "" if match else "")


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
