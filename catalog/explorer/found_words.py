"""Where the words of a search stand in a cell as it is written on the page."""

import re
import unicodedata
from collections.abc import Callable

from catalog.tables.texts import words

Spans = list[tuple[int, int]]

# Combining marks fall away and đ is a d: as the search folds its words, but quick enough for each cell.
_BARE: dict[int, str | None] = {**dict.fromkeys(range(0x300, 0x370)), ord("đ"): "d"}
_LETTER = r"[^\W_]"


def finder(search: str) -> Callable[[str], Spans] | None:
    """A function from a text to the places (start, end) of the words; None when nothing is sought.

    All words are whole but the last, which may be the beginning of one. Raises BadQuery.
    """
    sought = words(search)
    if not sought:
        return None
    *whole, last = map(_spread, sought)
    complete = f"(?:{'|'.join(whole)})(?!{_LETTER})|" if whole else ""
    pattern = re.compile(rf"(?<!{_LETTER})(?:{complete}{last}{_LETTER}*)")

    def find(text: str) -> Spans:
        bare = unicodedata.normalize("NFD", text.lower()).translate(_BARE)
        if len(bare) != len(text):  # a script whose letters fall into several: places do not agree
            return []
        return [match.span() for match in pattern.finditer(bare)]

    return find


def _spread(word: str) -> str:
    """A pattern of the word; figures may be grouped, as in 1.234.567."""
    return "[.,]?".join(word) if word.isdigit() else re.escape(word)
