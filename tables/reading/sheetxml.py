"""What calamine does not tell of an XLSX sheet: number formats, and formulas without a result.

The parts are read as bytes with regular expressions: quick, and no XML parser to attack.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import unescape

from tables.reading.numberformats import PERCENTS, Format, read_format
from tables.reading.sheetfacts import SheetFacts, overlapping_pieces

_NAME = rb"(?:\w+:)?"
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<" + _NAME + rb"(?:(row)|c)(?:\s([^>]*))?>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})")
_ROW = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d+)")
_NO_NUMBER = re.compile(rb"\bt\s*=\s*[\"'](?!n[\"'])")
_UNANSWERED = re.compile(
    rb"<%(x)sc\s([^>]*[^/>])>\s*<%(x)sf(?:\s[^>]*)?(?:/>|>[^<]*</%(x)sf>)\s*"
    rb"(?:<%(x)sv\s*/>|<%(x)sv>\s*</%(x)sv>)?\s*</%(x)sc>" % {b"x": _NAME}
)


def read_xlsx_facts(path: Path, sheet: str) -> SheetFacts:
    """What the XML of the sheet with this name tells; nothing if it is not found."""
    facts = SheetFacts()
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return facts
        formats = _formats(archive)
        with archive.open(part) as xml:
            for text, limit in overlapping_pieces(xml):
                if b"<f" in text or b":f" in text:
                    facts.unanswered += _unanswered(text, limit)
        if formats:
            with archive.open(part) as xml:
                find = _find_formats if _says_places(xml) else _find_formats_by_order
            with archive.open(part) as xml:
                find(xml, formats, facts)
    return facts


def _formats(archive: zipfile.ZipFile) -> dict[bytes, Format]:
    """Cell styles, by their number, whose format shows more than the number."""
    try:
        xml = archive.read("xl/styles.xml").decode("utf-8", "replace")
    except KeyError:
        return {}
    codes = {str(number): code for number, code in PERCENTS.items()}
    for element in re.findall(r"<(?:\w+:)?numFmt\s[^>]*>", xml):
        given = _attributes(element)
        codes[given.get("numFmtId", "")] = given.get("formatCode", "")
    cells = re.search(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    styles = re.findall(r"<(?:\w+:)?xf\s[^>]*>", cells[0]) if cells else []
    found = {}
    for at, style in enumerate(styles):
        shown = read_format(codes.get(_attributes(style).get("numFmtId", ""), ""))
        if shown is not None:
            found[b"%d" % at] = shown
    return found


def _attributes(element: str) -> dict[str, str]:
    entities = {"&quot;": '"', "&apos;": "'", "&#34;": '"', "&#39;": "'"}
    return {name: unescape(a or b, entities) for name, a, b in _ATTRIBUTE.findall(element)}


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, by the workbook's relations."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    targets = {}
    for element in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", relations):
        given = _attributes(element)
        targets[given.get("Id")] = given.get("Target", "")
    for element in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book):
        given = _attributes(element)
        if given.get("name") == sheet:
            relation = next((v for k, v in given.items() if k.endswith(":id")), "")
            target = targets.get(relation, "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _unanswered(text: bytes, limit: int) -> Iterator[tuple[int, int]]:
    for found in _UNANSWERED.finditer(text):
        place = _PLACE.search(found[1])
        # A formula may answer with an empty text.
        if found.start() < limit and place and not _NO_NUMBER.search(found[1]):
            yield int(place[2]) - 1, _number(place[1])


def _find_formats(xml: IO[bytes], formats: dict[bytes, Format], facts: SheetFacts) -> None:
    """Only cells with one of the styles are looked at, where each cell says where it stands."""
    styled = re.compile(
        rb"<%(x)sc\s(?=[^>]*?\bs\s*=\s*[\"'](%(styles)s)[\"'])"
        rb"(?![^>]*?\bt\s*=\s*[\"'](?!n[\"']))[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})"
        % {b"x": _NAME, b"styles": b"|".join(formats)}
    )
    columns: dict[bytes, int] = {}
    for text, limit in overlapping_pieces(xml):
        for found in styled.finditer(text):
            if found.start() >= limit:
                break
            style, letters, row = found.groups()
            if letters not in columns:
                columns[letters] = _number(letters)
            facts.add(int(row) - 1, columns[letters], formats[style])


def _find_formats_by_order(xml: IO[bytes], formats: dict[bytes, Format], facts: SheetFacts) -> None:
    """Cells that do not say where they stand follow one behind the other."""
    row = column = -1
    for text, limit in overlapping_pieces(xml):
        for found in _CELL.finditer(text):
            if found.start() >= limit:
                break
            given = found[2] or b""
            if found[1]:
                said = _ROW.search(given)
                row, column = int(said[1]) - 1 if said else row + 1, -1
                continue
            column += 1
            style = _STYLE.search(given)
            shown = formats.get(style[1]) if style else None
            if shown is not None and not _NO_NUMBER.search(given):
                facts.add(row, column, shown)


def _says_places(xml: IO[bytes]) -> bool:
    found = re.search(rb"<%(x)sc(?:\s[^>]*)?>" % {b"x": _NAME}, xml.read(1 << 20))
    return found is None or bool(_PLACE.search(found[0]))


def _number(letters: bytes) -> int:
    """ "B" is column 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
