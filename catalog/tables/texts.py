"""The words of a row, in SQL and in Python: a search finds the same with an index and without."""

import re
from collections.abc import Sequence

from catalog.tables.conditions import BadQuery, SqlCondition
from catalog.tables.folding import folded, folded_sql
from catalog.tables.patterns import literal, quoted
from catalog.tables.question import ColumnLike

LONGEST_SEARCH = 500  # characters
MAX_WORDS = 20

# "1.234.567" is one number and "0912.345.678" one telephone: the point inside is no end of a word.
_GROUPED = r"\b\.([0-9]{3})\b"
_BETWEEN_WORDS = r"[^\p{L}\p{N}]+"  # RE2
_WORD = re.compile(r"[^\W_]+")
# What a reader sees in the cells; geometries and yes or no are nothing to search for.
_AS_TEXT = {
    "text": "{c}",
    "integer": "{c}::VARCHAR",
    "number": "replace({c}::VARCHAR, '.', ',')",
    "date": "strftime({c}, '%d/%m/%Y')",
    "datetime": "strftime({c}, '%d/%m/%Y')",
}


def words(text: str) -> list[str]:
    """The words to search for, folded, in their order, each once but for the last.

    Raises BadQuery: too long, or a text without any letter or figure.
    """
    if not text.strip():
        return []
    found = _WORD.findall(re.sub(_GROUPED, r"\1", folded(text), flags=re.ASCII))
    if len(text) > LONGEST_SEARCH or len(found) > MAX_WORDS:
        raise BadQuery("search_too_long", limit=LONGEST_SEARCH, words=MAX_WORDS)
    if not found:
        raise BadQuery("search_without_words")
    return found


def row_text(columns: Sequence[ColumnLike]) -> str:
    """SQL of a row's words, folded and with one space between them."""
    cells = [_AS_TEXT[c.type].replace("{c}", quoted(c.name)) for c in columns if c.type in _AS_TEXT]
    if not cells:
        return "''"
    joined = folded_sql(f"concat_ws(' ', {', '.join(cells)})")
    whole = f"regexp_replace({joined}, {literal(_GROUPED)}, '\\1', 'g')"
    return f"regexp_replace({whole}, {literal(_BETWEEN_WORDS)}, ' ', 'g')"


def found_in(row: str, wanted: Sequence[str]) -> SqlCondition:
    """SQL: all words stand in the row, the last perhaps as the beginning of one."""
    spaced = f"' ' || {row} || ' '"
    params = [*(f" {word} " for word in wanted[:-1]), f" {wanted[-1]}"]
    return " AND ".join([f"contains({spaced}, ?)"] * len(wanted)), list(params)
