"""Rows of a delimited file, with quotes as people and programs write them.

A cell in quotes ends with a quote before a delimiter or the end of its line; it may hold delimiters,
line ends and doubled quotes. Every other quote is a sign like any other and stays. A quote that
opens a cell and swallows whole rows before another one closes it is such a sign, too.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tables.limits import MAX_CELL
from tables.problems import Unreadable

_NUMBER = re.compile(r"[\d.,/:-]+")

Stray = Callable[[int, str], None]


class _Accident(Exception):
    """A quote closed in the middle of a later row."""


@dataclass
class Splitter:
    """Splits lines at `delimiter`; `gaps` is how many of them a line usually has."""

    delimiter: str
    gaps: int = 0
    _quoted: re.Pattern[str] = field(init=False, repr=False)
    _odd: re.Pattern[str] = field(init=False, repr=False)
    _fed: list[str] = field(init=False, repr=False, default_factory=list)
    _reader: Iterator[list[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Fed line by line: where it wants another one, a quote is open and it gives up.
        self._reader = csv.reader(_Feed(self._fed), delimiter=self.delimiter, strict=True)
        sign = re.escape(self.delimiter)
        end = rf"(?={sign}|\Z)"
        # Possessive, so that no hostile cell is tried again and again.
        self._quoted = re.compile(rf' *"((?:[^"]|"")*+)" *{end}')
        self._odd = re.compile(rf'"[^"]*+"[^"{sign}]*+(?:"[^"]*+"[^"{sign}]*+)*+{end}')

    def rows(
        self, lines: Iterable[str], *, first: int = 1, stray: Stray | None = None
    ) -> Iterator[list[str]]:
        """Each row's cells. `stray(row, line)` is told of a quote that opened and was not closed
        in its row; rows are counted from `first`. Raises Unreadable("cell_too_long").
        """
        source = _Lines(lines)
        for number, line in enumerate(source, start=first):
            text = line.rstrip("\r\n")
            if '"' not in text:
                cells: list[str] | None = text.split(self.delimiter)
            else:
                cells = self._usual(text) or self.split(text) or self._over_lines(line, source)
            if not cells:
                cells = self.split(text, literal=True) or []
                if stray:
                    stray(number, text)
            if len(text) > MAX_CELL:
                _check_lengths(cells, number)
            yield cells

    def _usual(self, text: str) -> list[str] | None:
        """The cells of a line whose quotes are as they should be, ten times as fast."""
        if f'{self.delimiter} "' in text or text.startswith(" "):
            return None
        self._fed.append(text)
        try:
            return next(self._reader)
        except csv.Error:
            return None

    def split(self, text: str, *, literal: bool = False) -> list[str] | None:
        """The cells of one row; None if a quote is still open at its end, unless `literal`.

        Raises _Accident if a cell of several lines goes on behind its closing quote.
        """
        cells: list[str] = []
        at = 0
        while True:
            begins = text.startswith('"', at)
            found = self._quoted.match(text, at) if begins or text.startswith(" ", at) else None
            if found:
                cells.append(found[1].replace('""', '"'))
            elif begins and (found := self._odd.match(text, at)):
                if "\n" in found[0] or "\r" in found[0]:
                    raise _Accident
                cells.append(found[0])
            elif begins and not literal:
                return None
            end = found.end() if found else text.find(self.delimiter, at)
            if not found:
                cells.append(text[at:] if end < 0 else text[at:end])
            if end < 0 or end == len(text):
                return cells
            at = end + len(self.delimiter)

    def _over_lines(self, line: str, source: "_Lines") -> list[str] | None:
        """The row that goes on in the next lines; None, with these put back, if it is none."""
        taken = [line]
        size, quotes = len(line), line.count('"')
        cells = None
        for more in source:
            taken.append(more)
            size += len(more)
            quotes += more.count('"')
            if size > MAX_CELL:
                break
            if '"' not in more or quotes % 2:
                continue
            try:
                cells = self.split("".join(taken).rstrip("\r\n"))
            except _Accident:
                break
            if cells:
                break
        if cells and not self._swallowed(taken, cells):
            return cells
        source.put_back(taken[1:])
        return None

    def _swallowed(self, lines: list[str], cells: list[str]) -> bool:
        """Are the lines inside the quotes rows of their own?"""
        inside = sum(cell.count(self.delimiter) for cell in cells if "\n" in cell or "\r" in cell)
        if not self.gaps or inside < self.gaps:
            return False
        first = _is_number(cells[0])
        # A row that begins with a number is soon told from a text, other rows are when they are many.
        if not first and len(lines) < 4:
            return False
        inner = lines[1:-1] or lines[1:]
        alike = sum(self._like_a_row(line, first) for line in inner)
        return alike * 5 >= len(inner) * 4

    def _like_a_row(self, line: str, first: bool) -> bool:
        gaps = line.count(self.delimiter)
        # "Nghi Lộc, Nghệ An" in a text: a comma and a space.
        spaced = line.count(f"{self.delimiter} ")
        begins = line.split(self.delimiter, 1)[0].strip().strip('"')
        alike = bool(begins) and _is_number(begins) is first
        return gaps >= self.gaps and spaced < gaps and alike


class _Feed:
    """The one line that waits."""

    def __init__(self, waiting: list[str]) -> None:
        self._waiting = waiting

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._waiting:
            raise StopIteration
        return self._waiting.pop()


class _Lines:
    """Lines, some of which may be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = iter(lines)
        self._back: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return self._back.pop() if self._back else next(self._rest)

    def put_back(self, lines: list[str]) -> None:
        self._back.extend(reversed(lines))


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _check_lengths(cells: list[str], number: int) -> None:
    if any(len(cell) > MAX_CELL for cell in cells):
        raise Unreadable("cell_too_long", row=number, limit=MAX_CELL)
