"""The head and the rows of a table of data.

Written here and not in a template, which takes longer over a thousand cells than everything else of
the page together.
"""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.explorer.cells import MIDDLE_TEXT, Cell
from catalog.explorer.found_words import finder, in_marks
from catalog.explorer.headings import Heading
from portal.templatetags.portal import lang, vi
from tables.querying.texts import words

register = template.Library()

Writer = Callable[[str], str]


@register.simple_tag
def table_head(headings: Sequence[Heading], anchor: str = "") -> SafeString:
    """A <th> for each column: a link that sorts and arrives at `anchor`, the technical name below."""
    return mark_safe("\n".join(_head(one, anchor) for one in headings))  # noqa: S308  all escaped


def _head(heading: Heading, anchor: str) -> str:
    column, order = heading.column, heading.aria_sort
    kind = "num" if column.is_number else column.width
    unit = f" ({conditional_escape(vi(column.unit))})" if column.unit else ""
    sorted_ = f' aria-sort="{order}"' if order else ""
    icon = render_to_string("components/icon.html", {"name": order}) if order else ""
    return (
        f'<th scope="col" class="{kind}"{sorted_}>'
        f'<a class="sort" href="{escape(heading.address)}{anchor}">'
        f"{conditional_escape(vi(column.label))}{unit}{icon}</a>"
        f'<span class="col">{escape(column.name)}</span></th>'
    )


@register.simple_tag
def table_rows(rows: Sequence[Sequence[Cell]], search: str = "") -> SafeString:
    """A <tr> for each row; its first cell names it. The words of `search` stand in <mark>."""
    write = _writer(search)
    empty = f'<span class="empty">{escape(_("trống"))}</span>'
    return mark_safe("\n".join(_row(row, write, empty) for row in rows))  # noqa: S308  all escaped


def _row(row: Sequence[Cell], write: Writer, empty: str) -> str:
    words = [empty if cell.text is None else write(cell.text) for cell in row]
    cells = "".join(
        f"<td{_kind(cell)}>{text}</td>" for cell, text in zip(row[1:], words[1:], strict=True)
    )
    return f'<tr><th scope="row">{words[0]}</th>{cells}</tr>'


def _kind(cell: Cell) -> str:
    """The class of a figure, and of a code or a single word, which is not broken on paper."""
    if cell.is_number:
        return ' class="num"'
    text = cell.text or ""
    return ' class="one-word"' if text and len(text) <= MIDDLE_TEXT and " " not in text else ""


def _writer(search: str) -> Writer:
    """How a cell's words become HTML on a page in the present language, asked for once."""
    find = finder(words(search))
    write: Writer = partial(in_marks, find=find) if find else escape
    return write if get_language() == "vi" else _naming_the_language(write)


def _naming_the_language(write: Writer) -> Writer:
    def in_language(text: str) -> str:
        attribute = lang(text)
        return f"<span{attribute}>{write(text)}</span>" if attribute else write(text)

    return in_language
