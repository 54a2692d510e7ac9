"""What a column stands for, by its label, its unit and its values: does it add up, is it a year, a code?

The lists of words lie in column_words.toml, written as people write them. A label with Vietnamese marks
is compared with its marks ("Số nam" is no year, "Ma túy" no code); one without any ("don_gia",
"NANG SUAT") is compared without them. Spellings that mean the same are one: tỷ and tỉ, luỹ and lũy,
toạ and tọa. Where the lists know nothing and nobody named a unit, nothing is added up by itself.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from core.vietnamese import fold, normalise

FIRST_YEAR, LAST_YEAR = 1900, 2100
LISTS = tomllib.loads((Path(__file__).parent / "column_words.toml").read_text(encoding="utf-8"))
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,24})[)\]]\s*$")
TONES = "\u0300\u0309\u0303\u0301\u0323"


class Adding(StrEnum):
    """Over what the values of a column may be summed."""

    ALWAYS = "always"  # over places and periods: cases, output, money spent
    AT_ONE_TIME = "at_one_time"  # over places, never over periods: inhabitants, hectares, debts
    NEVER = "never"  # marks, prices, shares, heights, degrees
    UNKNOWN = "unknown"  # nobody said: a person may sum them, the portal does not by itself


class Described(Protocol):
    """What is known of a column; `minimum` and `maximum` are those of all its values, None without any."""

    @property
    def label(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def minimum(self) -> Any: ...
    @property
    def maximum(self) -> Any: ...


def adding(column: Described) -> Adding:
    """Whether the column's values may be added up; years, codes and coordinates never."""
    if is_year(column) or is_name(column.label) or is_part_of_date(column):
        return Adding.NEVER
    return _adding(column.label, column.unit)


def adds_up(column: Described) -> bool:
    """Whether the values of one time are known to add up."""
    return adding(column) in (Adding.ALWAYS, Adding.AT_ONE_TIME)


def is_year(column: Described) -> bool:
    """Whole numbers that are called years and all are some: from 1900 to 2100."""
    if column.type != "integer" or column.minimum is None:
        return False
    if not FIRST_YEAR <= column.minimum <= column.maximum <= LAST_YEAR:
        return False
    words = _label(column.label)
    return words.has("year_words") or (not words.is_marked and words.has("year_without_marks"))


def is_name(label: str) -> bool:
    """A code, a number in a list, a telephone number, a coordinate: it says which or where, not how much."""
    return is_code(label) or _label(label).has("placing_words")


def is_code(label: str) -> bool:
    """A number that is written as it stands, without marks between its figures."""
    words = _label(label)
    return (
        words.begins("naming_heads") or words.has("naming_words") or words.equals("naming_labels")
    )


def is_part_of_date(column: Described) -> bool:
    """The number of a month or a quarter."""
    if column.type != "integer" or column.minimum is None:
        return False
    words = _label(column.label)
    parts = {"months": 12, "quarters": 4}
    most = max((last for name, last in parts.items() if words.has(name)), default=0)
    return bool(1 <= column.minimum <= column.maximum <= most)


def tells_time(column: Described) -> bool:
    """Whether the column says of which time the row's figures are."""
    words = _label(column.label)
    return words.equals("time_labels") or (words.equals("year_without_marks") and is_year(column))


def names_units(label: str, values: Sequence[Any]) -> bool:
    """Whether a column of texts holds the units of the other columns' figures."""
    words = _label(label)
    if words.equals("unit_labels"):
        return True
    known = [
        value
        for value in values
        if _unit(str(value)) in _units("common_units", "intensive_units", "lengths")
    ]
    return words.equals("maybe_unit_labels") and 2 * len(known) > len(values)


def opposed_kinds(values: Sequence[Any]) -> tuple[str, str] | None:
    """Two kinds of figures that do not add up ("thu", "chi"), where most texts begin with one of them."""
    texts = [_label(str(value)) for value in values]
    for one, other in LISTS["opposed"]:
        counts = [sum(text.begins_with(kind) for text in texts) for kind in (one, other)]
        if all(counts) and 3 * sum(counts) >= 2 * len(texts):
            return one, other
    return None


def unit_of_label(label: str) -> str:
    """The unit in brackets at the end: "Diện tích (ha)"."""
    found = IN_BRACKETS.search(label)
    return found[1].strip() if found else ""


