"""Room on the disk: what is free beside the reserve, which errors say that there is none."""

import errno
import shutil
from typing import Any

import psycopg2.errors
import pytest

from core import disk

MEGABYTE = 1024**2


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """350 MB on the disk, of which 300 stay free."""
    settings.DISK_RESERVE_MB = 300
    usage = shutil._ntuple_diskusage(1000 * MEGABYTE, 650 * MEGABYTE, 350 * MEGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)


@pytest.mark.usefixtures("free")
def test_the_reserve_is_not_room() -> None:
    assert disk.free_bytes() == 50 * MEGABYTE


def test_the_reserve_begun_is_no_room_at_all(free: None, settings: Any) -> None:
    settings.DISK_RESERVE_MB = 400
    assert disk.free_bytes() == 0


@pytest.mark.parametrize(
    "error",
    [
        disk.DiskFull(),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        Exception("MISCONF Errors writing to the AOF file: No space left on device"),
        Exception('IO Error: Could not write file "x": No space left on device'),
    ],
)
def test_a_full_disk_is_known_whoever_tells(error: Exception) -> None:
    assert disk.is_full(error)


def test_a_full_disk_is_known_behind_another_error() -> None:
    error = RuntimeError("the page")
    error.__cause__ = OSError(errno.ENOSPC, "x")
    assert disk.is_full(error)


def test_another_error_is_another() -> None:
    assert not disk.is_full(OSError(errno.EACCES, "x"))
    assert not disk.is_full(psycopg2.errors.UniqueViolation())
    assert not disk.is_full(None)
