"""Where the words of a search stand in a text, and the text with marks around them."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from html import escape

Spans = list[tuple[int, int]]
Finder = Callable[[str], Spans]

# Combining marks fall away and đ is a d: as the search folds its words, but quick enough for each cell.
_BARE: dict[int, str | None] = {**dict.fromkeys(range(0x300, 0x370)), ord("đ"): "d"}
_LETTER = r"[^\W_]"


def finder(sought: Sequence[str]) -> Finder | None:
    """A function from a text to the places (start, end) of the folded words; None when nothing is sought.

    Only whole words: a Vietnamese one is a syllable, and "ca" in "cáo" is no "ca", although the search
    takes its last word for the beginning of longer ones.
    """
    if not sought:
        return None
    pattern = re.compile(rf"(?<!{_LETTER})(?:{'|'.join(map(_spread, sought))})(?!{_LETTER})")

    def find(text: str) -> Spans:
        bare = unicodedata.normalize("NFD", text.lower()).translate(_BARE)
        if len(bare) != len(text):  # a script whose letters fall into several: places do not agree
            return []
        return [match.span() for match in pattern.finditer(bare)]

    return find


def in_marks(text: str, find: Finder) -> str:
    """HTML of the text with <mark> around what is found."""
    pieces, done = [], 0
    for start, end in find(text):
        pieces += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return "".join([*pieces, escape(text[done:])])


def _spread(word: str) -> str:
    """A pattern of the word; figures may be grouped, as in 1.234.567."""
    return "[.,]?".join(word) if word.isdigit() else re.escape(word)
