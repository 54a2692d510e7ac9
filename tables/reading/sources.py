"""Which reader a file needs, by its bytes first and its name second."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from tables.limits import MAX_LINE
from tables.problems import ProblemLog, Unreadable
from tables.reading.archives import gunzip, is_gzip, is_zip, unzip
from tables.reading.compound import OLE, stream_names
from tables.reading.delimited import read_delimited
from tables.reading.disguises import disguise, disguised_text
from tables.reading.jsonfiles import read_json, starts_like_json
from tables.reading.packages import check_package, kind_of_package
from tables.reading.source import Reading
from tables.reading.spreadsheets import read_workbook

_JSON_ENDINGS = (".json", ".geojson", ".ndjson", ".jsonl")
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PIECE = 1 << 20
_LOCKED = (b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", b"EncryptedPackage")
# Trouble of the machine, not of the file.
MACHINE_TROUBLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EIO)


def read_source(
    path: Path, filename: str, scratch: Path, log: ProblemLog, *, unpacked: bool = False
) -> Reading:
    """Read any supported file into a `Reading`. Raises Unreadable, whatever a library raises.

    `scratch` is an empty folder for what is unpacked or rewritten on the way; `unpacked`: the file comes
    out of an archive, and may not be another one.
    """
    if not path.is_file():
        raise Unreadable("missing", name=filename)
    if not path.stat().st_size:
        raise Unreadable("empty")
    with path.open("rb") as data:
        start = data.read(4096)
    ending = Path(filename).suffix.lower()
    with _said_to_be("broken_file"):
        workbook = _workbook_kind(path, start, ending)
        if workbook:
            with _said_to_be("broken_workbook"):
                return read_workbook(_named(path, workbook, scratch), workbook, scratch, log)
        if is_zip(start) or is_gzip(start):
            if unpacked:
                raise Unreadable("unsupported")
            inner, name = unzip(path, scratch) if is_zip(start) else gunzip(path, filename, scratch)
            return read_source(inner, name, scratch, log, unpacked=True)
        return _read_text(path, start, ending, scratch, log)


def _workbook_kind(path: Path, start: bytes, ending: str) -> str | None:
    """xlsx, xlsb, ods or xls for a workbook that may be opened, None for no workbook. Raises Unreadable."""
    if start.startswith(OLE):
        return _compound_kind(path)
    if not is_zip(start):
        return None
    try:
        kind = kind_of_package(path)
        if kind == "document":
            raise Unreadable(kind)
        if kind:
            with _said_to_be("broken_workbook"):
                check_package(path)
    except Unreadable as error:
        if error.code == "broken_zip" and ending in _WORKBOOK_ENDINGS:
            raise Unreadable("broken_workbook") from error
        raise
    return kind


def _named(path: Path, kind: str, scratch: Path) -> Path:
    """calamine goes by the ending; without one it tries every format and forgets what each said."""
    link = scratch / f"workbook.{kind}"
    link.symlink_to(path.resolve())
    return link


def _compound_kind(path: Path) -> str:
    with path.open("rb") as data:
        whole = data.read(4_000_000)
    if any(mark in whole for mark in _LOCKED):
        raise Unreadable("encrypted")
    names = stream_names(path)
    if names & {"WordDocument", "PowerPoint Document"} and not names & {"Workbook", "Book"}:
        raise Unreadable("document")
    return "xls"


def _read_text(path: Path, start: bytes, ending: str, scratch: Path, log: ProblemLog) -> Reading:
    """JSON, or lines of cells."""
    if code := disguise(start):
        raise Unreadable(code)
    if ending in _JSON_ENDINGS or starts_like_json(start):
        return read_json(path, ending, scratch, log)
    if code := disguised_text(start, ending):
        raise Unreadable(code)
    _check_lines(path)
    if ending not in _WORKBOOK_ENDINGS:
        return read_delimited(path, scratch, log)
    return _read_text_called_workbook(path, start, scratch, log)


def _read_text_called_workbook(path: Path, start: bytes, scratch: Path, log: ProblemLog) -> Reading:
    """Programs write tables of text as .xls; whatever else stands there was a workbook once."""
    try:
        reading = read_delimited(path, scratch, log)
    except Unreadable as error:
        raise Unreadable("broken_workbook") from error
    if len(reading.labels) < 2 or len(start.split()) < 2 or start.count(b"\n") < 1:
        raise Unreadable("broken_workbook")
    return reading


def _check_lines(path: Path) -> None:
    """Raise Unreadable for a line that would have to be held in memory and is too long for that."""
    length = 0
    with path.open("rb") as data:
        while piece := data.read(_PIECE):
            end = b"\n" if b"\n" in piece else b"\r"
            first = piece.find(end)
            length += len(piece) if first < 0 else first
            if length > MAX_LINE:
                raise Unreadable("line_too_long", limit=MAX_LINE // 1_000_000)
            if first >= 0:
                length = len(piece) - piece.rfind(end) - 1


@contextlib.contextmanager
def _said_to_be(code: str) -> Iterator[None]:
    """Whatever a library raises becomes one sentence; what it raised stays as the cause.

    A panic of a Rust library is no Exception.
    """
    try:
        yield
    except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        if isinstance(error, OSError) and error.errno in MACHINE_TROUBLE:
            raise
        raise Unreadable(code) from error
