"""The door of a web process: bodies within their limits, no thread held by who sends or reads slowly."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.utils import translation

from portal.door import answers, limits
from portal.door.door import FILE_THREADS, FILES_WAITING, PAGE_THREADS, Door
from portal.door.limits import ANONYMOUS, Limits, Pace

FORM = "/giao-dien/"


class Client:
    """A connection in memory: what it sends, what it got."""

    def __init__(self, *pieces: bytes, stalls: bool = False, leaves: bool = False) -> None:
        self.sent = list(pieces)
        self.stalls, self.leaves = stalls, leaves
        self.has_left = asyncio.Event()
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""

    async def receive(self) -> dict[str, Any]:
        if self.sent:
            piece = self.sent.pop(0)
            more = bool(self.sent) or self.stalls or self.leaves
            return {"type": "http.request", "body": piece, "more_body": more}
        if not self.leaves:
            await self.has_left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        self.body += message.get("body", b"")


class Echo:
    """A WSGI application that answers with the body it read; `seen`: what it was told."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.reads = True

    def __call__(self, environ: dict[str, Any], start: Callable[..., None]) -> "Whole":
        self.seen.append(environ)
        content = b""
        while self.reads and (piece := environ["wsgi.input"].read(65536)):
            content += piece
        start("200 OK", [("Content-Type", "text/plain")])
        return Whole([content])


class Whole(list[bytes]):
    streaming = False


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def door(echo: Echo) -> Door:
    return Door(echo)


@pytest.fixture
def short_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = Pace(seconds=0.05, bytes_per_second=1_000_000, idle=0.05)
    monkeypatch.setattr(limits, "ANONYMOUS", Limits(ANONYMOUS.most, pace))
    monkeypatch.setattr(limits, "FILE_PACE", pace)


def scope(method: str = "POST", path: str = FORM, **headers: str) -> dict[str, Any]:
    fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "headers": fields,
        "client": ("192.0.2.1", 4000),
        "server": ("127.0.0.1", 8000),
    }


def in_own_loop(asked: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: a browser of other tests may run an event loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asked).result()


def ask(door: Door, client: Client, **told: str) -> Client:
    in_own_loop(door(scope(**told), client.receive, client.send))
    return client


def upload(**told: str) -> dict[str, str]:
    """Headers of somebody who seems to have signed in, to the page that takes a file."""
    path = "/lam-viec/bang/00000000-0000-4000-8000-000000000000/nop/"
    return {"path": path, "cookie": "sessionid=x", **told}


def test_a_form_reaches_the_application_whole(door: Door, echo: Echo) -> None:
    client = ask(door, Client(b"theme=", b"dark"), content_length="10")
    assert (client.status, client.body) == (200, b"theme=dark")
    assert echo.seen[0]["CONTENT_LENGTH"] == "10"
    assert echo.seen[0]["REMOTE_ADDR"] == "192.0.2.1"


def test_a_body_in_chunks_gets_its_length(door: Door, echo: Echo) -> None:
    assert ask(door, Client(b"a" * 9, b"b"), transfer_encoding="chunked").body == b"a" * 9 + b"b"
    assert echo.seen[0]["CONTENT_LENGTH"] == "10"


def test_a_page_asked_for_waits_for_no_body(door: Door, echo: Echo) -> None:
    client = ask(door, Client(stalls=True), method="GET", content_length="10")
    assert (client.status, echo.seen[0]["CONTENT_LENGTH"]) == (200, "0")


@pytest.mark.usefixtures("short_pace")
def test_a_body_that_stalls_holds_no_thread_and_is_given_up(door: Door, echo: Echo) -> None:
    client = ask(door, Client(b"theme=", stalls=True), content_length="10")
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["too_slow"]
    assert client.headers[b"connection"] == b"close"


def test_a_body_announced_too_large_is_not_read(door: Door, echo: Echo) -> None:
    ask(door, Client(b"x" * 20_000), content_length="20000")
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["too_large"]


def test_who_asks_before_he_sends_is_told_before_he_sends(door: Door) -> None:
    client = Client(b"x" * 20_000)
    ask(door, client, content_length="20000", expect="100-continue")
    assert (client.status, len(client.sent)) == (200, 1)


