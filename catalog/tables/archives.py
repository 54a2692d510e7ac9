"""ZIP files holding exactly one data file, guarded against bombs."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from catalog.tables.limits import MAX_RATIO, MAX_SHEET_BYTES, MAX_UNZIPPED
from catalog.tables.problems import Unreadable

_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
_PIECE = 1 << 20
_SMALL = 10_000_000  # below this size no ratio is suspicious


def is_zip(start: bytes) -> bool:
    """Do the first bytes belong to a ZIP?"""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members(path: Path) -> list[zipfile.ZipInfo]:
    """What a ZIP lists. Raises Unreadable("broken_zip")."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except _BROKEN:
        raise Unreadable("broken_zip") from None


def zip_holds_workbook(path: Path) -> bool:
    """XLSX and ODS are ZIP files too. Raises Unreadable("zip_bomb") for a swollen one."""
    listed = members(path)
    names = {member.filename for member in listed}
    workbook = "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names
    if workbook and sum(member.file_size for member in listed) > MAX_SHEET_BYTES:
        raise Unreadable("zip_bomb", limit=MAX_SHEET_BYTES // 1_000_000)
    return workbook


def unzip(path: Path, scratch: Path) -> tuple[Path, str]:
    """Unpack the one data file and return its path and its own name.

    Raises Unreadable("zip_count", "encrypted", "zip_bomb", "broken_zip").
    """
    listed = [member for member in members(path) if not _is_litter(member)]
    if len(listed) != 1:
        raise Unreadable("zip_count", count=len(listed))
    (member,) = listed
    if member.flag_bits & 1:
        raise Unreadable("encrypted")
    _check_size(member.file_size, member.compress_size)
    target = scratch / "unzipped"
    try:
        _unpack(path, member, target)
    except _BROKEN:
        raise Unreadable("broken_zip") from None
    return target, PurePosixPath(member.filename).name


def _unpack(path: Path, member: zipfile.ZipInfo, target: Path) -> None:
    written = 0
    with zipfile.ZipFile(path) as archive, archive.open(member) as packed, target.open("wb") as out:
        while piece := packed.read(_PIECE):
            written += len(piece)
            _check_size(written, member.compress_size)
            out.write(piece)


def _check_size(size: int, packed: int) -> None:
    if size > MAX_UNZIPPED or (size > _SMALL and size > max(packed, 1) * MAX_RATIO):
        raise Unreadable("zip_bomb", limit=MAX_UNZIPPED // 1_000_000)


def _is_litter(member: zipfile.ZipInfo) -> bool:
    """Folders and what macOS and Windows leave behind."""
    name = PurePosixPath(member.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return member.is_dir() or hidden or name.name.lower() in ("thumbs.db", "desktop.ini")
