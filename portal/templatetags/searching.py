"""What lists of search results need: words marked where they match."""

from collections.abc import Sequence

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from catalog.explorer.found_words import finder, in_marks
from catalog.models import Dataset
from catalog.search_words import folded_words
from core.vietnamese import normalise
from portal.markdown import render

register = template.Library()

MOST_COLUMNS = 4


@register.filter
def plain(text: str) -> str:
    """Markdown as one line of plain text."""
    return " ".join(strip_tags(render(text)).split())


@register.filter
def marked(text: str, words: Sequence[str] | None) -> SafeString | str:
    """The text with <mark> around what matches one of the folded words."""
    find = finder(words or ())
    if find is None:
        return text
    return mark_safe(in_marks(normalise(text), find))  # noqa: S308  every piece is escaped


@register.filter
def matching_columns(dataset: Dataset, words: Sequence[str]) -> list[str]:
    """Labels of columns that hold a word; the dataset's resources must be prefetched."""
    labels = [column["label"] for table in dataset.resources.all() for column in table.columns]
    hits = [label for label in labels if not set(words).isdisjoint(folded_words(label))]
    return list(dict.fromkeys(hits))[:MOST_COLUMNS]
