"""A Redis of the test's own, and a wire to the database: both can go away under running programs."""

import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portal.embedded import binaries, children
from portal.embedded.datafolder import DataFolder
from portal.embedded.redis import Redis
from tests.processes import wait_for


@dataclass
class OwnRedis:
    """As `make run` starts it: what it has taken survives a kill."""

    server: Redis
    child: children.Child | None = None

    @property
    def url(self) -> str:
        return self.server.url

    def start(self) -> None:
        self.child = children.start(self.server.program())
        wait_for(self.server.answers, "Redis")

    def kill(self) -> None:
        if self.child is not None:
            self.child.process.send_signal(signal.SIGKILL)
            self.child.process.wait()
            self.child = None


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    data = DataFolder(folder)
    data.logs.mkdir()
    one = OwnRedis(Redis(binaries.redis_server(None, folder), data, folder, None))
    one.server.create()
    one.start()
    try:
        yield one
    finally:
        one.kill()
        shutil.rmtree(folder)


@dataclass
class Wire:
    """Passes on what comes in at a port to the socket of a server.

    Cut, it is as if the server were not there.
    """

    to: str
    port: int = 0
    _listener: socket.socket | None = None
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def join(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._run(self._accept, self._listener)

    def cut(self) -> None:
        sockets = [*self._open, *([self._listener] if self._listener else [])]
        for one in sockets:
            with suppress(OSError):  # closing alone would leave a thread waiting
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in sockets:
            one.close()
        self._open, self._threads, self._listener = [], [], None

    def _run(self, work: Callable[..., None], *sockets: socket.socket) -> None:
        thread = threading.Thread(target=work, args=sockets, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self.to)
                self._open += [near, far]
                for pair in ((near, far), (far, near)):
                    self._run(_pass_on, *pair)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(1 << 16):
            target.sendall(piece)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire_to_database() -> Iterator[Wire]:
    """The database server of the run must be the embedded one, which has a socket."""
    folder = unquote(urlsplit(os.environ["DATABASE_URL"]).hostname or "")
    wire = Wire(f"{folder}/.s.PGSQL.5432")
    wire.join()
    try:
        yield wire
    finally:
        wire.cut()