class _Label(NamedTuple):
    """The words of a label, with or without marks: as it has any."""

    words: tuple[str, ...]
    is_marked: bool

    def has(self, name: str) -> bool:
        return any(
            self.words[at : at + len(one)] == one
            for one in _phrases(name, self.is_marked)
            for at in range(len(self.words) - len(one) + 1)
        )

    def begins(self, name: str) -> bool:
        return any(self.words[: len(one)] == one for one in _phrases(name, self.is_marked))

    def begins_with(self, phrase: str) -> bool:
        words = _words(phrase if self.is_marked else fold(phrase))
        return self.words[: len(words)] == words

    def equals(self, name: str) -> bool:
        return self.words in _phrases(name, self.is_marked)

    def without_count(self) -> "_Label":
        """ "Tổng số hộ" and "Số lượng hộ" are about "hộ"."""
        counting = [
            one for one in _phrases("counts", self.is_marked) if self.words[: len(one)] == one
        ]
        longest = max(map(len, counting), default=0)
        return _Label(self.words[longest:], self.is_marked)


@lru_cache(maxsize=4096)
def _adding(label: str, unit: str) -> Adding:
    words, unit = _label(label), _unit(unit or unit_of_label(label))
    is_count = words.begins("counts") and not words.begins("no_counts")
    per_time = _is_of_a_time(unit)
    if any(sign in label or sign in unit for sign in LISTS["shares"]) or (
        "/" in unit and not per_time
    ):
        return Adding.NEVER
    if per_time or words.has("standing_for_all"):
        return Adding.AT_ONE_TIME
    if _is_intensive(words, unit, is_count=is_count):
        return Adding.NEVER
    if words.has("standing"):
        return Adding.AT_ONE_TIME
    about = words.without_count()
    if words.has("arising") or about.begins("flows") or words.begins("flows"):
        return Adding.ALWAYS
    if is_count or about.begins("stocks") or (unit and unit not in _units("lengths")):
        return Adding.AT_ONE_TIME
    return Adding.UNKNOWN


def _is_intensive(words: _Label, unit: str, *, is_count: bool) -> bool:
    if words.equals("intensive_labels"):
        return True
    if is_count:
        by_class = words.has("classes")
        return words.begins("intensive_heads") or (
            words.has("intensive_in_counts") and not by_class
        )
    if words.begins("amounts"):
        return words.has("intensive_in_counts")
    is_head = words.begins("intensive_heads")
    return is_head or words.has("intensive") or unit in _units("intensive_units")


def _is_of_a_time(unit: str) -> bool:
    """Things, no money and no way, for each day, month or year."""
    thing, slash, time = unit.partition("/")
    is_money = thing.endswith(tuple(_units("money")))
    is_way = thing in _units("lengths")
    return bool(slash) and time in _units("of_a_time") and not is_money and not is_way


@lru_cache(maxsize=256)
def _unit(text: str) -> str:
    """A unit as it is compared: without marks, m³ is m3."""
    return fold(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def _label(text: str) -> _Label:
    is_marked = fold(text) != normalise(text).casefold()
    return _Label(_words(text) if is_marked else _words(fold(text)), is_marked)


@lru_cache
def _phrases(name: str, is_marked: bool) -> tuple[tuple[str, ...], ...]:
    """The words of each entry of a list, with or without their marks."""
    if is_marked:
        return tuple(map(_words, LISTS[name]))
    known = [one for one in LISTS[name] if one not in LISTS["only_with_marks"]]
    return tuple(_words(fold(one)) for one in known)


@lru_cache
def _units(*names: str) -> frozenset[str]:
    return frozenset(_unit(one) for name in names for one in LISTS[name])


def _words(text: str) -> tuple[str, ...]:
    """Words in one spelling: the tone stands behind its word, y is i."""
    plain = unicodedata.normalize("NFD", text.replace("_", " ")).casefold()
    return tuple(
        _spelled(word) for word in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", plain))
    )


def _spelled(word: str) -> str:
    signs = unicodedata.normalize("NFD", word)
    tone = "".join(sign for sign in signs if sign in TONES)
    letters = "".join(sign for sign in signs if sign not in TONES)
    return unicodedata.normalize("NFC", letters).replace("y", "i") + tone
