"""Reading JSON piece by piece: the records of a long array without holding the array."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tables.limits import MAX_JSON_VALUE
from tables.problems import Unreadable

_PIECE = 1 << 20
_SPACE = " \t\r\n\ufeff"


class NumberText(str):
    """A JSON number as it was written, so that no digit is lost."""

    __slots__ = ()


class NoNumber(str):
    """NaN or Infinity, which are not JSON: programs write them for "no value"."""

    __slots__ = ()


class Twice(dict[str, object]):
    """An object in which a key stands twice; the later ones are called "key (2)", …"""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    renamed = Twice()
    for key, value in pairs:
        name, number = key, 1
        while name in renamed:
            number += 1
            name = f"{key} ({number})"
        renamed[name] = value
    return renamed


_DECODER = json.JSONDecoder(
    parse_float=NumberText,
    parse_int=NumberText,
    parse_constant=NoNumber,
    object_pairs_hook=_object,
)


class JsonStream:
    """A cursor over JSON text. Every method raises Unreadable for broken or huge JSON."""

    def __init__(self, path: Path, codec: str) -> None:
        self._source: IO[str] = path.open(encoding=codec, errors="replace")
        self._text = ""
        self._at = 0
        self._before = 0  # characters already dropped from the front
        self._ended = False

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def peek(self) -> str:
        """The next character that is not a space, "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Step over one expected character."""
        if self.peek() != wanted:
            raise self.broken()
        self._at += 1

    def value(self) -> object:
        """The next whole value; at most 32 million characters."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise Unreadable("json_too_deep") from None
            except ValueError:
                if not self._more():
                    raise self.broken() from None
                continue
            # A number at the very end of the piece may go on in the next one.
            if end == len(self._text) and isinstance(found, NumberText) and self._more():
                continue
            self._at = end
            return found

    def items(self) -> Iterator[object]:
        """The values of the array that starts here."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.peek() == "]":
                self.take("]")
                return
            self.take(",")

    def broken(self) -> Unreadable:
        """The error for wrong syntax here."""
        return Unreadable("broken_json", position=self._before + self._at + 1)

    def _more(self) -> bool:
        if self._ended:
            return False
        kept = self._text[self._at :]
        if len(kept) > MAX_JSON_VALUE:
            raise Unreadable("json_value_too_big", limit=MAX_JSON_VALUE // 1_000_000)
        # Doubling keeps a long value from being tried again for every small piece.
        piece = self._source.read(max(_PIECE, len(kept)))
        self._before += self._at
        self._text, self._at = kept + piece, 0
        self._ended = not piece
        return bool(piece)
