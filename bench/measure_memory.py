"""Memory of the web processes under a mixed load of pages, charts, the API and exports, while data change.

    make bench BENCH=memory            # ten minutes
    MINUTES=20 make bench BENCH=memory

One line a minute: what the web processes hold together (PSS) and how many requests they have answered.
The baseline is the same server before the first request and after each page was asked for once.
"""

import itertools
import os
import random
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from bench.large_table import set_up_django
from bench.programs import answers, program, wait, web

if TYPE_CHECKING:
    from catalog.models import Release

PORT = 8767
CLIENTS = 8
TABLES = 40
ROWS = 20_000
MINUTES = int(os.environ.get("MINUTES", "10"))


def main() -> None:
    """Print the curve."""
    set_up_django()
    releases = [_published(number) for number in range(TABLES)]
    given = {
        "ALLOWED_HOSTS": "127.0.0.1",
        "API_REQUESTS_PER_MINUTE": "0",
        "ENGINE_SECONDS_PER_MINUTE": "0",
    }
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "web.log"
        with program(web(PORT, os.cpu_count() or 1), log, **given) as server:
            wait(lambda: answers(PORT))
            print(f"baseline, before the first request   {_held(server.pid):7.0f} MB")
            for release in releases:
                for path in _paths(release):
                    _ask(HTTPConnection("127.0.0.1", PORT, timeout=60), path)
            print(f"baseline, each page asked for once   {_held(server.pid):7.0f} MB", flush=True)
            _load(releases, server.pid)


def _load(releases: list["Release"], server: int) -> None:
    over = threading.Event()
    counts = [itertools.count() for _ in range(CLIENTS)]
    clients = [
        threading.Thread(target=_client, args=(releases, over, seed, counts[seed]))
        for seed in range(CLIENTS)
    ]
    clients.append(threading.Thread(target=_changes, args=(releases, over)))
    for client in clients:
        client.start()
    try:
        for minute in range(1, MINUTES + 1):
            time.sleep(60)
            done = sum(int(repr(count)[6:-1]) for count in counts)
            print(f"minute {minute:3}   {_held(server):7.0f} MB   {done:8} requests", flush=True)
    finally:
        over.set()
        for client in clients:
            client.join()


def _client(releases: list["Release"], over: threading.Event, seed: int, count: Any) -> None:
    pick = random.Random(seed)
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    while not over.is_set():
        _ask(connection, pick.choice(_paths(pick.choice(releases), pick.randrange(ROWS))))
        next(count)


def _changes(releases: list["Release"], over: threading.Event) -> None:
    """Something is recorded every other second: what was kept under the number before is old."""
    from django.db import transaction

    from accounts.actions.audit import record

    for number in itertools.count():
        dataset = releases[number % TABLES].resource.dataset
        with transaction.atomic():
            record(by=None, action="dataset.changed", target=dataset, agency=dataset.agency)
        if over.wait(2):
            return


def _paths(release: "Release", number: int = 0) -> list[str]:
    dataset = release.resource.dataset.get_absolute_url()
    rows = f"/api/v1/resources/{release.resource_id}/rows"
    return [
        dataset,
        f"{dataset}?page={number // 50 + 1}",
        f"{dataset}?tab=bieu-do",
        f"/en{dataset}",
        f"{dataset}?q=x{number}",
        "/dataset/",
        f"/dataset/?q=bang+{number % TABLES}",
        "/",
        f"{rows}?page[offset]={number}",
        f"{rows}?sort=-so&page[offset]={number % 1000}",
        f"{rows}?ten__contains={number}",
        f"{rows}?group_by=nhom&agg=sum:so",
        f"{rows}?format=csv&so__lt=500",
    ]


def _ask(connection: HTTPConnection, path: str) -> None:
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    if response.status >= 500 and response.status != 503:
        raise SystemExit(f"{path} answers {response.status}")


def _held(pid: int) -> float:
    parent = psutil.Process(pid)
    family = [parent, *parent.children(recursive=True)]
    return float(sum(process.memory_full_info().pss for process in family) / 1024**2)


def _published(number: int) -> "Release":
    from tests import factories as make

    lines = (
        f"{row:05},Xã {row % 130},Nhóm {row % 7},{(row * 37 + number) % 1000}"
        for row in range(ROWS)
    )
    content = "Mã,Tên,Nhóm,Số\n" + "\n".join(lines) + "\n"
    table = make.dataset(f"Bảng {number}").resources.get()
    return make.published(of=table, content=content)


if __name__ == "__main__":
    main()
