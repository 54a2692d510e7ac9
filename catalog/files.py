"""Files of releases in the storage, and local copies for the table engine.

A key never changes its content, so that a copy fetched once stays good.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage

log = structlog.get_logger(__name__)
# What a storage raises for a file it does not give: a local one, an object storage.
NOT_GIVEN = (OSError, BotoCoreError, ClientError)
TABLE = "table.duckdb"
CSV = "data.csv"
PARQUET = "data.parquet"
EXCEL = "data.xlsx"
SEARCH = "search.db"
SORT = "sort.duckdb"


class FileUnavailable(OSError):
    """A stored file is not there, is not whole, or the storage does not give it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"stored file cannot be read: {key}")


class MovableFile(File):
    """A finished local file that a local storage may take over by renaming it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def store(path: Path, key: str) -> None:
    """Put the local file under `key`, which must be new; the local file may be gone afterwards.

    Raises FileExistsError for a key in use: content under a key never changes.
    """
    with MovableFile(path) as file:
        kept = default_storage.save(key, file)
    if kept != key:
        default_storage.delete(kept)
        raise FileExistsError(key)


def replace(path: Path, key: str) -> None:
    """Put the local file under `key` whatever a run that died may have left there."""
    default_storage.delete(key)
    store(path, key)


def store_incoming(file: File, key: str) -> None:
    """Put an uploaded file under a new key: renamed into a local storage, streamed into any other."""
    default_storage.save(key, file)


def remove(key: str) -> None:
    default_storage.delete(key)


@contextmanager
def local(key: str) -> Iterator[Path]:
    """A local path to read the stored file from, for the length of the block."""
    kept = _path_in_storage(default_storage, key)
    if kept is not None:
        yield kept
        return
    with work_folder() as folder:
        yield _fetch(key, folder / Path(key).name)


def opened(key: str) -> File:
    """The stored file, to be read. Raises FileUnavailable."""
    try:
        return default_storage.open(key, "rb")
    except NOT_GIVEN as error:
        log.exception("stored_file_unavailable", key=key)
        raise FileUnavailable(key) from error


def whole(key: str, size: int | None) -> Path:
    """As `cached`; raises FileUnavailable also for a file of another length than `size` bytes."""
    path = cached(key)
    try:
        is_whole = path.stat().st_size == size
        path.open("rb").close()
    except OSError as error:
        log.exception("stored_file_unavailable", key=key)
        raise FileUnavailable(key) from error
    if not is_whole:
        log.error("stored_file_not_whole", key=key, expected=size)
        raise FileUnavailable(key)
    return path


def cached(key: str) -> Path:
    """A local path that stays: the storage's own, else a copy in the cache of this machine.

    Raises FileUnavailable where a remote storage does not give the file; a local one is not asked.
    """
    kept = _path_in_storage(default_storage, key)
    if kept is not None:
        return kept
    copy = settings.PORTAL_DATA / "cache" / key
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            with work_folder() as folder:
                _fetch(key, folder / "copy").replace(copy)
        except NOT_GIVEN as error:
            log.exception("stored_file_unavailable", key=key)
            raise FileUnavailable(key) from error
    return copy


def work_root() -> Path:
    """Where files are written on the way to somewhere else: on the disk of the data folder."""
    root = Path(settings.PORTAL_DATA) / "work"
    root.mkdir(parents=True, exist_ok=True)
    return root


@contextmanager
def work_folder() -> Iterator[Path]:
    """A new empty folder on the disk of the data folder, gone after the block."""
    folder = Path(tempfile.mkdtemp(dir=work_root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_work(before: datetime) -> int:
    """Remove what programs that were killed left in the work folder; how much it was."""
    left = [path for path in work_root().iterdir() if path.stat().st_mtime < before.timestamp()]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _path_in_storage(storage: Storage, key: str) -> Path | None:
    try:
        return Path(storage.path(key))
    except NotImplementedError:  # object storage has no paths
        return None


def _fetch(key: str, target: Path) -> Path:
    with default_storage.open(key) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1024 * 1024)
    return target
