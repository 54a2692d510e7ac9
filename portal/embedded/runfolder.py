"""A short private folder for sockets.

A socket's path may have 107 bytes at most, which a long repository path would break;
the folder is therefore in the temporary folder and not in the data folder.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded import messages
from portal.embedded.account import Account
from portal.embedded.messages import Refusal

SOCKET_PATH_LIMIT = 107
LONGEST_SOCKET_NAME = len("/portal-xxxxxxxx/.s.PGSQL.5432.lock")


@contextmanager
def run_folder(account: Account | None) -> Iterator[Path]:
    """A new folder that only the servers' account (and root) can enter, removed at the end."""
    parent = _short_parent()
    try:
        folder = Path(tempfile.mkdtemp(prefix="portal-", dir=parent))
    except OSError as error:
        raise Refusal(messages.NOT_WRITABLE, folder=parent, reason=error.strerror) from error
    if account:
        account.own(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _short_parent() -> str:
    """The temporary folder, or /tmp when that one is too long; raises Refusal."""
    for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108
        length = len(os.fsencode(parent)) + LONGEST_SOCKET_NAME
        if length <= SOCKET_PATH_LIMIT and Path(parent).is_dir():
            return parent
    raise Refusal(messages.NO_SHORT_FOLDER, folder=tempfile.gettempdir())
