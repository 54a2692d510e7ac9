"""Starting and stopping child processes so that none is ever left behind.

Each child leads its own session: a Ctrl-C in the terminal reaches only us, and its
whole process group can be ended together. The kernel tells a child when we die
(PR_SET_PDEATHSIG); grandchildren are the guardian's work (`guardian.py`).
"""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded.account import Account
from portal.embedded.messages import Tell
from portal.embedded.waiting import Pause, wait_for

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)

# Which signals ask a program to stop, and how many seconds each may take.
StopSignals = tuple[tuple[signal.Signals, float], ...]


@dataclass(frozen=True)
class Program:
    """What to run, as whom, where, and how to ask it to stop; `before` is done before each start."""

    name: str
    command: Sequence[str | Path]
    stop_signals: StopSignals
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    before: Callable[[Tell], None] | None = None


@dataclass(frozen=True)
class Child:
    """A running program."""

    program: Program
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def how_it_ended(self) -> str:
        """“SIGKILL” or “exit code 1”, for a person to read."""
        code = self.process.returncode
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def leash(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """A function for the new child, called after it has taken its account.

    (Taking another account would clear the death signal.)
    """

    def bind() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return bind


def start(program: Program) -> Child:
    """Start a program; its output is added to its log. Raises OSError."""
    account = program.account
    with program.log.open("ab") as log:
        process = subprocess.Popen(
            program.command,
            cwd=program.folder,
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,
            preexec_fn=leash(os.getpid(), program.stop_signals[0][0]),
        )
    return Child(program, process)


def stop(child: Child, pause: Pause) -> None:
    """Ask, ask harder, then end what is left of its process group."""
    for number, seconds in child.program.stop_signals:
        if child.has_ended():
            break
        child.process.send_signal(number)
        wait_for(child.has_ended, seconds, pause)
    end_group(child.pid)
    child.process.wait()


def end_group(pid: int) -> None:
    """Kill every process of the group that `pid` leads or led."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be collected does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"
