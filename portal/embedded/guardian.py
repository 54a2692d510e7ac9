"""A small process that outlives a killed launcher and stops what it had started.

The launcher writes one JSON line per child it starts or loses. When the pipe closes
without a farewell (`kill -9`, out of memory) the guardian stops the children in the
order the launcher would have used, with their whole process groups, and removes the
folder of the sockets. It also holds the lock of the data folder until that is done.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from portal.embedded.children import Child, end_group, is_alive
from portal.embedded.waiting import wait_for

STOP_ORDER = ("web", "downloads", "ingest", "worker", "beat", "Redis", "PostgreSQL")
ROOT = Path(__file__).parents[2]


class Guardian:
    """The launcher's end of the pipe."""

    def __init__(self, run_folder: Path, lock: int) -> None:
        """`lock` is the descriptor of the data folder's lock."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.embedded.guardian", str(run_folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=(lock,),
            start_new_session=True,
            text=True,
        )

    def watch(self, child: Child) -> None:
        signals = [[int(number), seconds] for number, seconds in child.program.stop_signals]
        self._write({"pid": child.pid, "name": child.program.name, "signals": signals})

    def forget(self, child: Child) -> None:
        self._write({"ended": child.pid})

    def dismiss(self) -> None:
        """Everything has been stopped in order: nothing is left to guard."""
        self._write({"farewell": True})
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.close()
        self.process.wait()

    def _write(self, line: dict[str, object]) -> None:
        if self.process.stdin is None:
            return
        # Someone who ends the guardian by hand must not take the site down with it.
        with suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(line) + "\n")
            self.process.stdin.flush()


class Watched(NamedTuple):
    """A child of the launcher, as the guardian knows it."""

    name: str
    pid: int
    signals: list[tuple[int, float]]


def listen(lines: Iterable[str]) -> dict[int, Watched]:
    """Read until the pipe closes; what still runs, by process id (none after a farewell)."""
    watched: dict[int, Watched] = {}
    for line in lines:
        message = json.loads(line)
        if message.get("farewell"):
            return {}
        if "ended" in message:
            watched.pop(message["ended"], None)
        else:
            watched[message["pid"]] = Watched(**message)
    return watched


def stop(child: Watched) -> None:
    """Ask, ask harder, then end the process group."""
    for number, seconds in child.signals:
        with suppress(ProcessLookupError):
            os.kill(child.pid, number)
        if wait_for(lambda: not is_alive(child.pid), seconds, time.sleep):
            break
    end_group(child.pid)


def main(run_folder: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watched = listen(sys.stdin)
    for child in sorted(watched.values(), key=lambda child: STOP_ORDER.index(child.name)):
        stop(child)
    shutil.rmtree(run_folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
