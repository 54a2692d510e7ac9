"""The gateway beside the open row API: the same questions to the same million rows.

    make bench BENCH=gateway

One client with a kept connection, then sixteen at once, who share the machine with the server. Each
load is measured by turns, so that whatever else the machine does falls on both; the difference is what
the gateway adds: who calls, may he, how often, and the record of it. Sixteen clients keep both
processors busy all the time, so each waits for the work of many others: what one call costs is said
by processor time, of the web server and of PostgreSQL and Redis together, and by how soon one answer
follows another.
"""

import itertools
import os
import random
import socket
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import psutil

from bench.large_table import published_release, set_up_django
from bench.programs import answers, processor_seconds, program, read_answer, wait, web

if TYPE_CHECKING:
    from catalog.models import Release

PORT = 8767
CLIENTS = 16
ROUNDS = 12  # of each side
ALONE, TOGETHER = 1.0, 2.5  # seconds of one round
LIMIT = 10_000_000  # calls: the quota is counted, nobody is stopped by it


@dataclass(frozen=True)
class Side:
    """One of the two: where it is asked, and the header line it needs."""

    name: str
    path: str
    header: str = ""


@dataclass(frozen=True)
class Load:
    """What one round gave: seconds of each answer in order, processor seconds for each."""

    taken: list[float]
    processor: float


def main() -> None:
    """Print p50, p95 and processor time of both sides, and what the gateway adds."""
    set_up_django()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        release = published_release(folder)
        sides = _sides(release)
        given = {
            "ALLOWED_HOSTS": "127.0.0.1",
            "API_REQUESTS_PER_MINUTE": str(LIMIT),
            "ENGINE_SECONDS_PER_MINUTE": "0",
        }
        for clients, seconds, workers in ((1, ALONE, 1), (CLIENTS, TOGETHER, os.cpu_count() or 1)):
            with program(web(PORT, workers), folder / "web.log", **given) as server:
                wait(lambda: answers(PORT))
                for side in sides:  # to warm up
                    _load(side, clients, 2.0, server.pid)
                _compare(sides, clients, seconds, server.pid)


def _sides(release: "Release") -> tuple[Side, Side]:
    """The open API, and an account made by the real workflow that may see the whole table."""
    from django.core.management import call_command

    from tests.sharing import made
    from tests.sharing.made import Cast

    for command in ("load_deadlines", "load_sharing"):
        call_command(command, verbosity=0)
    cast = Cast(owner=release.resource.dataset.agency)
    service = made.service_of(cast, {release.resource: []})
    issued = made.issued(cast, service, daily_quota=LIMIT, per_minute=LIMIT, networks=[])
    token = _token(issued.client_id, issued.secret)
    table = release.resource_id
    return (
        Side("open row API", f"/api/v1/resources/{table}/rows"),
        Side("gateway", f"/chia-se/v1/tables/{table}/rows", f"Authorization: Bearer {token}\r\n"),
    )


def _token(client_id: str, secret: str) -> str:
    """By the view itself, in this process: a round lasts less than a token."""
    from django.test import Client

    pair = {"client_id": client_id, "client_secret": secret}
    answer = Client(SERVER_NAME="localhost").post(
        "/chia-se/v1/token",
        urlencode({"grant_type": "client_credentials", **pair}),
        content_type="application/x-www-form-urlencoded",
    )
    token: str = answer.json()["access_token"]
    return token


def _compare(sides: tuple[Side, Side], clients: int, seconds: float, server: int) -> None:
    loads: dict[str, list[Load]] = {side.name: [] for side in sides}
    for number in range(ROUNDS):
        for side in sides if number % 2 else sides[::-1]:
            loads[side.name].append(_load(side, clients, seconds, server))
    whole = ROUNDS * seconds
    ours, theirs = (_report(side.name, clients, loads[side.name], whole) for side in sides[::-1])
    middle, cost, apart = (one - other for one, other in zip(ours, theirs, strict=True))
    print(
        f"{clients:2} clients   the gateway adds   p50 {middle * 1000:5.2f} ms"
        f"   processor {cost * 1000:5.2f} ms   an answer every {apart * 1000:+5.2f} ms",
        flush=True,
    )


def _report(name: str, clients: int, loads: list[Load], whole: float) -> tuple[float, float, float]:
    """Seconds: the medians of the rounds' p50 and processor times, and from one answer to the next."""
    taken = sorted(itertools.chain.from_iterable(load.taken for load in loads))
    middle = statistics.median(statistics.median(load.taken) for load in loads)
    cost = statistics.median(load.processor for load in loads)
    apart = whole / len(taken)
    print(
        f"{clients:2} clients   {name:<14}   p50 {middle * 1000:6.2f} ms"
        f"   p95 {taken[int(len(taken) * 0.95)] * 1000:6.2f} ms"
        f"   processor {cost * 1000:5.2f} ms   an answer every {apart * 1000:5.2f} ms",
        flush=True,
    )
    return middle, cost, apart


def _load(side: Side, clients: int, seconds: float, server: int) -> Load:
    end = time.monotonic() + seconds
    taken: list[list[float]] = [[] for _ in range(clients)]
    threads = [
        threading.Thread(target=_ask, args=(side, end, number, taken[number]))
        for number in range(clients)
    ]
    idle = _spent(server)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = _spent(server) - idle
    every = list(itertools.chain.from_iterable(taken))
    if not every:
        raise SystemExit(f"{side.name} gives nothing")
    return Load(every, spent / len(every))


def _spent(server: int) -> float:
    """Processor seconds of the web server, and of the services that `make bench` has started beside us."""
    beside = psutil.Process(os.getppid()).children()
    services = [one.pid for one in beside if one.pid != os.getpid()]
    return sum(processor_seconds(pid) for pid in (server, *services))


def _ask(side: Side, end: float, seed: int, taken: list[float]) -> None:
    pick = random.Random(seed)
    with socket.create_connection(("127.0.0.1", PORT)) as connection:
        answer = connection.makefile("rb")
        while time.monotonic() < end:
            query = quote(f"page[size]=20&page[offset]={pick.randrange(999_900)}", safe="&=[]")
            begun = time.perf_counter()
            connection.sendall(
                f"GET {side.path}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n{side.header}\r\n".encode()
            )
            status = read_answer(answer)
            if status != 200:
                raise SystemExit(f"{side.name} answers {status}")
            taken.append(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
