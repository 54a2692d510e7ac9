"""Redis from the wheel, in the data folder, on a socket."""

import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.embedded.account import Account
from portal.embedded.children import Program
from portal.embedded.datafolder import DataFolder

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
        )

    def create(self) -> None:
        """Make the folder of its append-only file when there is none."""
        if self.data.redis.exists():
            return
        self.data.redis.mkdir(mode=0o700)
        if self.account:
            self.account.own(self.data.redis)

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
