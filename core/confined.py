"""Do a function in a process of its own, with limits that the operating system keeps.

For whatever meets a hostile file: a library that runs away with memory or time takes its own process
along and nobody else's. A fresh interpreter, not a fork: callers are workers and threaded web servers. It
gets no secret of the environment, dies with its caller, and is the first to go when the machine runs out
of memory. Words travel as JSON, never as pickles: a process that has read a hostile file is not trusted.

    run("tables.confined:read", {"source": "/…/tep.xlsx"}, limits=Limits(memory_bytes=2 << 30))

calls `read({"source": …}, tell)` there; `tell(*words)` calls `progress(*words)` here.
"""

import contextlib
import ctypes
import errno
import importlib
import json
import os
import re
import resource
import selectors
import signal
import subprocess  # nosec B404
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

_ROOT = Path(__file__).resolve().parent.parent
# Everything else of the environment (addresses with passwords, keys) stays outside.
_HANDED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH",
              "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")  # fmt: skip
_SHARED_MAPPINGS = (
    4 << 30
)  # address space beyond the memory: libraries, reservations nobody touches
_KEPT_OF_STDERR = 20_000
_PIECE = 1 << 16
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# What C, C++ and Rust libraries say as they abort because an allocation was refused.
_NO_MEMORY = re.compile(rb"memory allocation of \d+ bytes failed|bad_alloc|[Oo]ut of memory|MemoryError|"
                        rb"Cannot allocate memory")  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What the process may use. `file_bytes`: of each file it writes; `output_bytes`: all that it says."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    file_bytes: int
    output_bytes: int = 32 << 20


class Died(Exception):
    """The process ended without a result; `detail` is technical, for the log.

    `reason`: memory, time, size (it wrote or said more than it may), crashed (it killed itself, or its
    function raised), or killed (by somebody else: says nothing of what it did).
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def run(
    function: str,
    argument: Mapping[str, Any],
    *,
    limits: Limits,
    progress: Callable[..., object] | None = None,
) -> Any:
    """What `function` ("module:name") answers to the argument and a `tell`; both answers JSON-able.

    What `progress` raises is raised here, and the process ended. Raises Died.
    """
    asked = {"function": function, "argument": argument, "limits": asdict(limits)}
    with tempfile.TemporaryFile() as question:
        question.write(json.dumps({**asked, "caller": os.getpid()}).encode())
        question.seek(0)
        with _started(question) as process:
            return _answer(process, limits, progress or (lambda *_words: None))


@contextlib.contextmanager
def _started(question: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process, and nothing left of it or of what it started after the block."""
    process = subprocess.Popen(  # nosec B603
        [sys.executable, "-s", "-m", "core.confined"],
        stdin=question,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _HANDED_ON if name in os.environ},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _kill_all(process)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def _kill_all(process: subprocess.Popen[bytes]) -> None:
    """The process, ended or not, and what it started. Only before it is waited for is its number its own."""
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answer(
    process: subprocess.Popen[bytes], limits: Limits, progress: Callable[..., object]
) -> Any:
    """Follow what the process says until its result. Raises Died."""
    deadline, killed_before = time.monotonic() + limits.wall_seconds, _killed_for_memory()
    begun, said, errors = bytearray(), 0, b""
    for is_error, piece in _pieces(process, deadline):
        if is_error:
            errors = (errors + piece)[-_KEPT_OF_STDERR:]
            continue
        said += len(piece)
        if said > limits.output_bytes:
            raise Died("size", f"said more than {limits.output_bytes} bytes")
        *ends, begin = piece.split(b"\n")
        for end in ends:
            kind, words = _words(bytes(begun + end))
            begun.clear()
            if kind == "result":
                return words
            if kind == "died":
                raise Died(*words)
            progress(*words)
        begun += begin
    raise _died(process, deadline, errors, killed_before)


def _pieces(process: subprocess.Popen[bytes], deadline: float) -> Iterator[tuple[bool, bytes]]:
    """(is it standard error, bytes) as they come, until both have ended. Raises Died("time")."""
    with selectors.DefaultSelector() as selector:
        for pipe in (process.stdout, process.stderr):
            if pipe:
                selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise Died("time", "wall clock")
            for key, _events in selector.select(left):
                piece = os.read(key.fd, _PIECE)
                if not piece:
                    selector.unregister(key.fileobj)
                yield key.fileobj is process.stderr, piece


def _words(line: bytes) -> tuple[str, Any]:
    try:
        kind, words = json.loads(line)
    except (ValueError, RecursionError):
        kind = words = None
    if kind == "result" or (kind in ("died", "progress") and isinstance(words, list)):
        return kind, words
    raise Died("crashed", f"said something else: {line[:200]!r}")


def _died(
    process: subprocess.Popen[bytes], deadline: float, errors: bytes, killed_before: int
) -> Died:
    """Why it ended without a word."""
    with os.fdopen(os.pidfd_open(process.pid)) as ended, selectors.DefaultSelector() as selector:
        selector.register(ended, selectors.EVENT_READ)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            return Died("time", "wall clock")
    _kill_all(process)
    code = process.returncode
    detail = f"exit code {code}: {errors.decode(errors='replace')}"
    if code == -signal.SIGXCPU:
        return Died("time", detail)
    if _NO_MEMORY.search(errors):
        return Died("memory", detail)
    if code == -signal.SIGKILL:
        return Died("memory" if _killed_for_memory() > killed_before else "killed", detail)
    return Died("crashed", detail)


def _killed_for_memory() -> int:
    """How many processes the kernel has ended because the machine or a container ran out of memory."""
    with contextlib.suppress(OSError):
        counted = re.search(r"^oom_kill (\d+)$", Path("/proc/vmstat").read_text(), re.MULTILINE)
        return int(counted[1]) if counted else 0
    return 0


def _main() -> None:
    """The other side: confine this process, then do what is asked."""
    asked = json.load(sys.stdin)
    say = _private_output()
    _confine(Limits(**asked["limits"]), asked["caller"])
    try:
        module, name = asked["function"].split(":")
        function = getattr(importlib.import_module(module), name)
        result = function(asked["argument"], lambda *words: say("progress", words))
        say("result", result)
    except MemoryError:
        say("died", ["memory", "MemoryError"])
    except BaseException as error:  # noqa: BLE001 (a panic of a Rust library is no Exception)
        large = isinstance(error, OSError) and error.errno == errno.EFBIG
        text = traceback.format_exc(limit=-8)[-_KEPT_OF_STDERR:]
        say("died", ["size" if large else "crashed", text])
    # Without farewell: threads of a library may hang, and nothing is left to do.
    os._exit(0)


def _private_output() -> Callable[[str, object], None]:
    """Our lines go out where no library prints; what libraries print goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def say(kind: str, words: object) -> None:
        out.write(json.dumps([kind, words]).encode() + b"\n")
        out.flush()

    return say


def _confine(limits: Limits, caller: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != caller:  # it died before we asked to be told
        os._exit(1)
    # Service managers end a whole group politely; the caller then finishes what it is at, with us.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    cpu = limits.cpu_seconds
    for what, most in (
        # Private memory that can be written to, whether touched yet or not.
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_AS, limits.memory_bytes + _SHARED_MAPPINGS),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))


if __name__ == "__main__":
    _main()
