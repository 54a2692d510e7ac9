"""`make run`: the whole site, started for real, and stopped in every way it can be stopped."""

import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.embedded.conftest import Launch, eventually, new_folder, processes_of

STOP_ORDER = ["web", "downloads", "ingest", "worker", "beat", "Redis", "PostgreSQL"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One folder for both runs: the second finds the static files collected."""
    with new_folder() as folder:
        yield folder


@pytest.fixture
def site(launch: Launch, free_port: int) -> subprocess.Popen[str]:
    """A running site; its address has been printed."""
    process = launch("run", PORT=str(free_port))
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    assert any("Press Ctrl-C" in line for line in lines), process.stderr and process.stderr.read()
    return process


def answers(port: int, path: str = "healthz") -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def command_line(process: psutil.Process) -> list[str]:
    """Empty for a process that has just been killed."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def open_to_others(folder: Path) -> list[str]:
    """Files and folders that somebody else on the machine could enter or read; sockets have none."""
    found = [folder, *(folder / name for name in ("logs", "mail", "incoming", "postgres", "redis"))]
    found += [path for path in folder.glob("*") if path.is_file()]
    return [str(path) for path in found if path.stat().st_mode & 0o077]


def damage_redis_file(folder: Path) -> None:
    """As a power cut may: zeros where the last commands should be."""
    for file in (folder / "redis").rglob("appendonly.aof*"):
        if file.suffix != ".manifest":
            with file.open("ab") as tail:
                tail.write(b"\0" * 100)


def is_on(word: str, line: list[str]) -> bool:
    return any(word in (part, Path(part.partition(" ")[0]).name) for part in line)


def masters(folder: Path, word: str) -> list[psutil.Process]:
    """The processes with `word`, or a program of that name, on their command line whose parent has it not."""
    found = [process for process in processes_of(folder) if is_on(word, command_line(process))]
    return [process for process in found if process.ppid() not in {other.pid for other in found}]


def test_killed_launcher_leaves_no_process(site: subprocess.Popen[str], folder: Path) -> None:
    assert len(processes_of(folder)) > 10
    os.kill(site.pid, signal.SIGKILL)
    assert eventually(lambda: processes_of(folder) == [], seconds=40)


def test_serves_survives_a_killed_worker_and_stops_in_order(
    site: subprocess.Popen[str], folder: Path, free_port: int
) -> None:
    assert answers(free_port)
    assert open_to_others(folder) == []
    assert not (folder / "metrics").exists()  # a full disk would kill who maps them
    damage_redis_file(folder)
    for word in ("ingest", "granian", "redis-server", "postgres"):
        (victim,) = masters(folder, word)
        victim.kill()
        assert eventually(lambda: [p.pid for p in masters(folder, word)] not in ([], [victim.pid]))  # noqa: B023
    assert eventually(lambda: answers(free_port, "readyz"))
    site.send_signal(signal.SIGINT)
    output, errors = site.communicate(timeout=60)
    stopping = [
        line.split("Stopping ")[1].rstrip("…")
        for line in output.splitlines()
        if "Stopping " in line
    ]
    assert stopping == STOP_ORDER
    assert "The end of Redis's file was damaged" in output
    assert site.returncode == 0
    assert "Traceback" not in errors
    assert processes_of(folder) == []
