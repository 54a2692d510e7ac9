"""Vietnamese text: folding for search, sorting, slugs.

The embedded PostgreSQL has neither ICU nor unaccent, so that both are done here,
the same everywhere.
"""

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}
# Order of tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def normalise(text: str) -> str:
    """NFC with single spaces and no space at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Lower-case without marks: "Đô Lương" becomes "do luong".

    đ is mapped explicitly, because Unicode does not decompose it.
    """
    decomposed = unicodedata.normalize("NFD", text).casefold()
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").replace("đ", "d")
    return " ".join(unicodedata.normalize("NFC", bare).split())


def slugify(text: str, *, separator: str = "-", longest: int = 80) -> str:
    """Folded ASCII words joined by `separator`, cut at a word end."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(text)).split()
    kept = ""
    for word in words:
        longer = f"{kept}{separator}{word}" if kept else word
        if len(longer) > longest:
            break
        kept = longer
    return kept or (words[0][:longest] if words else "")


def sort_key(text: str) -> str:
    """A string whose code point order is the order of a Vietnamese dictionary.

    Letters are compared first (a ă â, d đ, …), tones only where all letters are equal.
    Runs of digits compare as numbers up to twelve digits.
    """
    letters: list[str] = []
    tones: list[str] = []
    for token in re.findall(r"\d+|\D", unicodedata.normalize("NFC", text).lower()):
        if token.isdigit():
            letters.append("0" + token.zfill(12))
            continue
        letter, tone = _letter_and_tone(token)
        letters.append(_rank(letter))
        tones.append(str(tone))
    return "".join(letters) + "\x01" + "".join(tones)


def _letter_and_tone(character: str) -> tuple[str, int]:
    marks = unicodedata.normalize("NFD", character)
    tone = max((_TONE_RANK.get(mark, 0) for mark in marks), default=0)
    letter = "".join(mark for mark in marks if mark not in _TONE_RANK)
    return unicodedata.normalize("NFC", letter), tone


def _rank(letter: str) -> str:
    if letter in _LETTER_RANK:
        return chr(ord("A") + _LETTER_RANK[letter])
    return " " if letter.isspace() else "!"
