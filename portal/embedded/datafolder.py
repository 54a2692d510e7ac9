"""The folder named by PORTAL_DATA: whose it is, who uses it, what is in it."""

import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded import messages
from portal.embedded.account import account_name
from portal.embedded.children import is_alive
from portal.embedded.messages import Refusal
from portal.embedded.waiting import Pause, wait_for

NEEDED_MB = 300
MEGABYTE = 1024 * 1024
LOG_LIMIT = 10 * MEGABYTE
# How long the guardian of a killed run may take to stop what that run had started.
GUARDIAN_SECONDS = 40.0


class DataFolder:
    """Paths inside the data folder, and the checks before anything starts there."""

    def __init__(self, path: Path, shared: bool = False) -> None:
        """`shared`: a reverse proxy of our group reads the files below it (FILES_BY_PROXY)."""
        self.path = path
        self.shared = shared
        self.postgres = path / "postgres"
        self.redis = path / "redis"
        self.logs = path / "logs"
        self.lock = path / "lock"
        self.running = path / "running.json"
        self.secret_key_file = path / "secret_key"

    def prepare(self) -> None:
        """Make the folder; raises Refusal when it cannot be written to or the disk is full."""
        try:
            for folder in (self.path, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            self._check_owner()
            self._close_to_others()
            self._try_writing()
        except OSError as error:
            raise self._refusal(error) from error
        self._check_space()
        self._turn_logs()

    def _refusal(self, error: OSError) -> Refusal:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return self.disk_full()
        return Refusal(messages.NOT_WRITABLE, folder=self.path, reason=error.strerror)

    def disk_full(self) -> Refusal:
        free = shutil.disk_usage(self.path).free // MEGABYTE
        return Refusal(messages.DISK_FULL, folder=self.path, free=free, needed=NEEDED_MB)

    def _check_owner(self) -> None:
        owner = self.path.stat().st_uid
        servers = self.postgres.stat().st_uid if self.postgres.exists() else owner
        if os.geteuid() in (0, servers):
            return
        raise Refusal(messages.OTHER_OWNER, folder=self.path, owner=account_name(owner))

    def _close_to_others(self) -> None:
        """Letters, uploads and logs are nobody else's; a proxy that sends files is in our group."""
        self.path.chmod(0o750 if self.shared else 0o700)
        for private in (self.logs, self.path / "mail", self.path / "incoming"):
            private.mkdir(exist_ok=True)
            private.chmod(0o700)

    def _try_writing(self) -> None:
        probe = self.path / f".probe-{os.getpid()}"
        try:
            probe.write_bytes(bytes(MEGABYTE))
        finally:
            probe.unlink(missing_ok=True)

    def _check_space(self) -> None:
        if shutil.disk_usage(self.path).free < NEEDED_MB * MEGABYTE:
            raise self.disk_full()

    def _turn_logs(self) -> None:
        """Keep one older log of each program once it has grown large."""
        for log in self.logs.glob("*.log"):
            if log.stat().st_size > LOG_LIMIT:
                log.replace(log.with_suffix(".log.1"))

    def check_version(self, ours: str) -> None:
        """Raises Refusal when another major version of PostgreSQL made the data."""
        stamp = self.postgres / "PG_VERSION"
        if not stamp.exists():
            return
        found = stamp.read_text(encoding="ascii").strip()
        if found != ours:
            raise Refusal(messages.OTHER_VERSION, folder=self.path, found=found, ours=ours)

    @contextmanager
    def locked(self, pause: Pause) -> Iterator[int]:
        """Hold the folder for this run; yields the lock's descriptor.

        After a killed run its guardian still holds the lock while it stops the rest,
        so that is waited for. Raises Refusal for a live second run.
        """
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take(descriptor, pause)
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield descriptor
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int, pause: Pause) -> None:
        def try_lock() -> bool:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._refuse_live_holder()
            return True

        if not wait_for(try_lock, GUARDIAN_SECONDS, pause):
            raise Refusal(messages.SECOND_INSTANCE, folder=self.path, pid=self.holder())

    def _refuse_live_holder(self) -> bool:
        if is_alive(self.holder()):
            raise Refusal(messages.SECOND_INSTANCE, folder=self.path, pid=self.holder())
        return False

    def holder(self) -> int:
        """The process id written by the run that took the lock last; 0 for none."""
        text = self.lock.read_text(encoding="ascii") if self.lock.exists() else ""
        return int(text or 0)

    def secret_key(self) -> str:
        """The site's secret, made once and readable only by its owner."""
        if not self.secret_key_file.exists():
            write_private(self.secret_key_file, secrets.token_urlsafe(50))
        return self.secret_key_file.read_text(encoding="ascii").strip()

    def announce(self, environment: dict[str, str]) -> None:
        """Write down where the servers listen, for commands that join this run."""
        content = json.dumps({"pid": os.getpid(), "environment": environment})
        write_private(self.running, content)

    def announced(self) -> dict[str, str] | None:
        """The environment of the run that uses this folder now, if there is one."""
        try:
            content = json.loads(self.running.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return content["environment"] if is_alive(content["pid"]) else None


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, complete or not at all."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
