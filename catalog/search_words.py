"""What somebody typed into the search box, as words and phrases to look for.

The text index (catalog.actions.search) holds folded words; here the query is folded alike.
"""

import re
from dataclasses import dataclass

from core.vietnamese import fold, normalise

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"\0": " "})
MOST_WORDS = 12  # nobody means more; what is typed beyond is left out


def folded_words(text: str) -> list[str]:
    """The folded words of a text: letters and digits, everything else only separates."""
    return re.findall(r"[^\W_]+", fold(text))


@dataclass(frozen=True)
class SearchText:
    """`typed` as it came; `words` folded; `phrases` stood in double quotes and are meant exactly."""

    typed: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    is_accented: bool

    @classmethod
    def parse(cls, typed: str) -> "SearchText":
        text = normalise(typed.translate(_QUOTES))
        phrases = tuple(
            p for p in map(str.strip, re.findall(r'"([^"]+)"', text)) if folded_words(p)
        )
        words = tuple(folded_words(text)[:MOST_WORDS])
        return cls(text, words, phrases, is_accented=fold(text) != text.lower())

    def __bool__(self) -> bool:
        return bool(self.typed)

    @property
    def all_words(self) -> str:
        """A tsquery: every word, the last one also as the beginning of a longer one."""
        return " & ".join(self.words) + ":*" if self.words else ""

    @property
    def as_phrase(self) -> str:
        """A tsquery: the words one after the other."""
        return " <-> ".join(self.words)
