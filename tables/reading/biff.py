"""Number formats of an XLS (BIFF5 and BIFF8), which calamine does not tell.

A workbook is a stream of records: number (2 bytes), length (2 bytes), content. Formats and cell styles
stand before the sheets; each cell of a sheet names its style.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from tables.reading.compound import read_stream
from tables.reading.numberformats import PERCENTS, Format, read_format
from tables.reading.sheetfacts import SheetFacts

_BOF, _EOF, _SHEET, _FORMAT, _STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _FORMULA, _SEVERAL_RK = 0x0203, 0x027E, 0x0006, 0x00BD
_BIFF8 = 0x0600


def read_xls_facts(path: Path, sheet: str) -> SheetFacts:
    """Which cells of the sheet with this name show more than their number. Raises Unreadable."""
    facts = SheetFacts()
    stream = read_stream(path, ("Workbook", "Book"))
    formats, start = _book(stream, sheet)
    if formats and start is not None:
        for row, column, style in _cells(stream, start):
            if style in formats:
                facts.add(row, column, formats[style])
    for runs in facts.formats.values():
        runs.sort(key=lambda run: run[0])
    return facts


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records up to the end of the part that begins here; charts inside are parts of their own."""
    depth = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        depth += (number == _BOF) - (number == _EOF)
        if depth <= 0:
            return
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _book(stream: bytes, sheet: str) -> tuple[dict[int, Format], int | None]:
    """Formats of cell styles that tell something, and where the sheet begins."""
    codes, styles = dict(PERCENTS), []
    start, wide = None, True
    for number, content in _records(stream, 0):
        if number == _BOF:
            wide = struct.unpack_from("<H", content)[0] == _BIFF8
        elif number == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _text(content[2:], wide, long=wide)
        elif number == _STYLE:
            styles.append(struct.unpack_from("<H", content, 2)[0])
        elif number == _SHEET and _text(content[6:], wide, long=False) == sheet:
            (start,) = struct.unpack_from("<I", content)
    formats = {}
    for style, number in enumerate(styles):
        shown = read_format(codes.get(number, ""))
        if shown is not None:
            formats[style] = shown
    return formats, start


def _text(content: bytes, wide: bool, *, long: bool) -> str:
    """A length of one or two bytes; in BIFF8 a byte says whether signs have one byte or two."""
    length, at = (int.from_bytes(content[:2], "little"), 2) if long else (content[0], 1)
    if not wide:
        return content[at : at + length].decode("cp1252", "replace")
    if content[at] & 1:
        return content[at + 1 : at + 1 + 2 * length].decode("utf-16-le", "replace")
    return content[at + 1 : at + 1 + length].decode("latin-1")


def _cells(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Row, column (from 0) and style of cells with a number."""
    for number, content in _records(stream, start):
        if number in (_NUMBER, _RK, _FORMULA):
            yield struct.unpack_from("<HHH", content)
        elif number == _SEVERAL_RK:
            row, first = struct.unpack_from("<HH", content)
            for at in range(4, len(content) - 6, 6):
                yield row, first + (at - 4) // 6, struct.unpack_from("<H", content, at)[0]
