"""ZIP and gzip files holding exactly one data file, guarded against bombs."""

import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from tables.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNZIPPED
from tables.problems import Unreadable

_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
_PIECE = 1 << 20
_SMALL = 10_000_000  # below this size no ratio is suspicious


def is_zip(start: bytes) -> bool:
    """Do the first bytes belong to a ZIP?"""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_gzip(start: bytes) -> bool:
    """Do the first bytes belong to a gzip file?"""
    return start.startswith(b"\x1f\x8b\x08")


def members(path: Path) -> list[zipfile.ZipInfo]:
    """What a ZIP lists. Raises Unreadable("broken_zip", "zip_bomb")."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except _BROKEN as error:
        raise Unreadable("broken_zip") from error
    if len(listed) > MAX_ENTRIES:
        raise Unreadable("zip_count", count=len(listed))
    return listed


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
    check_size(member.file_size, member.compress_size)
    target = scratch / "unzipped"
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            _unpack(packed, member.compress_size, target)
    except _BROKEN as error:
        raise Unreadable("broken_zip") from error
    return target, PurePosixPath(member.filename).name


def gunzip(path: Path, filename: str, scratch: Path) -> tuple[Path, str]:
    """Unpack a gzip file and return its path and name without .gz.

    Raises Unreadable("zip_bomb", "broken_zip").
    """
    target = scratch / "gunzipped"
    try:
        with gzip.open(path) as packed:
            _unpack(packed, path.stat().st_size, target)
    except _BROKEN as error:
        raise Unreadable("broken_zip") from error
    name = PurePosixPath(filename)
    return target, name.stem if name.suffix.lower() == ".gz" else name.name


def _unpack(packed: IO[bytes] | gzip.GzipFile, size: int, target: Path) -> None:
    written = 0
    with target.open("wb") as out:
        while piece := packed.read(_PIECE):
            written += len(piece)
            check_size(written, size)
            out.write(piece)


def check_size(size: int, packed: int, most: int = MAX_UNZIPPED) -> None:
    """Raise Unreadable("zip_bomb") for so many bytes out of so many packed ones."""
    if size > most or (size > _SMALL and size > max(packed, 1) * MAX_RATIO):
        raise Unreadable("zip_bomb", limit=most // 1_000_000)


def _is_litter(member: zipfile.ZipInfo) -> bool:
    """Folders and what macOS and Windows leave behind."""
    name = PurePosixPath(member.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return member.is_dir() or hidden or name.name.lower() in ("thumbs.db", "desktop.ini")
