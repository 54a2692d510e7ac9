"""Sentences made in Python with words from the data in them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.explorer.words import Words
from portal.templatetags.portal import vi

register = template.Library()


@register.filter
def marked(words: Words | str) -> SafeString | str:
    """The sentence; what comes from the data is marked as Vietnamese on a page in another language."""
    if isinstance(words, Words):
        return format_html(
            words.template,
            **{
                name: marked(part) if isinstance(part, Words) else vi(part)
                for name, part in words.parts.items()
            },
        )
    return vi(words)
