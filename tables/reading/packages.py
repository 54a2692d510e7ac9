"""XLSX, XLSB and ODS are ZIP packages: what one holds, and whether it may be opened.

Nothing a package says of itself is believed: every part is unpacked once, piece by piece, and thrown away.
What its parts really hold is counted against the limits before a library opens it.
"""

import copy
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tables.limits import MAX_CELL, MAX_SHEET_BYTES, MAX_SHEET_CELLS
from tables.problems import Unreadable
from tables.reading.archives import check_size, members

SHOWN_MAX_CELLS = f"{MAX_SHEET_CELLS:,}".replace(",", ".")
_PIECE = 1 << 20
_WHOLE_PART = 50_000_000  # bytes of styles, names and relations, which are read in one go
_READ_WHOLE = re.compile(
    r"xl/(styles|workbook)\.xml|xl/_rels/.*|META-INF/.*|\[Content_Types\]\.xml"
)
_ODS_MANIFEST = "META-INF/manifest.xml"
_PLACE = re.compile(rb' r="[A-Z]{1,3}(\d{1,7})"')
_VALUE_ENDS = (b"</v>", b"</is>", b":v>", b":is>")


def kind_of_package(path: Path) -> str | None:
    """xlsx, xlsb, ods, document (of Word, PowerPoint, LibreOffice Writer) or None: any other ZIP."""
    names = {member.filename for member in members(path)}
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return "xlsb"
        other = any(name.startswith(("word/", "ppt/", "visio/")) for name in names)
        return "document" if other and not any(n.startswith("xl/") for n in names) else "xlsx"
    if not {"mimetype", "content.xml"} <= names:
        return None
    with zipfile.ZipFile(path) as archive, archive.open("mimetype") as mimetype:
        return "ods" if b"spreadsheet" in mimetype.read(200) else "document"


def check_package(path: Path) -> None:
    """Raise Unreadable where a part is broken, locked, swollen, or a sheet has too many cells."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        # What they say costs nothing to look at; what is true is counted then.
        check_size(sum(part.file_size for part in parts), 1 << 62, MAX_SHEET_BYTES)
        for part in parts:
            check_size(part.file_size, part.compress_size, MAX_SHEET_BYTES)
        left = MAX_SHEET_BYTES
        for part in parts:
            left -= _check_part(archive, part, left)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """Bytes the part really holds."""
    if part.flag_bits & 1:
        raise Unreadable("encrypted")
    if part.filename == _ODS_MANIFEST and b"encryption-data" in archive.read(part):
        raise Unreadable("encrypted")
    if _READ_WHOLE.fullmatch(part.filename):
        most = min(most, _WHOLE_PART)
    is_text = part.filename.endswith(".xml") and part.filename.startswith(("xl/", "content"))
    size, texts, extent = 0, _Texts(), _Extent()
    before = b""
    for piece in _real_pieces(archive, part):
        size += len(piece)
        check_size(size, part.compress_size, most)
        if is_text:
            texts.see(piece)
            extent.see(before + piece)
            before = piece[-200:]
    if size != part.file_size:
        raise Unreadable("broken_workbook")
    return size


def _real_pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is packed, to its end: zipfile would stop where the part says that it ends."""
    boundless = copy.copy(part)
    boundless.file_size = 1 << 62
    with archive.open(boundless) as packed:
        while piece := packed.read(_PIECE):
            yield piece


class _Texts:
    """How long it is from one tag to the next: the length of a cell's text."""

    def __init__(self) -> None:
        self._run = 0

    def see(self, piece: bytes) -> None:
        first = piece.find(b"<")
        self._run += len(piece) if first < 0 else first
        if self._run > MAX_CELL:
            raise Unreadable("sheet_cell_too_long", limit=MAX_CELL)
        if first >= 0:
            self._run = len(piece) - piece.rfind(b"<")


class _Extent:
    """The rectangle from A1 to the last cells with a value: calamine makes room for all of it.

    Formatted cells without a value, and what the sheet declares as its dimension, do not count.
    """

    def __init__(self) -> None:
        self._columns, self._rows = 1, 1
        self._farther = _farther(1)

    def see(self, piece: bytes) -> None:
        columns = set(self._farther.findall(piece))
        if columns:
            self._columns = max(self._columns, *map(column_number, columns))
            self._farther = _farther(self._columns)
        self._rows = max(self._rows, _last_row(piece))
        if self._columns * self._rows > MAX_SHEET_CELLS:
            raise Unreadable("workbook_too_big", limit=SHOWN_MAX_CELLS)


def _farther(columns: int) -> re.Pattern[bytes]:
    """Cells with a value right of so many columns, up to Z; of those beyond Z all."""
    letters = b"[%c-Z]|[A-Z]{2,3}" % (ord("A") + columns) if columns < 26 else b"[A-Z]{2,3}"
    return re.compile(rb' r="(' + letters + rb')\d+"[^<>]*(?<!/)>\s*<[^/]')


def _last_row(piece: bytes) -> int:
    """The row of the last cell with a value."""
    end = max(piece.rfind(mark) for mark in _VALUE_ENDS)
    place = piece.rfind(b' r="', 0, end) if end > 0 else -1
    found = _PLACE.match(piece, place) if place >= 0 else None
    return int(found[1]) if found else 1


def column_letters(at: int) -> str:
    """What a spreadsheet program calls the column, counted from 0: "A", "Z", "AA"."""
    letters = ""
    while at >= 0:
        at, last = divmod(at, 26)
        letters = chr(ord("A") + last) + letters
        at -= 1
    return letters


def column_number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
