"""Redis from the wheel, in the data folder, on a socket."""

import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.embedded import messages
from portal.embedded.account import Account
from portal.embedded.children import Program
from portal.embedded.datafolder import DataFolder
from portal.embedded.messages import Tell

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "databases": "16",
    "dir": ".",
    # Queued jobs must survive a restart, and must never be thrown away for memory.
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
}


@dataclass(frozen=True)
class Redis:
    """One Redis server for one data folder."""

    server: Path
    data: DataFolder
    sockets: Path
    account: Account | None
    durable: bool = True

    @property
    def socket(self) -> Path:
        return self.sockets / "redis.sock"

    @property
    def log(self) -> Path:
        return self.data.logs / "redis.log"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=0"

    def program(self) -> Program:
        settings = SETTINGS | {"unixsocket": str(self.socket)}
        if not self.durable:
            settings["appendonly"] = "no"
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return Program(
            name="Redis",
            command=[self.server, *options],
            stop_signals=((signal.SIGTERM, 10.0),),
            folder=self.data.redis,
            log=self.log,
            account=self.account,
            before=self.mend,
        )

    def create(self) -> None:
        """Make the folder of its append-only file when there is none."""
        if self.data.redis.exists():
            return
        self.data.redis.mkdir(mode=0o700)
        if self.account:
            self.account.own(self.data.redis)

    def mend(self, tell: Tell) -> None:
        """Cut off what a power cut or a full disk has left at the end of its file, which would keep it from
        starting. What it held is in the database too, or is counted anew; a copy stays beside.
        """
        file = next((one for one in self._append_only_files() if one.exists()), None)
        if file is None or self._check(file) == 0:
            return
        whole = file.parent if file.parent != self.data.redis else file
        copy = self.data.redis / f"{whole.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
        (shutil.copytree if whole.is_dir() else shutil.copy2)(whole, copy)
        if self._check(file, "--fix") == 0:
            tell(messages.REDIS_MENDED, copy=copy)

    def _append_only_files(self) -> tuple[Path, Path]:
        """Of version 7 on, and of those before."""
        name = "appendonly.aof"
        return self.data.redis / "appendonlydir" / f"{name}.manifest", self.data.redis / name

    def _check(self, file: Path, *options: str) -> int:
        """The program that checks is the server under another name; 0 for a file that is whole."""
        with self.log.open("ab") as log:
            return subprocess.run(
                [
                    f"{self.server.name.partition('-')[0]}-check-aof",
                    *options,
                    file.relative_to(self.data.redis),
                ],
                executable=self.server,
                cwd=self.data.redis,
                input=b"y\n",
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            ).returncode

    def answers(self) -> bool:
        """True once PING gives PONG; while it loads its file it gives an error."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False
