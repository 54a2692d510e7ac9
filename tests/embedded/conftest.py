"""Real launchers in temporary folders: what they start, and what they leave."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from portal.embedded.options import ROOT

LAUNCHER = [sys.executable, "-m", "portal.embedded"]
GIVEN_TO_TESTS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
Launch = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new data folder."""
    with new_folder() as folder:
        yield folder


@contextmanager
def new_folder() -> Iterator[Path]:
    """A data folder with a space in its path that the servers' account can enter."""
    with tempfile.TemporaryDirectory(prefix="kho du lieu ") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "var"


@pytest.fixture
def launch(folder: Path) -> Iterator[Launch]:
    """Start a launcher with the given arguments and variables on the data folder."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*LAUNCHER, *arguments],
            cwd=ROOT,
            env=environment(folder) | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        end_tree(process)


def environment(folder: Path) -> dict[str, str]:
    """Ours without the servers of this test run, so that the launcher starts its own."""
    ours = {name: value for name, value in os.environ.items() if name not in GIVEN_TO_TESTS}
    return ours | {"PORTAL_DATA": str(folder), "DEMO": "0", "PYTHONUNBUFFERED": "1"}


def end_tree(process: subprocess.Popen[str]) -> None:
    """Ask a launcher to stop and collect it, whatever the test has done with it."""
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=40)


def processes_of(folder: Path) -> list[psutil.Process]:
    """Every live process of this data folder: PostgreSQL and Redis work in it, the rest know it."""
    return [process for process in psutil.process_iter() if _belongs(process, folder)]


def _belongs(process: psutil.Process, folder: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if Path(process.cwd()).is_relative_to(folder):
            return True
        return process.environ().get("PORTAL_DATA") == str(folder)
    except (psutil.NoSuchProcess, psutil.AccessDenied, OSError):
        return False


def eventually(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether the condition comes to hold in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
