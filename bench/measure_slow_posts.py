"""How soon a page is answered while fifty clients send a form's body byte by byte.

    make bench BENCH=slow_posts

They send to addresses that ask for no account: the choice of a theme and the gateway's token. Each that
is cut off comes again. Beside the same questions asked without them.
"""

import http.client
import socket
import tempfile
import threading
import time
from pathlib import Path

from bench.programs import answers, program, wait, web

PORT = 8767
CLIENTS = 50
SECONDS = 12.0
PROCESSES = 2
ADDRESSES = ("/giao-dien/", "/chia-se/v1/token")
HEAD = (
    "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


def main() -> None:
    """Print the times of /healthz without and with slow clients beside."""
    with tempfile.TemporaryDirectory() as name:
        given = {"ALLOWED_HOSTS": "127.0.0.1"}
        with program(web(PORT, PROCESSES), Path(name) / "web.log", **given):
            wait(lambda: answers(PORT))
            _asked(3)  # to warm up
            _report("baseline, nobody beside", _asked(SECONDS / 4))
            over = threading.Event()
            slow = [
                threading.Thread(target=_drip, args=(ADDRESSES[number % 2], over))
                for number in range(CLIENTS)
            ]
            for client in slow:
                client.start()
            time.sleep(1)
            _report(f"{CLIENTS} slow POSTs beside", _asked(SECONDS))
            over.set()
            for client in slow:
                client.join()


def _drip(address: str, over: threading.Event) -> None:
    while not over.is_set():
        try:
            with socket.create_connection(("127.0.0.1", PORT)) as connection:
                connection.sendall(HEAD.format(address).encode())
                while not over.wait(0.5):
                    connection.sendall(b"a")
        except OSError:  # cut off by the server
            continue


def _asked(seconds: float) -> list[float]:
    """Seconds of each answer of /healthz, asked ten times a second on a new connection each."""
    taken = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        connection.request("GET", "/healthz")
        if connection.getresponse().status != 200:
            raise SystemExit("/healthz is not well")
        connection.close()
        taken.append(time.perf_counter() - begun)
        time.sleep(0.1)
    return sorted(taken)


def _report(what: str, ordered: list[float]) -> None:
    middle, worst = ordered[len(ordered) // 2] * 1000, ordered[-1] * 1000
    print(f"{what:<28} /healthz   p50 {middle:7.1f} ms   worst {worst:7.1f} ms", flush=True)


if __name__ == "__main__":
    main()
