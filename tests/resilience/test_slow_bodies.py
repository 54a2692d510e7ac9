"""Clients that send slowly, or send what HTTP does not allow, against the real web server.

The stalled connections send nothing more: the server has to answer everybody else while they stand.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import factories as make
from tests import processes
from tests.processes import Running
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

STALLED = 24  # more than the server has threads, of both kinds together
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
FILE = "Content-Type: multipart/form-data; boundary=x\r\nCookie: sessionid=made-up\r\n"
UPLOAD = "/lam-viec/bang/00000000-0000-4000-8000-000000000000/nop/"
NEXT = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with processes.web(tmp_path) as running:
        yield running


def connection(server: Running) -> socket.socket:
    address = urlsplit(server.address)
    return socket.create_connection((address.hostname, address.port), timeout=processes.PATIENCE)


def test_stalled_posts_stop_nobody(server: Running) -> None:
    person = make.person("contributor", make.agency())
    kinds = (("/giao-dien/", FORM), ("/chia-se/v1/token", FORM), (UPLOAD, FILE))
    with ExitStack() as stack:
        for number in range(STALLED):
            path, kind = kinds[number % len(kinds)]
            stalled = stack.enter_context(connection(server))
            head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}Content-Length: 4000\r\n\r\n"
            stalled.sendall(head.encode() + b"--x")
        visitor = Visitor(server.address)
        assert visitor.get("/healthz") == "ok\n"
        visitor.sign_in(person.email, make.PASSWORD)
        assert person.full_name in visitor.get("/lam-viec/")


# What a proxy in front might take for one request and the server for two, or the other way.
AMBIGUOUS = {
    "a length and chunks": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": "Transfer-Encoding: chunked\r\nContent-Length: 70\r\n\r\n0\r\n\r\n",
    "two lengths": "Content-Length: 5\r\nContent-Length: 6\r\n\r\na=bcdX",
    "unknown coding": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two codings": "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "no coding": "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\na=bcd",
    "a signed length": "Content-Length: +5\r\n\r\na=bcd",
    "a negative length": "Content-Length: -1\r\n\r\n",
    "a space before the colon": "Content-Length : 5\r\n\r\na=bcd",
    "a folded line": "X-A: a\r\n b: c\r\nContent-Length: 5\r\n\r\na=bcd",
    "a chunk without size": "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
}
OVERSIZED = {
    # The server's limit is some 400 kB, and it may read as much again before it looks.
    "a long header": ("/healthz", f"X-A: {'a' * 2_000_000}\r\n", 431),
    "many headers": ("/healthz", "".join(f"X-{n}: a\r\n" for n in range(300)), 431),
    "a long address": (f"/{'a' * 100_000}", "", 414),
    "a zero byte": ("/a%00b", "", 404),
    "not UTF-8": ("/%ff%fe", "", 404),
    "up and out": ("/static/..%2f..%2fsecret_key", "", 404),
}


def test_an_ambiguous_request_is_never_two(server: Running) -> None:
    for what, rest in AMBIGUOUS.items():
        begin = f"POST /giao-dien/ HTTP/1.1\r\nHost: localhost\r\n{FORM}"
        answers = answers_to(server, begin + rest + NEXT)
        assert answers.count(b"HTTP/1.1 ") == 1, what
    assert Visitor(server.address).get("/healthz") == "ok\n"
    for what, (path, headers, status) in OVERSIZED.items():
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        answers = answers_to(server, request)
        assert answers.startswith(f"HTTP/1.1 {status} ".encode()), what
    assert Visitor(server.address).get("/healthz") == "ok\n"


def answers_to(server: Running, request: str) -> bytes:
    """Everything the server says until it closes the connection."""
    answers = b""
    with connection(server) as one:
        # It may answer before it has read everything.
        with suppress(BrokenPipeError, ConnectionResetError):
            one.sendall(request.encode())
        try:
            while piece := one.recv(65536):
                answers += piece
        except ConnectionResetError:  # closed with something of ours unread
            pass
    return answers
