"""PostgreSQL and Redis together: start both, hand over their addresses, stop both."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded import binaries, children, messages
from portal.embedded.account import server_account
from portal.embedded.children import Child
from portal.embedded.datafolder import DataFolder
from portal.embedded.external import check_database, check_redis
from portal.embedded.guardian import STOP_ORDER, Guardian
from portal.embedded.messages import Refusal, Tell, say
from portal.embedded.postgres import Postgres
from portal.embedded.redis import Redis
from portal.embedded.runfolder import run_folder
from portal.embedded.waiting import Pause, wait_for

START_SECONDS = 300.0  # PostgreSQL may have to go through half a gigabyte of its log first


@dataclass
class Servers:
    """What runs for one data folder.

    `environment` holds DATABASE_URL and REDIS_URL for child processes; `running` the
    children in the order they were started.
    """

    data: DataFolder
    guardian: Guardian
    pause: Pause
    tell: Tell
    environment: dict[str, str] = field(default_factory=dict)
    running: list[Child] = field(default_factory=list)

    def launch(self, program: children.Program) -> Child:
        """Start a program under the guardian's eyes. Raises OSError."""
        if program.before is not None:
            program.before(self.tell)
        child = children.start(program)
        self.guardian.watch(child)
        self.running.append(child)
        return child

    def drop(self, child: Child) -> None:
        """A child has ended: end what it left behind."""
        children.end_group(child.pid)
        self.guardian.forget(child)
        self.running.remove(child)


@contextmanager
def servers(
    data: DataFolder,
    lock: int,
    given: Mapping[str, str],
    pause: Pause,
    tell: Tell = say,
    durable: bool = True,
) -> Iterator[Servers]:
    """In a locked data folder, start the servers that `given` does not name.

    `given` is an environment: a DATABASE_URL or REDIS_URL in it is used and nothing
    is started in its place. Everything launched is stopped in order at the end.
    """
    with ExitStack() as stack:
        sockets = stack.enter_context(run_folder(server_account(data.postgres)))
        guardian = Guardian(sockets, lock)
        stack.callback(guardian.dismiss)
        running = Servers(data, guardian, pause, tell)
        stack.callback(_stop_all, running)
        _provide_database(running, given.get("DATABASE_URL"), sockets, durable)
        _provide_redis(running, given.get("REDIS_URL"), sockets, durable)
        data.announce(running.environment)
        stack.callback(data.running.unlink, missing_ok=True)
        yield running


def _provide_database(running: Servers, given: str | None, sockets: Path, durable: bool) -> None:
    running.environment["DATABASE_URL"] = given or _start_postgres(running, sockets, durable)
    if given:
        check_database(given)


def _start_postgres(running: Servers, sockets: Path, durable: bool) -> str:
    """Returns its address."""
    account = server_account(running.data.postgres)
    programs = binaries.postgres_programs(account, sockets)
    running.data.check_version(binaries.postgres_version(programs))
    running.tell(messages.STARTING, program="PostgreSQL")
    postgres = Postgres(programs, running.data, sockets, account, durable)
    postgres.create()
    postgres.wait_for_predecessor(running.pause)
    _launch_and_wait(running, postgres)
    postgres.create_database()
    return postgres.url


def _provide_redis(running: Servers, given: str | None, sockets: Path, durable: bool) -> None:
    running.environment["REDIS_URL"] = given or _start_redis(running, sockets, durable)
    if given:
        check_redis(given)


def _start_redis(running: Servers, sockets: Path, durable: bool) -> str:
    """Returns its address."""
    account = server_account(running.data.postgres)
    running.tell(messages.STARTING, program="Redis")
    server = Redis(binaries.redis_server(account, sockets), running.data, sockets, account, durable)
    server.create()
    _launch_and_wait(running, server)
    return server.url


def _launch_and_wait(running: Servers, server: Postgres | Redis) -> None:
    child = running.launch(server.program())
    wait_for(lambda: child.has_ended() or server.answers(), START_SECONDS, running.pause)
    if child.has_ended() or not server.answers():
        raise _did_not_start(running.data, child)


def _did_not_start(data: DataFolder, child: Child) -> Refusal:
    log = child.program.log
    reason = last_line(log)
    if "No space left on device" in reason:
        return data.disk_full()
    return Refusal(
        messages.SERVER_DID_NOT_START, program=child.program.name, reason=reason, log=log
    )


def last_line(log: Path) -> str:
    """The last line of a log that says something, for a sentence about a failure."""
    with log.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 8192))
        lines = file.read().decode("utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "?")


def _stop_all(running: Servers) -> None:
    """Stop what runs, in order; a second stop signal does not cut this short."""
    for child in sorted(running.running, key=lambda child: STOP_ORDER.index(child.program.name)):
        running.tell(messages.STOPPING, program=child.program.name)
        children.stop(child, time.sleep)
        running.drop(child)
