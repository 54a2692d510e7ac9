"""What lists of search results need: words marked where they match."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from catalog.models import Dataset
from catalog.search_words import folded_words
from portal.markdown import render
from portal.vietnamese import fold, normalise

register = template.Library()

MOST_COLUMNS = 4


@register.filter
def plain(text: str) -> str:
    """Markdown as one line of plain text."""
    return " ".join(strip_tags(render(text)).split())


@register.filter
def marked(text: str, words: Sequence[str] | None) -> SafeString | str:
    """The text with <mark> around what matches one of the folded words, at the beginning of a word."""
    if not words:
        return text
    text = normalise(text)
    folded = "".join(_folded_character(character) for character in text)
    pieces, done = [], 0
    for start, end in _matches(folded, words):
        pieces += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # noqa: S308  every piece is escaped


@register.filter
def matching_columns(dataset: Dataset, words: Sequence[str]) -> list[str]:
    """Labels of columns that hold a word; the dataset's resources must be prefetched."""
    labels = [column["label"] for table in dataset.resources.all() for column in table.columns]
    hits = [
        label for label in labels if any(w.startswith(tuple(words)) for w in folded_words(label))
    ]
    return list(dict.fromkeys(hits))[:MOST_COLUMNS]


def _folded_character(character: str) -> str:
    """One character for one, so that places in the folded text are places in the text."""
    folded = fold(character)
    return folded if len(folded) == 1 else character


def _matches(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where a word begins that starts with one of `words`, not overlapping, in order."""
    found: list[tuple[int, int]] = []
    for start, character in enumerate(folded):
        begins = character.isalnum() and (start == 0 or not folded[start - 1].isalnum())
        longest = max((len(w) for w in words if begins and folded.startswith(w, start)), default=0)
        if longest:
            found.append((start, start + longest))
    return found
