"""What calamine does not tell about an XLSX: number formats such as 00000.

The parts are read as bytes with regular expressions: quick, and no XML parser to attack.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import unescape

from catalog.tables.packages import column_number

_PIECE = 1 << 20
_CODE_FORMAT = re.compile(r"<numFmt [^>]*?/?>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d+" s="(\d+)"(?: t="n")?>')


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap, so that nothing is cut in two."""
    before = b""
    while piece := part.read(_PIECE):
        yield before + piece
        before = piece[-64:]


def zero_widths(path: Path, sheet: str, kind: str) -> dict[int, int]:
    """Columns (from 0) formatted 000…: the digits to fill up to. Empty for XLS and ODS."""
    if kind != "xlsx":
        return {}
    with zipfile.ZipFile(path) as archive:
        if "xl/styles.xml" not in archive.namelist():
            return {}
        styles = _zero_styles(archive.read("xl/styles.xml").decode("utf-8", "replace"))
        part = _part_of(archive, sheet) if styles else None
        if part is None:
            return {}
        with archive.open(part) as xml:
            return _columns_with(xml, styles)


def _zero_styles(xml: str) -> dict[int, int]:
    """Cell styles whose number format is nothing but zeros → how many."""
    zeros = {}
    for element in _CODE_FORMAT.findall(xml):
        given = dict(_ATTRIBUTE.findall(element))
        code = unescape(given.get("formatCode", "")).replace("\\", "").replace('"', "")
        if re.fullmatch(r"0{2,}", code):
            zeros[given.get("numFmtId")] = len(code)
    cells = re.search(r"<cellXfs.*?</cellXfs>", xml, re.DOTALL)
    styles = re.findall(r"<xf [^>]*>", cells[0]) if cells else []
    formats = [dict(_ATTRIBUTE.findall(style)).get("numFmtId") for style in styles]
    return {at: zeros[number] for at, number in enumerate(formats) if number in zeros}


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, by the workbook's relations."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    targets = {}
    for element in re.findall(r"<Relationship [^>]*>", relations):
        given = dict(_ATTRIBUTE.findall(element))
        targets[given.get("Id")] = given.get("Target", "")
    for element in re.findall(r"<sheet [^>]*>", book):
        given = dict(re.findall(r'([\w:]+)="([^"]*)"', element))
        if unescape(given.get("name", ""), {"&quot;": '"'}) == sheet:
            target = targets.get(given.get("r:id"), "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _columns_with(xml: IO[bytes], styles: dict[int, int]) -> dict[int, int]:
    widths: dict[int, int] = {}
    for piece in _pieces(xml):
        for letters, style in _CELL.findall(piece):
            if int(style) in styles:
                at = column_number(letters) - 1
                widths[at] = max(widths.get(at, 0), styles[int(style)])
    return widths
