"""The site's own programs: web server, workers, schedule, and what prepares them."""

import http.client
import shutil
import signal
import sys
from collections.abc import Mapping

from portal.embedded.children import Program, StopSignals
from portal.embedded.datafolder import DataFolder
from portal.embedded.options import ROOT, Options

# A worker that gets TERM ends its running jobs first; QUIT gives them back to the queue.
WORKER_SIGNALS: StopSignals = ((signal.SIGTERM, 15.0), (signal.SIGQUIT, 5.0))
WEB_SIGNALS: StopSignals = ((signal.SIGTERM, 10.0),)
BEAT_SIGNALS: StopSignals = ((signal.SIGTERM, 5.0),)
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


def programs(options: Options, data: DataFolder, environment: Mapping[str, str]) -> list[Program]:
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
            {**environment, **_metrics(data)},
        ),
    ]


def _metrics(data: DataFolder) -> dict[str, str]:
    """The web processes add up their figures in files, which begin anew with every start."""
    folder = data.path / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


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
