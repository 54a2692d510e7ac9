"""Text kept in Vietnamese and, where somebody has translated it, in English."""

from django.utils.translation import get_language


def in_readers_language(vietnamese: str, english: str) -> str:
    return english if english and get_language() == "en" else vietnamese
