"""The same page in another language. What is kept (a notice's page) is kept as the Vietnamese address."""

from django.urls import translate_url
from django.utils import translation

KEPT_IN = "vi"


def to_keep(path: str) -> str:
    """A path made in the present language, as it is kept."""
    return translate_url(path, KEPT_IN)


def in_language(kept: str, language: str) -> str:
    """A kept path in that language."""
    with translation.override(KEPT_IN):
        return translate_url(kept, language)
