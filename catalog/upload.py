"""Taking a file in without ever holding it in memory.

A page that takes a file says so (`takes_file`). Chunks go to a file beside the storage and into a
SHA-256 as they arrive; the file is then moved, not copied, into a local storage. Nothing else is
written: what is sent to another page, by nobody who has signed in, beyond the one file or beyond its
largest size is read and thrown away, so that the sender gets a sentence instead of a broken connection.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(largest: Callable[[], int]) -> Callable[[View], View]:
    """A view whose form has one file field; `largest` gives the bytes its file may have."""

    def mark(view: View) -> View:
        view.largest_file = largest  # type: ignore[attr-defined]
        return view

    return mark


class IncomingFile(TemporaryUploadedFile):
    """An uploaded file on disk. `sha256` is hexadecimal; `too_large` files are empty."""

    sha256: str = ""
    too_large: bool = False


class StreamingUploadHandler(TemporaryFileUploadHandler):
    """The one file of a form: on disk, hashed, limited."""

    file: Any
    chunk_size = 1024 * 1024
    _has_come = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._largest = self._largest_file()
        if self._largest is None or self._has_come:
            raise SkipFile
        self._has_come = True
        super().new_file(*args, **kwargs)
        self.file = IncomingFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )
        self._digest = hashlib.sha256()
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._largest is None or self._received > self._largest:
            self._drop()
            return
        self._digest.update(raw_data)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> IncomingFile:
        file: IncomingFile = self.file
        del self.file  # a file that is skipped later would close it
        file.seek(0)
        file.size = 0 if file.too_large else file_size
        file.sha256 = self._digest.hexdigest()
        return file

    def _largest_file(self) -> int | None:
        """Bytes that the page asked for takes from this person; None: no file."""
        person = getattr(self.request, "user", None)
        page = getattr(self.request, "resolver_match", None)
        size = getattr(page and page.func, "largest_file", None)
        return size() if size and person and person.is_authenticated else None

    def _drop(self) -> None:
        if not self.file.too_large:
            self.file.too_large = True
            self.file.seek(0)
            self.file.truncate()


def clear_incoming(before: datetime) -> int:
    """Remove what uploads left whose process was killed, last written to before then; how many."""
    removed = 0
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
