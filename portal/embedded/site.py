"""The site's own programs: web server, workers, schedule, and what prepares them."""

import http.client
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from portal.embedded.children import Program, StopSignals, is_alive
from portal.embedded.datafolder import DataFolder
from portal.embedded.options import ROOT, Options

# A worker that gets TERM ends its running jobs first; QUIT gives them back to the queue.
WORKER_SIGNALS: StopSignals = ((signal.SIGTERM, 15.0), (signal.SIGQUIT, 5.0))
WEB_SIGNALS: StopSignals = ((signal.SIGTERM, 10.0),)
BEAT_SIGNALS: StopSignals = ((signal.SIGTERM, 5.0),)
MEMORY = Path("/dev/shm")  # noqa: S108  kept in memory by Linux
FIGURES, FIGURES_ROOM = "portal-figures-", 64 * 1024**2
# No pid file: one left by a killed run would keep the next one from starting.
BEAT = ["celery", "-A", "portal.celery", "beat", "--loglevel", "info", "--pidfile", ""]


def child_environment(
    options: Options, data: DataFolder, given: Mapping[str, str]
) -> dict[str, str]:
    """Variables that the site's programs get besides the addresses of the servers."""
    return {
        "PORTAL_DATA": str(data.path),
        "PORT": str(options.port),
        "DEMO": "1" if options.demo else "0",
        "SECRET_KEY": given.get("SECRET_KEY") or data.secret_key(),
        "PYTHONUNBUFFERED": "1",
    }


def programs(
    options: Options, data: DataFolder, environment: Mapping[str, str], figures: Path
) -> list[Program]:
    """The long-running programs in the order to start them.

    Files being read and Excel copies being written have workers of their own, so that a notice
    never waits behind a large file, nor a file behind a pile of copies.
    """
    commands = {
        "worker": _worker("default", options.worker_processes),
        "ingest": _worker("ingest", options.ingest_processes),
        "downloads": _worker("downloads", 1),
    }
    workers = [
        _program(name, command, WORKER_SIGNALS, data, environment)
        for name, command in commands.items()
    ]
    return [
        _program("beat", BEAT, BEAT_SIGNALS, data, environment),
        *workers,
        _program(
            "web",
            web(options.host, options.port, options.web_workers),
            WEB_SIGNALS,
            data,
            {**environment, "PROMETHEUS_MULTIPROC_DIR": str(figures)},
        ),
    ]


@contextmanager
def figures_folder() -> Iterator[Path]:
    """Where the web processes add up their figures (/metrics), new with every start.

    They map these files into their memory: on a disk that fills up, the next figure would kill them.
    So the files lie in memory themselves, or in the temporary folder where there is no such place.
    What a killed run left is removed.
    """
    parent = next(place for place in (MEMORY, Path(tempfile.gettempdir())) if _has_room(place))
    for left in parent.glob(f"{FIGURES}*"):
        if not is_alive(int(left.name.split("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{FIGURES}{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(place: Path) -> bool:
    if place != MEMORY:
        return True
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free > FIGURES_ROOM


def _program(
    name: str,
    command: list[str],
    signals: StopSignals,
    data: DataFolder,
    environment: Mapping[str, str],
) -> Program:
    log = data.logs / f"{name}.log"
    return Program(name, [sys.executable, "-m", *command], signals, ROOT, log, environment)


def web(host: str, port: int, processes: int) -> list[str]:
    """The web server, behind it the door (portal.door) with its threads.

    HTTP/1.1 is what proxies and browsers speak to it; a head that is not there in time ends the
    connection, as the door ends a body.
    """
    return [
        *("granian", "--interface", "asginl", "portal.asgi:application"),
        *("--host", host, "--port", str(port), "--http", "1", "--no-ws"),
        *("--http1-header-read-timeout", "15000"),
        *("--workers", str(processes), "--respawn-failed-workers"),
        *("--workers-kill-timeout", "8", "--respawn-interval", "0.5"),
    ]


def _worker(queue: str, processes: int) -> list[str]:
    return [
        *("celery", "-A", "portal.celery", "worker", "--queues", queue),
        *("--hostname", f"{queue}@%h", "--concurrency", str(processes), "--loglevel", "info"),
        *("--without-gossip", "--without-mingle"),
    ]


def manage(*arguments: str) -> list[str]:
    """The command line of one of the site's management commands."""
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def answers(options: Options) -> bool:
    """Whether /healthz says that the site can serve."""
    connection = http.client.HTTPConnection(options.local_host, options.port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