def test_a_body_that_grows_too_large_is_given_up(door: Door, echo: Echo) -> None:
    ask(door, Client(b"x" * 10_000, b"x" * 10_000, b"x" * 10), transfer_encoding="chunked")
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["too_large"]


def test_who_claims_to_have_signed_in_may_send_a_long_form(door: Door) -> None:
    client = ask(door, Client(b"x" * 200_000), cookie="sessionid=x", content_length="200000")
    assert len(client.body) == 200_000


def test_large_bodies_together_have_a_limit(
    door: Door, echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.door.door.LARGE_BODIES", 100_000)
    ask(door, Client(b"x" * 200_000), cookie="sessionid=x", content_length="200000")
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["busy"]
    ask(door, Client(b"x" * 90_000), cookie="sessionid=x", content_length="90000")
    assert "portal.unreadable" not in echo.seen[1]


def test_who_leaves_in_the_middle_costs_nothing(door: Door, echo: Echo) -> None:
    client = ask(door, Client(b"the", leaves=True), content_length="10")
    assert (client.status, echo.seen) == (0, [])


def test_a_file_reaches_the_application_as_it_comes(door: Door, echo: Echo) -> None:
    pieces = [b"x" * 300_000, b"y" * 300_000]
    client = ask(door, Client(*pieces), **upload(content_length="600000"))
    assert client.body == b"".join(pieces)


def test_what_the_application_does_not_read_of_a_file_is_passed_over(
    door: Door, echo: Echo
) -> None:
    echo.reads = False
    client = Client(b"x" * 300_000, b"y" * 300_000)
    ask(door, client, **upload(content_length="600000"))
    assert (client.status, client.sent) == (200, [])


def test_a_file_without_a_length_is_not_taken(door: Door, echo: Echo) -> None:
    ask(door, Client(b"x"), **upload(transfer_encoding="chunked"))
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["no_length"]


def test_a_file_to_a_page_that_takes_none_is_too_large(door: Door, echo: Echo) -> None:
    length = str(50 * 1024**2)
    ask(door, Client(b"x"), cookie="sessionid=x", content_length=length)
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["too_large"]


def test_who_has_no_session_sends_no_file(door: Door, echo: Echo) -> None:
    told = upload(content_length="600000")
    del told["cookie"]
    ask(door, Client(b"x"), **told)
    assert [environ["portal.unreadable"] for environ in echo.seen] == ["too_large"]


def test_files_that_stall_leave_the_pages_their_threads(door: Door, echo: Echo) -> None:
    """As many as there is room for; a page in between; one more file is asked to come later."""

    async def all_at_once() -> Client:
        told = scope(**upload(content_length="10"))
        stalled = [Client(b"x", stalls=True) for _ in range(FILE_THREADS + FILES_WAITING)]
        tasks = [asyncio.ensure_future(door(told, one.receive, one.send)) for one in stalled]
        await asyncio.sleep(0)
        page = Client()
        await door(scope(method="GET"), page.receive, page.send)
        await door(told, Client(b"x" * 10).receive, page.send)
        for one in stalled:
            one.has_left.set()
        await asyncio.gather(*tasks)
        return page

    page = in_own_loop(all_at_once())
    assert page.status == 200
    assert [environ.get("portal.unreadable") for environ in echo.seen].count("busy") == 1


class Pieces:
    """A streamed answer: so many large pieces; `closed` when it was."""

    streaming = True

    def __init__(self, count: int) -> None:
        self.count, self.given, self.closed = count, 0, False

    def __iter__(self) -> Iterator[bytes]:
        for _number in range(self.count):
            self.given += 1
            yield b"x" * answers.PIECE

    def close(self) -> None:
        self.closed = True


def streamed(pieces: Pieces) -> Door:
    def application(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        return pieces

    return Door(application)


def test_a_streamed_answer_comes_piece_by_piece() -> None:
    pieces = Pieces(5)
    client = ask(streamed(pieces), Client(), method="GET")
    assert (len(client.body), pieces.closed) == (5 * answers.PIECE, True)


def test_who_takes_nothing_gets_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "TAKING", Pace(0.05, 1_000_000, 0.05))
    pieces, client = Pieces(500), Client()

    async def takes_nothing(message: dict[str, Any]) -> None:
        await asyncio.Event().wait()

    in_own_loop(streamed(pieces)(scope(method="GET"), client.receive, takes_nothing))
    assert (pieces.given, pieces.closed) == (1, True)


def test_who_takes_slowly_holds_no_thread(echo: Echo) -> None:
    """More of them than there are threads, none of whom takes a byte, beside a page."""
    held, page = [Pieces(500) for _number in range(3 * PAGE_THREADS)], Client()
    waiting = iter(held)

    def application(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == FORM:
            return echo(environ, start)
        start("200 OK", [])
        return next(waiting)

    async def takes_nothing(message: dict[str, Any]) -> None:
        await asyncio.Event().wait()

    async def all_at_once() -> None:
        door = Door(application)
        slow = [
            asyncio.create_task(door(scope("GET", "/tep"), Client().receive, takes_nothing))
            for _one in held
        ]
        while not all(pieces.given for pieces in held):
            await asyncio.sleep(0.01)
        await door(scope("GET", FORM), page.receive, page.send)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    in_own_loop(all_at_once())
    assert page.status == 200
    assert all(pieces.closed for pieces in held)


def test_who_takes_too_little_in_the_long_run_gets_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each piece is taken in time, all together not.
    monkeypatch.setattr(answers, "TAKING", Pace(0.2, 10**9, 0.15))
    pieces, client = Pieces(500), Client()

    async def takes_little(message: dict[str, Any]) -> None:
        await asyncio.sleep(0.05)

    in_own_loop(streamed(pieces)(scope(method="GET"), client.receive, takes_little))
    assert 1 < pieces.given < 20
    assert pieces.closed


def test_who_takes_no_page_is_let_go(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "TAKING", Pace(0.05, 1_000_000, 0.05))

    async def takes_nothing(message: dict[str, Any]) -> None:
        await asyncio.Event().wait()

    in_own_loop(door(scope(method="GET"), Client().receive, takes_nothing))


def test_later_pieces_are_made_as_the_request_left_things() -> None:
    """The language of a request is that of its thread, and another thread may make a piece."""

    def application(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        translation.activate("en")
        return (str(translation.get_language()).encode().ljust(answers.PIECE) for _ in range(8))

    client = ask(Door(application), Client(), method="GET")
    assert client.body.count(b"en") == 8


def test_who_leaves_gets_no_more() -> None:
    pieces = Pieces(500)
    ask(streamed(pieces), Client(leaves=True), method="GET")
    assert pieces.given < 500
    assert pieces.closed


def test_a_defect_in_the_middle_is_not_taken_for_the_end() -> None:
    def broken(environ: dict[str, Any], start: Callable[..., None]) -> Iterator[bytes]:
        start("200 OK", [])
        yield b"x" * answers.PIECE
        raise RuntimeError("defect")

    with pytest.raises(RuntimeError, match="defect"):
        ask(Door(broken), Client(), method="GET")


def test_a_header_with_an_underscore_is_none_of_the_proxys() -> None:
    told = scope()
    told["headers"] = [(b"x_forwarded_for", b"192.0.2.9"), (b"x-forwarded-for", b"192.0.2.1")]
    environ = answers.environ_of(told, None, 0)
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def test_cookies_and_lists_sent_twice_are_joined_as_each_is() -> None:
    told = scope(path="/tìm/")
    told["headers"] = [
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"x"),
        (b"accept", b"y"),
    ]
    environ = answers.environ_of(told, None, 0)
    assert (environ["HTTP_COOKIE"], environ["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/tìm/"


@pytest.mark.parametrize("path", ["/lam-viec/bang/{}/nop/", "/en/lam-viec/bang/{}/nop/"])
def test_pages_that_take_a_file_are_known_in_both_languages(path: str) -> None:
    assert limits.largest_file(path.format("00000000-0000-4000-8000-000000000000"))
    assert limits.largest_file("/dataset/") is None
