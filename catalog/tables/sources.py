"""Which reader a file needs, by its bytes first and its name second."""

from pathlib import Path

from catalog.tables.archives import is_zip, unzip, zip_holds_workbook
from catalog.tables.delimited import read_delimited
from catalog.tables.jsonfiles import read_json, starts_like_json
from catalog.tables.problems import ProblemLog, Unreadable
from catalog.tables.reading import Reading
from catalog.tables.spreadsheets import read_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON_ENDINGS = (".json", ".geojson", ".ndjson", ".jsonl")
# Formats we know and do not read: say so instead of guessing at their bytes.
_OTHERS = (b"%PDF", b"PAR1", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x89PNG", b"\xff\xd8\xff",
           b"SQLite format 3", b"\x7fELF", b"MZ\x90")  # fmt: skip
_OTHER_ENDINGS = (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xml", ".kml", ".shp", ".png",
                  ".jpg", ".jpeg", ".html", ".htm", ".exe", ".rar", ".7z", ".gz")  # fmt: skip


def read_source(path: Path, filename: str, scratch: Path, log: ProblemLog) -> Reading:
    """Read any supported file into a `Reading`. Raises Unreadable.

    `scratch` is an empty folder for what is unpacked or rewritten on the way.
    """
    if not path.is_file():
        raise Unreadable("missing", name=filename)
    if not path.stat().st_size:
        raise Unreadable("empty")
    with path.open("rb") as data:
        start = data.read(4096)
    if is_zip(start) and not zip_holds_workbook(path):
        inner, name = unzip(path, scratch)
        return read_source(inner, name, scratch, log) if not _nested(inner) else _refuse()
    if is_zip(start) or start.startswith(_OLE):
        return read_workbook(path, start, scratch, log)
    ending = Path(filename).suffix.lower()
    if start.startswith(_OTHERS) or (ending in _OTHER_ENDINGS and not _is_html(start)):
        raise Unreadable("unsupported")
    if ending in _JSON_ENDINGS or starts_like_json(start):
        return read_json(path, ending, scratch, log)
    return read_delimited(path, scratch, log)


def _nested(path: Path) -> bool:
    with path.open("rb") as data:
        return is_zip(data.read(4)) and not zip_holds_workbook(path)


def _refuse() -> Reading:
    raise Unreadable("unsupported")


def _is_html(start: bytes) -> bool:
    return b"<html" in start.lower() or b"<!doctype html" in start.lower()
