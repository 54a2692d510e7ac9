"""Compound files (OLE): the container of XLS, of locked XLSX and of old Word documents.

Its sectors are chained like those of a disk. A chain that comes back to itself has no end, and readers
that follow it fill the memory: chains are walked here first.
"""

import struct
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

from tables.problems import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPECIAL = 0xFFFFFFFA  # from here on a number is a mark, not a sector
_IN_HEADER = 109  # sectors of the allocation table that the header names itself
_ENTRY = 128  # bytes of an entry of the directory
_MINI = 64  # bytes of a sector for small streams
_STREAM, _ROOT = 2, 5


def stream_names(path: Path) -> set[str]:
    """Names of the streams and folders inside. Raises Unreadable("broken_workbook")."""
    with path.open("rb") as data:
        try:
            return _Compound(data, path.stat().st_size).checked()
        except (struct.error, IndexError, ValueError, EOFError) as error:
            raise Unreadable("broken_workbook") from error


def read_stream(path: Path, names: Collection[str]) -> bytes:
    """The stream with one of these names, whole. Raises Unreadable("broken_workbook")."""
    with path.open("rb") as data:
        try:
            return _Compound(data, path.stat().st_size).stream(names)
        except (struct.error, IndexError, ValueError, EOFError) as error:
            raise Unreadable("broken_workbook") from error


class _Chains:
    """A table that names for each sector the one after it."""

    def __init__(self, table: "array[int]") -> None:
        self._next = table
        self._walked = array("I", bytes(table.itemsize * len(table)))
        self._walks = 0

    def walk(self, sector: int) -> list[int]:
        """Sectors to the end of the chain, or to where another chain has been before."""
        self._walks += 1
        found = []
        while sector < _SPECIAL:
            if self._walked[sector] == self._walks:
                raise ValueError("a chain of sectors has no end")
            if self._walked[sector]:
                break
            self._walked[sector] = self._walks
            found.append(sector)
            sector = self._next[sector]
        return found


class _Compound:
    def __init__(self, data: IO[bytes], size: int) -> None:
        self._data = data
        header = data.read(512)
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in (9, 12):
            raise ValueError("sector size")
        self._sector = 1 << shift
        self._most = size // self._sector + 1
        self._directory, self._cutoff, mini, difat = struct.unpack_from("<I4xII4xI", header, 48)
        named = [*struct.unpack_from(f"<{_IN_HEADER}I", header, 76), *self._named_elsewhere(difat)]
        self._sectors = _Chains(self._table(named))
        self._minis = _Chains(self._table(self._sectors.walk(mini)))

    def checked(self) -> set[str]:
        """Every chain has been walked to its end; the names in the directory."""
        names = set()
        for name, kind, start, size in self._entries():
            names.add(name)
            if kind == _ROOT or (kind == _STREAM and size >= self._cutoff):
                self._sectors.walk(start)
            elif kind == _STREAM and size:
                self._minis.walk(start)
        return names

    def stream(self, names: Collection[str]) -> bytes:
        """What the stream with one of the names holds; ValueError if there is none."""
        entries = list(self._entries())
        found = next((one for one in entries if one[0] in names and one[1] == _STREAM), None)
        if found is None:
            raise ValueError("no such stream")
        _, _, start, size = found
        if size >= self._cutoff:
            return b"".join(map(self._read, self._sectors.walk(start)))[:size]
        root = next(first for _, kind, first, _ in entries if kind == _ROOT)
        small = b"".join(map(self._read, self._sectors.walk(root)))
        parts = (small[at * _MINI : (at + 1) * _MINI] for at in self._minis.walk(start))
        return b"".join(parts)[:size]

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        """The directory: name, kind, first sector, size."""
        for sector in self._sectors.walk(self._directory):
            entries = self._read(sector)
            for at in range(0, len(entries), _ENTRY):
                yield _entry(entries[at : at + _ENTRY])

    def _named_elsewhere(self, sector: int) -> Iterator[int]:
        """Sectors of the allocation table beyond those that the header names."""
        seen: set[int] = set()
        while sector < _SPECIAL:
            if sector in seen:
                raise ValueError("the list of allocation sectors has no end")
            seen.add(sector)
            *named, sector = struct.unpack(f"<{self._sector // 4}I", self._read(sector))
            yield from named

    def _table(self, sectors: Iterable[int]) -> "array[int]":
        table = array("I")
        for number in sectors:
            if number < _SPECIAL and len(table) <= self._most:
                table.frombytes(self._read(number))
        if sys.byteorder == "big":
            table.byteswap()
        return table

    def _read(self, sector: int) -> bytes:
        """The sector; the last one of a file may be cut short."""
        self._data.seek((sector + 1) * self._sector)
        found = self._data.read(self._sector)
        if not found:
            raise EOFError("a sector beyond the end")
        return found.ljust(self._sector, b"\0")


def _entry(entry: bytes) -> tuple[str, int, int, int]:
    """Name, kind, first sector, size in bytes (as XLS has it: 32 bits)."""
    length, kind = struct.unpack_from("<HB", entry, 64)
    start, size = struct.unpack_from("<II", entry, 116)
    name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return name, kind, start, size
