"""Whether an address answers: any status is an answer; nothing of it is kept, nowhere else is gone to."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from catalog.pulling.connection import Limits
from catalog.pulling.failures import Failed
from catalog.pulling.guard import Allowance
from catalog.pulling.knocking import Knocked, knock
from tests.pulling import api as apis
from tests.pulling.api import Api, Handler

LIMITS = Limits(size=0, seconds=5)


@pytest.fixture
def api() -> Any:
    with apis.running() as running:
        running.gives("xin chào")
        yield running


def at(api: Api, url: str = "", limits: Limits = LIMITS) -> Knocked:
    allowed = Allowance(hosts=frozenset({api.host}), http=True)
    return knock(url or api.url(), allowance=allowed, limits=limits)


@pytest.mark.parametrize("status", [200, 204, 302, 401, 403, 404, 405, 500, 503])
def test_any_status_is_an_answer(api: Api, status: int):
    api.answer = lambda handler: handler.give(b"", status=status, Location="http://127.0.0.1:1/")
    answer = at(api)
    assert answer.status == status
    assert 0 <= answer.milliseconds < 5000
    assert len(api.asked) == 1  # a redirect is not followed
    assert api.asked[0].headers["Host"] == api.host


def test_the_time_is_the_servers(api: Api):
    def slowly(handler: Handler) -> None:
        time.sleep(0.3)
        handler.give(b"")

    api.answer = slowly
    assert 300 <= at(api).milliseconds < 3000


def test_an_endless_body_is_not_read(api: Api):
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 1000)
            time.sleep(0.05)

    api.answer = endless
    begun = time.monotonic()
    assert at(api).status == 200
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 200 OK\r\nX-Cham: "])
def test_a_server_that_drips_its_head_is_cut_off(api: Api, says: bytes):
    def drip(handler: Handler) -> None:
        handler.wfile.write(says)
        handler.wfile.flush()
        time.sleep(3)

    api.answer = drip
    begun = time.monotonic()
    with pytest.raises(Failed) as failed:
        at(api, limits=Limits(size=0, seconds=1))
    assert failed.value.code == "slow"
    assert time.monotonic() - begun < 2.5


def test_no_http(api: Api):
    api.answer = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    with pytest.raises(Failed) as failed:
        at(api)
    assert failed.value.code == "not_http"


def test_the_guard_stands_before_it(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    reached: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda *given: reached.append(given))
    for url, code in (
        ("http://10.0.0.1/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://127.0.0.1:6379/", "port"),
        ("ftp://127.0.0.1/", "bad_address"),
    ):
        with pytest.raises(Failed) as failed:
            at(api, url)
        assert failed.value.code == code
    assert not reached
