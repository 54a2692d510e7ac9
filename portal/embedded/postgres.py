"""PostgreSQL from the wheel, in the data folder, on a socket."""

import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2

from portal.embedded import messages
from portal.embedded.account import Account
from portal.embedded.children import Program, is_alive
from portal.embedded.datafolder import DataFolder
from portal.embedded.messages import Refusal
from portal.embedded.waiting import Pause, wait_for

USER = DATABASE = "portal"
# The servers enter their folder through the working directory: as root they run as an
# account that may not walk there by path (/root is closed to others).
HERE = "/proc/self/cwd"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "60",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For tests: their data is thrown away, so nothing waits for the disk.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL server for one data folder."""

    programs: Path
    data: DataFolder
    sockets: Path
    account: Account | None
    durable: bool = True

    @property
    def log(self) -> Path:
        return self.data.logs / "postgres.log"

    @property
    def url(self) -> str:
        return self._url(DATABASE)

    def _url(self, database: str) -> str:
        return f"postgresql://{USER}@{quote(str(self.sockets), safe='')}/{database}"

    def program(self) -> Program:
        settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
        settings["unix_socket_directories"] = str(self.sockets)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="PostgreSQL",
            command=[self.programs / "postgres", "-D", HERE, *options],
            # INT: end the sessions and write everything; QUIT: recover at the next start.
            stop_signals=((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0)),
            folder=self.data.postgres,
            log=self.log,
            account=self.account,
        )

    def create(self) -> None:
        """Make the data folder when there is none; never leaves a half-made one."""
        if self.data.postgres.exists():
            return
        draft = self.data.path / "postgres.new"
        _empty(draft, self.account)
        answer = self._initdb(draft)
        if answer.returncode != 0:
            raise self._creation_failure(answer.stderr)
        draft.rename(self.data.postgres)

    def _initdb(self, draft: Path) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [self.programs / "initdb", "-D", HERE, "-U", USER, "-E", "UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command += ["--auth=trust", "--no-instructions"]
        return subprocess.run(
            command if self.durable else [*command, "--no-sync"],
            cwd=draft,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
            capture_output=True,
            text=True,
            errors="replace",
            start_new_session=True,
        )

    def _creation_failure(self, output: str) -> Refusal:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(output)
        if "No space left on device" in output:
            return self.data.disk_full()
        reason = (output.strip().splitlines() or ["?"])[-1]
        folder = self.data.path
        return Refusal(messages.DATABASE_NOT_CREATED, folder=folder, reason=reason, log=self.log)

    def wait_for_predecessor(self, pause: Pause) -> None:
        """Let a server that a killed run left behind finish, and drop its stale mark.

        The mark holds a process id, which after a restart of the machine may belong
        to some other program of ours; PostgreSQL would then refuse to start.
        """
        mark = self.data.postgres / "postmaster.pid"
        if not mark.exists():
            return
        pid = int(mark.read_text(encoding="utf-8", errors="replace").split("\n")[0])
        if _is_postgres(pid):
            wait_for(lambda: not is_alive(pid), 20.0, pause)
        if not _is_postgres(pid):
            mark.unlink(missing_ok=True)

    def answers(self) -> bool:
        try:
            psycopg2.connect(self._url("postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create_database(self) -> None:
        connection = psycopg2.connect(self._url("postgres"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        finally:
            connection.close()


def _empty(folder: Path, account: Account | None) -> None:
    """An empty folder of the account, without what an interrupted attempt left."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    if account:
        account.own(folder)


def _is_postgres(pid: int) -> bool:
    name = Path(f"/proc/{pid}/comm")
    return is_alive(pid) and name.exists() and name.read_text().strip() == "postgres"
