"""A function in a process of its own: its answer, and each way to die."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.confined import Died, Limits, run
from tests import processes

ROOMY = Limits(memory_bytes=1 << 30, cpu_seconds=60, wall_seconds=60, file_bytes=1 << 20)


def limits(**given: Any) -> Limits:
    return Limits(**{**vars(ROOMY), **given})


def ask(name: str, limits: Limits = ROOMY, /, **argument: Any) -> Any:
    return run(f"tests.core.told:{name}", argument, limits=limits)


def death(name: str, limits: Limits = ROOMY, /, **argument: Any) -> Died:
    with pytest.raises(Died) as died:
        ask(name, limits, **argument)
    return died.value


def test_answers_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@here/portal")
    monkeypatch.setenv("SECRET_KEY", "secret")
    told: list[object] = []
    found = run(
        "tests.core.told:answer", {"number": 21}, limits=ROOMY, progress=lambda *w: told.append(w)
    )
    assert (found["doubled"], told) == (42, [("reading", 0.5)])
    assert "PATH" in found["environment"]
    assert not {"DATABASE_URL", "SECRET_KEY"} & set(found["environment"])


def test_what_progress_raises_ends_the_process(tmp_path: Path):
    def refuse(*_words: object) -> None:
        raise LookupError("the row has gone")

    with pytest.raises(LookupError):
        run("tests.core.told:answer", {"number": 1}, limits=ROOMY, progress=refuse)
    assert own_children() == []


@pytest.mark.parametrize(
    ("name", "argument", "given", "reason"),
    [
        ("eat", {"megabytes": 4000}, {"memory_bytes": 300 << 20}, "memory"),
        ("abort_for_memory", {}, {}, "memory"),
        ("spin", {}, {"cpu_seconds": 1}, "time"),
        ("sleep", {}, {"wall_seconds": 0.5}, "time"),
        ("chatter", {}, {"output_bytes": 1 << 20}, "size"),
        ("talk", {"size": 2 << 20}, {"output_bytes": 1 << 20}, "size"),
        ("abort", {}, {}, "crashed"),
        ("panic", {}, {}, "crashed"),
        ("be_killed", {}, {}, "killed"),
        ("leave", {}, {}, "crashed"),
    ],
)
def test_dies(name: str, argument: dict[str, Any], given: dict[str, Any], reason: str):
    assert death(name, limits(**given), **argument).reason == reason
    assert own_children() == []


def test_writes_no_file_larger_than_it_may(tmp_path: Path):
    target = tmp_path / "large"
    assert death("write", path=str(target), size=2 << 20).reason == "size"
    assert target.stat().st_size == 1 << 20


def test_the_technical_cause_is_kept_for_the_log():
    assert "index out of bounds" in death("panic").detail
    assert "exit code -6" in death("abort").detail


def test_standard_error_is_bounded():
    assert ask("scream", lines=2000) == "done"


def test_what_it_started_goes_with_it(tmp_path: Path):
    pids = tmp_path / "pids"
    assert ask("have_children", path=str(pids)) == "done"
    processes.wait_for(lambda: not any(map(alive, pids.read_text().split())), "both to be gone")


def test_a_killed_caller_takes_it_along(tmp_path: Path):
    pid = tmp_path / "pid"
    code = (
        "from tests.core.test_confined import ask; import sys;"
        "ask('say_who_and_sleep', path=sys.argv[1])"
    )
    caller = subprocess.Popen([sys.executable, "-c", code, str(pid)])
    processes.wait_for(lambda: pid.exists() and pid.read_text(), "the process to begin")
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()
    processes.wait_for(lambda: not alive(pid.read_text()), "the process to go")


def alive(pid: str) -> bool:
    try:
        return psutil.Process(int(pid)).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def own_children() -> list[str]:
    return [
        str(child) for child in psutil.Process().children() if "core.confined" in child.cmdline()
    ]
