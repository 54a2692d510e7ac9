"""What cells of an ODS sheet show: beside each number stands the text that the program made of it."""

import re
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tables.reading.numberformats import PERCENT, Format, ShownCode
from tables.reading.sheetfacts import SheetFacts, overlapping_pieces

_TOKEN = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*?)?(/?)>", re.DOTALL
)
_ATTRIBUTE = {
    name: re.compile(rb"\b" + name + rb"=\"([^\"]*)\"")
    for name in (b"table:name", b"office:value-type", b"office:value",
                 b"table:number-rows-repeated", b"table:number-columns-repeated")
}  # fmt: skip
_SHOWN = re.compile(rb"\s*<text:p[^>/]*>([^<]*)</text:p>\s*</table:table-cell>")
_MOST_REPEATED = 1_000  # columns; what is repeated further is empty


def read_ods_facts(path: Path, sheet: str) -> SheetFacts:
    """Which cells of the sheet with this name show more than their number."""
    facts = SheetFacts()
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as xml:
        place = _Place(sheet)
        for text, limit in overlapping_pieces(xml):
            for found in _TOKEN.finditer(text):
                if found.start() >= limit:
                    break
                place.see(found, text, facts)
    return facts


@dataclass
class _Place:
    """Where in the document the tokens have come to; rows and columns from 0."""

    sheet: str
    here: bool = False
    row: int = -1
    rows: int = 1  # that the row stands for
    column: int = 0

    def see(self, found: re.Match[bytes], text: bytes, facts: SheetFacts) -> None:
        kind, given = found[1], found[2] or b""
        if kind == b"table":
            name = _given(given, b"table:name").decode("utf-8", "replace")
            self.here, self.row, self.rows = unescape(name) == self.sheet, -1, 1
        elif not self.here:
            return
        elif kind == b"table-row":
            self.row, self.column = self.row + self.rows, 0
            self.rows = int(_given(given, b"table:number-rows-repeated") or 1)
        else:
            count = int(_given(given, b"table:number-columns-repeated") or 1)
            shown = None if found[3] else _shown(given, text, found.end())
            for column in range(self.column, self.column + min(count, _MOST_REPEATED)):
                if shown is not None:
                    facts.add_run(self.row, self.row + self.rows - 1, column, shown)
            self.column += count


def _shown(given: bytes, text: bytes, end: int) -> Format | None:
    kind = _given(given, b"office:value-type")
    if kind == b"percentage":
        return PERCENT
    said = _SHOWN.match(text, end) if kind == b"float" else None
    if not said:
        return None
    shown = unescape(said[1].decode("utf-8", "replace")).strip()
    return ShownCode(shown) if _is_code(shown, _given(given, b"office:value").decode()) else None


def _is_code(shown: str, number: str) -> bool:
    """Zeros before the figures of a whole number, or signs between them that group nothing."""
    figures = re.sub(r"\D", "", shown)
    whole = re.sub(r"\.0*$", "", number).lstrip("-")
    if not whole.isdigit() or figures.lstrip("0") != whole.lstrip("0"):
        return False
    between = re.sub(r"^\D+|\D+$", "", shown)
    zeros = len(figures) > max(len(whole), 1)
    return zeros or bool(re.search(r"\d[^\d.,\s\u00a0\u202f']+\d", between))


def _given(attributes: bytes, name: bytes) -> bytes:
    found = _ATTRIBUTE[name].search(attributes)
    return found[1] if found else b""
