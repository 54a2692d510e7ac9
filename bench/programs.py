"""Programs that a measure starts and watches, and requests it times."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import psutil

from portal.embedded import site

WORKER = (
    *("celery", "-A", "portal.celery", "worker", "--queues", "ingest"),
    *("--concurrency", "1", "--loglevel", "info"),
)


def web(port: int, workers: int = 1) -> tuple[str, ...]:
    """The web server as production starts it."""
    return tuple(site.web("127.0.0.1", port, workers))


@contextmanager
def program(
    command: tuple[str, ...], log: Path, **changed: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python module run with its arguments, ended with the block; `changed`: environment."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **changed},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait(is_so: Callable[[], object], patience: float = 60) -> None:
    """Until it is so. Raises SystemExit after `patience` seconds."""
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def times(port: int, path: str, count: int) -> list[float]:
    """Seconds of each of `count` requests, one after another; {number} in the path counts them."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    for number in range(count):
        address = quote(path.format(number=number), safe="/?&=-[]:,%")
        begun = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{address} answers {response.status}")
        taken.append(time.perf_counter() - begun)
    connection.close()
    return taken


def measure_page(name: str, port: int, path: str, server: int, count: int = 60) -> None:
    """Print p50, p95 and the server's processor time of a path, after ten requests to warm up."""
    times(port, path, 10)
    idle = processor_seconds(server)
    ordered = sorted(times(port, path, count))
    processor = (processor_seconds(server) - idle) / count
    middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name:<38} p50 {middle * 1000:6.1f} ms   p95 {slow * 1000:6.1f} ms", end="")
    print(f"   processor {processor * 1000:6.1f} ms", flush=True)


def processor_seconds(pid: int) -> float:
    """What a process and its children have spent, those that have ended too."""
    parent = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:4]) for one in (parent, *parent.children(recursive=True)))


class Peak:
    """The most memory a process and its children held together (PSS), watched from a thread."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.megabytes = max(self.megabytes, self._held() / 1024**2)

    def _held(self) -> int:
        try:
            parent = psutil.Process(self._pid)
            family = [parent, *parent.children(recursive=True)]
            return sum(process.memory_full_info().pss for process in family)
        except psutil.Error:  # one of them has just ended
            return 0


def read_answer(answers: BinaryIO) -> int:
    """Read one answer to its end; its status. Python's own client would take the server's time."""
    status = int(answers.readline().split()[1])
    length = 0
    while (line := answers.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    answers.read(length)
    return status
