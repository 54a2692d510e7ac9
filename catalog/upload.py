"""Taking a file in without ever holding it in memory.

Chunks go to a file beside the storage and into a SHA-256 as they arrive; the file is then moved, not
copied, into a local storage. What is larger than the limit, or sent by nobody who has signed in, is
read to its end and thrown away, so that the sender gets a sentence instead of a broken connection.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class IncomingFile(TemporaryUploadedFile):
    """An uploaded file on disk. `sha256` is hexadecimal; `too_large` files are empty."""

    sha256: str = ""
    too_large: bool = False


class StreamingUploadHandler(TemporaryFileUploadHandler):
    """One file field after another: on disk, hashed, limited."""

    file: Any
    chunk_size = 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = IncomingFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )
        self._digest = hashlib.sha256()
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > self._limit:
            self._drop()
            return
        self._digest.update(raw_data)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> IncomingFile:
        self.file.seek(0)
        self.file.size = 0 if self.file.too_large else file_size
        self.file.sha256 = self._digest.hexdigest()
        return self.file

    @property
    def _limit(self) -> int:
        person = getattr(self.request, "user", None)
        return settings.UPLOAD_MAX_BYTES if person and person.is_authenticated else 0

    def _drop(self) -> None:
        if not self.file.too_large:
            self.file.too_large = True
            self.file.seek(0)
            self.file.truncate()
