"""The ways to look at a table, in the order of their tabs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.explorer.api_tab import api_view
from catalog.explorer.charts.tab import CODE as CHART
from catalog.explorer.charts.tab import chart, why_no_chart
from catalog.explorer.dictionary import dictionary
from catalog.explorer.look import Look, Shown
from catalog.explorer.maps.choice import why_no_map
from catalog.explorer.maps.view import map_view
from catalog.explorer.table import table_view
from catalog.explorer.table_query import address


def _always(look: Look) -> str:
    return ""


@dataclass(frozen=True)
class Tab:
    """`code` stands in the address (xem=…), `icon` names a file of templates/components/icons.

    `why_not` says in a sentence why the tab cannot show this table, or nothing when it can.
    """

    code: str
    label: Promise
    icon: str
    template: str
    show: Callable[[Look], Shown]
    why_not: Callable[[Look], str] = _always


TABS = (
    Tab("bang", _("Bảng"), "table", "catalog/public/tabs/table.html", table_view),
    Tab(CHART, _("Biểu đồ"), "chart", "catalog/public/tabs/chart.html", chart, why_no_chart),
    Tab("ban-do", _("Bản đồ"), "map", "catalog/public/tabs/map.html", map_view, why_no_map),
    Tab("api", _("API"), "code", "catalog/public/tabs/api.html", api_view),
    Tab("tu-dien", _("Từ điển"), "book", "catalog/public/tabs/dictionary.html", dictionary),
)
TABLE = TABS[0]


@dataclass(frozen=True)
class TabLink:
    tab: Tab
    address: str
    is_current: bool


@dataclass(frozen=True)
class MissingTab:
    """A tab that cannot show the table, and the sentence that says why."""

    tab: Tab
    reason: str


def tab_asked_for(look: Look) -> tuple[Tab, str]:
    """The tab of the address and, where that cannot be, the table and a sentence."""
    code = look.parameters.get("xem") or TABLE.code
    for tab in TABS:
        if tab.code == code:
            reason = tab.why_not(look)
            return (TABLE, reason) if reason else (tab, "")
    return TABLE, str(_("Không có cách xem này. Dưới đây là bảng dữ liệu."))


def tab_links(look: Look, current: Tab) -> list[TabLink]:
    """The tabs that can show this table; conditions, order and period go along."""
    return [
        TabLink(tab, tab_address(look, tab), tab is current)
        for tab in TABS
        if not tab.why_not(look)
    ]


def missing_tabs(look: Look) -> list[MissingTab]:
    """The tabs that the page has not, and why."""
    reasons = [(tab, tab.why_not(look)) for tab in TABS]
    return [MissingTab(tab, reason) for tab, reason in reasons if reason]


def tab_address(look: Look, tab: Tab) -> str:
    """ "?…" of the same question in another tab."""
    code = "" if tab is TABLE else tab.code
    return address([("xem", code), ("ky", look.period), *look.query.pairs])
