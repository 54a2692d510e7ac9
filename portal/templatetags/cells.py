"""The rows of a table of data.

Written here and not in a template, which takes longer over a thousand cells than everything else of
the page together.
"""

from collections.abc import Callable, Sequence
from html import escape

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.explorer.cells import Cell
from portal.templatetags.portal import vi

register = template.Library()

Writer = Callable[[Cell], str]


@register.simple_tag
def table_rows(rows: Sequence[Sequence[Cell]]) -> SafeString:
    """A <tr> for each row; its first cell names it."""
    write = _writer()
    return mark_safe("\n".join(_row(row, write) for row in rows))  # noqa: S308  all escaped


def _row(row: Sequence[Cell], write: Writer) -> str:
    first, *others = row
    cells = "".join(
        f'<td class="num">{write(cell)}</td>' if cell.is_number else f"<td>{write(cell)}</td>"
        for cell in others
    )
    return f'<tr><th scope="row">{write(first)}</th>{cells}</tr>'


def _writer() -> Writer:
    """How a cell's words become HTML on a page in the present language, asked for once."""
    empty = f'<span class="empty">{escape(_("trống"))}</span>'
    in_language = escape if get_language() == "vi" else _marked
    return lambda cell: empty if cell.text is None else in_language(cell.text)


def _marked(text: str) -> str:
    return conditional_escape(vi(text))
