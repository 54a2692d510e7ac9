"""The operating system account that PostgreSQL and Redis run as."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """A user and its group, by number."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def own_tree(self, folder: Path) -> None:
        self.own(folder)
        for parent, folders, files in os.walk(folder):
            for name in folders + files:
                os.chown(Path(parent) / name, self.uid, self.gid, follow_symlinks=False)


def server_account(existing: Path) -> Account | None:
    """Whom the servers run as; None means as ourselves.

    PostgreSQL refuses to run as root. Root therefore lends it to the owner of the
    `existing` data, so that a folder made by a normal user keeps its owner, or else
    to nobody.
    """
    if os.geteuid() != 0:
        return None
    if existing.exists() and (owner := existing.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def account_name(uid: int) -> str:
    """The name of an account, or its number when it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
