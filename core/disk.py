"""Room on the disk of the data folder: how much there is, and what is said when there is none."""

import errno
import shutil
from collections.abc import Iterator

from django.conf import settings

FULL = (errno.ENOSPC, errno.EDQUOT)


class DiskFull(OSError):
    """Less room than the work needs; raised before the disk refuses by itself."""

    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "No space left on device")


def free_bytes() -> int:
    """Bytes that may still be written to the disk of PORTAL_DATA, the reserve not counted; 0 for none.

    The reserve (setting DISK_RESERVE_MB) stays free for what must go on: the database's own files,
    sign-ins, the audit trail.
    """
    free = shutil.disk_usage(settings.PORTAL_DATA).free
    return max(0, free - settings.DISK_RESERVE_MB * 1024**2)


def is_full(error: BaseException | None) -> bool:
    """Whether this error, or one that it came from, says that a disk is full.

    The files' own error, PostgreSQL's (SQLSTATE 53100), Redis' and the table engine's, who tell it in words.
    """
    return any(_says_full(one) for one in _causes(error))


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    if getattr(error, "pgcode", None) == "53100":
        return True
    said = str(error)
    return "No space left on device" in said or "disk full" in said.lower()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
