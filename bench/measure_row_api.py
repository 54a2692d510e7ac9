"""The rows API on one million rows × 15 columns: one client, then sixteen at once.

    make bench BENCH=row_api

Each answer is timed over HTTP from a real server, one client with a kept connection, beside
/healthz, which does nothing. The mixed load runs for ten seconds against one process per core; its
clients share the machine with the server.
"""

import itertools
import os
import random
import socket
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

from bench.generate import DISTRICTS, WORDS
from bench.large_table import published_release, set_up_django
from bench.programs import answers, measure_page, processor_seconds, program, read_answer, wait, web

PORT = 8766
CLIENTS = 16
SECONDS = 10.0
ASKED = {
    "first page": "",
    "page at offset 900,000": "page[offset]=900{number:03d}",
    "equality + count": "huyen=Huyện Đô Lương&page[offset]={number}",
    "range + count": "so_lao_dong__between=1000,2{number:03d}",
    "group by": "group_by=huyen&agg=sum:doanh_thu_trieu_dong,count&so_lao_dong__ge={number}",
    "sort by a number": "sort=-doanh_thu_trieu_dong&page[offset]={number}",
    "sort by a short text": "sort=ten_xa&page[offset]={number}",
    "sort by a million texts": "sort=ten_co_so&page[offset]={number}",
    "search, one word": "q=quynh thach&page[offset]={number}",
    "search, three words": "q=hop tac xa xuan {number}",
}


def main() -> None:
    """Print the table of single requests and the figures of the mixed load."""
    set_up_django()
    from catalog.actions import search_index

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        release = published_release(folder)
        search_index.prepare(release.pk)
        rows = f"/api/v1/resources/{release.resource_id}/rows"
        given = {
            "ALLOWED_HOSTS": "127.0.0.1",
            "API_REQUESTS_PER_MINUTE": "0",
            "ENGINE_SECONDS_PER_MINUTE": "0",
        }
        with program(web(PORT), folder / "web.log", **given) as server:
            wait(lambda: answers(PORT))
            measure_page("baseline, /healthz", PORT, "/healthz", server.pid)
            for what, query in ASKED.items():
                measure_page(what, PORT, f"{rows}?{query}", server.pid)
        workers = os.cpu_count() or 1
        with program(web(PORT, workers), folder / "web.log", **given) as server:
            wait(lambda: answers(PORT))
            _mixed(rows, 2.0)  # to warm up
            idle = processor_seconds(server.pid)
            ordered = _mixed(rows, SECONDS)
            _report(ordered, SECONDS, workers, processor_seconds(server.pid) - idle)


def _mixed(rows: str, seconds: float) -> list[float]:
    """Seconds of every answer that the clients got together."""
    end = time.monotonic() + seconds
    taken: list[list[float]] = [[] for _ in range(CLIENTS)]
    clients = [
        threading.Thread(target=_ask, args=(rows, end, number, taken[number]))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sorted(itertools.chain.from_iterable(taken))


def _ask(rows: str, end: float, seed: int, taken: list[float]) -> None:
    pick = random.Random(seed)
    with socket.create_connection(("127.0.0.1", PORT)) as connection:
        answers = connection.makefile("rb")
        while time.monotonic() < end:
            address = quote(f"{rows}?{_any_question(pick)}", safe="/?&=-[]:,")
            begun = time.perf_counter()
            connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            status = read_answer(answers)
            if status != 200:
                raise SystemExit(f"{address} answers {status}")
            taken.append(time.perf_counter() - begun)


def _any_question(pick: random.Random) -> str:
    """Half of them leaf through the table; the others filter, group, sort and search."""
    kind = pick.random()
    if kind < 0.5:
        return f"page[offset]={pick.randrange(999_900)}"
    if kind < 0.7:
        return f"huyen={pick.choice(DISTRICTS)}&page[offset]={pick.randrange(10_000)}"
    if kind < 0.8:
        return f"group_by=loai_hinh&agg=count&huyen={pick.choice(DISTRICTS)}"
    if kind < 0.9:
        return f"sort=-so_lao_dong&page[offset]={pick.randrange(1_000)}"
    return f"q={pick.choice(WORDS)} {pick.choice(WORDS)}"


def _report(ordered: list[float], seconds: float, workers: int, processor: float) -> None:
    middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    print(
        f"{CLIENTS} mixed clients, {workers} processes   {len(ordered) / seconds:6.0f} requests/s"
        f"   p50 {middle * 1000:.0f} ms   p99 {slow * 1000:.0f} ms"
        f"   processor {processor / len(ordered) * 1000:6.1f} ms"
    )


if __name__ == "__main__":
    main()
