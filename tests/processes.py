"""Real web servers and workers for tests, on the test's own database; killed as the test likes."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from django.conf import settings
from django.db import connection

from portal.embedded import site

PATIENCE = 60.0


@dataclass
class Running:
    """One program with everything it has started."""

    process: subprocess.Popen[bytes]
    log: Path
    address: str = ""

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        for one in self._family():
            one.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def _family(self) -> list[psutil.Process]:
        try:
            parent = psutil.Process(self.process.pid)
        except psutil.NoSuchProcess:
            return []
        return [*parent.children(recursive=True), parent]


@contextmanager
def worker(
    folder: Path, *, queues: str = "default,ingest,downloads", **changed: str
) -> Iterator[Running]:
    """A Celery worker on the test's database and a queue of its own."""
    command = ["celery", "-A", "portal.celery", "worker", "--queues", queues, "--concurrency", "1"]
    command += ["--loglevel", "info"]
    with _program(command, folder / "worker.log", **changed) as running:
        wait_for(lambda: "ready." in running.log.read_text(errors="replace"), "the worker")
        yield running


@contextmanager
def web(folder: Path, *, pages: bool = True, **changed: str) -> Iterator[Running]:
    """The web server as `make run` starts it, with one process. Without `pages`: files and API alone.

    `changed` are variables of its environment.
    """
    if pages:
        _collect_static_files()
    port = _free_port()
    command = site.web("127.0.0.1", port, 1)
    address = f"http://127.0.0.1:{port}"
    given = {"PORT": str(port), "SITE_URL": address, **changed}
    with _program(command, folder / "web.log", **given) as running:
        running.address = address
        wait_for(lambda: _answers(f"{address}/healthz"), "the web server")
        yield running


def wait_for(is_so: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Until it is so; fails with the name of what did not happen."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, f"waited {patience:.0f} s for {what}"
        time.sleep(0.05)


@contextmanager
def _program(command: list[str], log: Path, **changed: str) -> Iterator[Running]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=settings.BASE_DIR,
            env={**os.environ, **_environment(), **changed},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Running(process, log)
    try:
        yield running
    finally:
        running.stop()


def database_url(host: str = "") -> str:
    """The test database instead of the one DATABASE_URL names; `host`: elsewhere than there."""
    url = urlsplit(os.environ["DATABASE_URL"])
    netloc = f"{url.username}@{host}" if host else url.netloc
    database = str(connection.settings_dict["NAME"])
    return url._replace(netloc=netloc, path=f"/{database}").geturl()


def _environment() -> dict[str, str]:
    """The same Redis, storage and key as the test's."""
    return {
        "DATABASE_URL": database_url(),
        "REDIS_URL": os.environ["REDIS_URL"],
        "PORTAL_DATA": str(settings.PORTAL_DATA),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEMO": "0",
        "REQUIRE_2FA": "0",
    }


def _collect_static_files() -> None:
    """Once for the whole run, whichever test process comes first."""
    with (settings.PORTAL_DATA / "collecting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
            environment = {**os.environ, **_environment()}
            subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
