"""Sentences made in Python with words from the data in them."""

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from catalog.explorer.words import Words
from portal.templatetags.portal import lang, vi

register = template.Library()


@register.filter
def marked(words: Words | str) -> SafeString | str:
    """The sentence; what comes from the data is marked as Vietnamese on a page in another language."""
    if not isinstance(words, Words):
        return vi(words)
    parts = {name: conditional_escape(marked(part)) for name, part in words.parts.items()}
    return mark_safe(escape(words.template).format_map(parts))  # noqa: S308  all escaped


@register.filter
def spoken_in(words: Words | str) -> SafeString | str:
    """The attribute for an element that can hold no other, such as an option."""
    return lang(str(words))
