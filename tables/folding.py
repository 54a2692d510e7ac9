"""Texts without accents and case, in Python as DuckDB does it: both sides of a comparison agree."""

import unicodedata


def folded_sql(text: str) -> str:
    """SQL of an SQL text without accents and case; đ is no accented d for DuckDB."""
    return f"replace(strip_accents(lower({text})), 'đ', 'd')"


def folded(text: str) -> str:
    """The same of a Python text.

    core.vietnamese.fold agrees on Vietnamese, but it also writes ß as ss and keeps the vowel
    signs of Indian scripts, which DuckDB does not.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    bare = "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))
    return unicodedata.normalize("NFC", bare).replace("đ", "d")
