"""What tests/core/test_confined.py has done in a process of its own. Each takes (argument, tell)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Tell = Callable[..., None]


def answer(argument: dict[str, Any], tell: Tell) -> dict[str, Any]:
    tell("reading", 0.5)
    print("a library that prints")  # noqa: T201
    return {"doubled": argument["number"] * 2, "environment": sorted(os.environ)}


def eat(argument: dict[str, Any], _tell: Tell) -> int:
    return len([bytearray(1 << 20) for _ in range(argument["megabytes"])])


def abort_for_memory(_argument: dict[str, Any], _tell: Tell) -> None:
    os.write(2, b"memory allocation of 4294967296 bytes failed\n")
    os.abort()


def spin(_argument: dict[str, Any], _tell: Tell) -> None:
    while True:
        pass


def sleep(_argument: dict[str, Any], _tell: Tell) -> None:
    time.sleep(600)


def abort(_argument: dict[str, Any], _tell: Tell) -> None:
    os.abort()


class Panic(BaseException):
    """Like those of Rust libraries: no Exception."""


def be_killed(_argument: dict[str, Any], _tell: Tell) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGKILL)


def panic(_argument: dict[str, Any], _tell: Tell) -> None:
    raise Panic("index out of bounds")


def leave(_argument: dict[str, Any], _tell: Tell) -> None:
    sys.exit(0)


def talk(argument: dict[str, Any], _tell: Tell) -> str:
    return "x" * argument["size"]


def chatter(_argument: dict[str, Any], tell: Tell) -> None:
    while True:
        tell("x" * 1000)


def scream(argument: dict[str, Any], _tell: Tell) -> str:
    for _ in range(argument["lines"]):
        sys.stderr.write("x" * 1000 + "\n")
    return "done"


def write(argument: dict[str, Any], _tell: Tell) -> None:
    Path(argument["path"]).write_bytes(bytes(argument["size"]))


def have_children(argument: dict[str, Any], _tell: Tell) -> str:
    """A child that keeps our pipes open and outlives its parent's answer."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(argument["path"]).write_text(f"{os.getpid()} {child.pid}")
    return "done"


def say_who_and_sleep(argument: dict[str, Any], _tell: Tell) -> None:
    Path(argument["path"]).write_text(str(os.getpid()))
    time.sleep(600)
