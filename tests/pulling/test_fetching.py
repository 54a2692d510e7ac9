"""One GET: what comes, how much, how long, from where; every way it can fail has its code."""

import datetime as dt
import gzip
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from catalog import pull_words
from catalog.pulling import fetching
from catalog.pulling.connection import Limits
from catalog.pulling.failures import Failed
from catalog.pulling.fetching import Answer, Ask, fetch
from catalog.pulling.guard import Allowance
from tests.pulling import api as apis
from tests.pulling.api import Api, Handler

CSV = b"a,b\n1,2\n"
LIMITS = Limits(size=1_000_000, seconds=10)


@pytest.fixture
def api() -> Any:
    with apis.running() as running:
        running.gives(CSV)
        yield running


def allowed(*servers: Api) -> Allowance:
    return Allowance(hosts=frozenset(server.host for server in servers), http=True)


def get(api: Api, folder: Path, *, limits: Limits = LIMITS, **how: Any) -> Answer:
    ask = Ask(how.pop("url", api.url()), **how)
    return fetch(ask, folder / "file", allowance=allowed(api), limits=limits)


def failure(api: Api, folder: Path, **how: Any) -> Failed:
    with pytest.raises(Failed) as failed:
        get(api, folder, **how)
    assert pull_words.sentence(failed.value.code, failed.value.params) != failed.value.code
    return failed.value


def test_the_file_and_what_was_said_about_it(api: Api, tmp_path: Path):
    api.gives(
        CSV, "text/csv; charset=utf-8", ETag='"1"', Last_Modified="Thu, 01 Oct 2026 01:00:00 GMT"
    )
    answer = get(api, tmp_path, url=api.url("/thu-muc/so-lieu.csv?ky=2026Q3"))
    assert (tmp_path / "file").read_bytes() == CSV
    assert (answer.status, answer.content_type, answer.name) == (200, "text/csv", "so-lieu.csv")
    assert (answer.size, answer.etag) == (len(CSV), '"1"')
    assert answer.last_modified == "Thu, 01 Oct 2026 01:00:00 GMT"
    (asked,) = api.asked
    assert asked.path == "/thu-muc/so-lieu.csv?ky=2026Q3"
    assert asked.headers["Host"] == api.host


def test_a_body_in_chunks(api: Api, tmp_path: Path):
    def in_chunks(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (b"a,b\n", b"1,2\n"):
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    api.answer = in_chunks
    assert get(api, tmp_path).size == len(CSV)


def test_still_the_same(api: Api, tmp_path: Path):
    api.answer = lambda handler: handler.give(b"", status=304)
    answer = get(api, tmp_path, etag='"1"', last_modified="Thu, 01 Oct 2026 01:00:00 GMT")
    assert answer.same
    assert api.asked[0].headers["If-None-Match"] == '"1"'
    assert api.asked[0].headers["If-Modified-Since"] == "Thu, 01 Oct 2026 01:00:00 GMT"
    assert failure(api, tmp_path).code == "status"  # nobody asked whether it was the same


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "denied"), (403, "denied"), (404, "not_found"), (410, "not_found"), (429, "too_many"),
     (500, "server_error"), (503, "server_error"), (204, "status"), (206, "status"), (418, "status")],
)  # fmt: skip
def test_other_answers(api: Api, tmp_path: Path, status: int, code: str):
    api.answer = lambda handler: handler.give(b"", status=status)
    failed = failure(api, tmp_path)
    assert (failed.code, failed.status) == (code, status)


def test_what_says_that_it_is_too_large_is_not_begun(api: Api, tmp_path: Path):
    api.gives(b"x" * 2000)
    assert failure(api, tmp_path, limits=Limits(1999, 10)).code == "too_large"
    assert not (tmp_path / "file").exists()


def test_what_does_not_say_so_is_stopped_on_the_way(api: Api, tmp_path: Path):
    sent = 0

    def endless(handler: Handler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while sent < 200_000_000:
            sent += handler.wfile.write(b"0123456789abcde\n" * 4096)

    api.answer = endless
    assert failure(api, tmp_path, limits=Limits(1_000_000, 10)).code == "too_large"
    assert (tmp_path / "file").stat().st_size <= 1_000_000
    assert sent < 50_000_000


@pytest.mark.parametrize("part", ["headers", "body", "nothing"])
def test_a_server_that_drips_is_cut_off(api: Api, tmp_path: Path, part: str):
    def drip(handler: Handler) -> None:
        if part == "nothing":
            time.sleep(5)
            return
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if part == "body":
            handler.wfile.write(b"Content-Length: 1000\r\n\r\n")
        for _ in range(50):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    api.answer = drip
    begun = time.monotonic()
    assert failure(api, tmp_path, limits=Limits(1_000_000, 1)).code == "slow"
    assert time.monotonic() - begun < 2.5


def test_a_body_without_a_length_that_drips_is_no_whole_file(api: Api, tmp_path: Path):
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"1,2\n")
            handler.wfile.flush()
            time.sleep(0.1)

    api.answer = drip
    assert failure(api, tmp_path, limits=Limits(1_000_000, 1)).code == "slow"


def test_a_connection_that_breaks(api: Api, tmp_path: Path):
    def half(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(CSV)
        handler.close_connection = True

    api.answer = half
    assert failure(api, tmp_path).code == "cut_off"


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"", "text/csv", "empty"),
        (b"<!DOCTYPE html><html>", "text/csv", "web_page"),
        (b"\xef\xbb\xbf\n<HTML><body>", "application/json", "web_page"),
        (b"<form>", "text/html; charset=utf-8", "web_page"),
    ],
)
def test_no_data(api: Api, tmp_path: Path, body: bytes, kind: str, code: str):
    api.gives(body, kind)
    assert failure(api, tmp_path).code == code


def test_packed_though_nobody_asked_for_it(api: Api, tmp_path: Path):
    api.gives(gzip.compress(CSV), Content_Encoding="gzip")
    assert failure(api, tmp_path).code == "encoded"
    assert api.asked[0].headers["Accept-Encoding"] == "identity"


def test_no_http_and_nobody_there(api: Api, tmp_path: Path):
    api.answer = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    assert failure(api, tmp_path).code == "not_http"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"http://127.0.0.1:{port}/"
        hosts = Allowance(hosts=frozenset({f"127.0.0.1:{port}"}), http=True)
        with pytest.raises(Failed) as failed:
            fetch(Ask(url), tmp_path / "file", allowance=hosts, limits=LIMITS)
    assert failed.value.code == "unreachable"


# --- Redirects --------------------------------------------------------------------


def redirecting(to: str, status: int = 302) -> apis.Answer:
    return lambda handler: handler.give(b"", status=status, Location=to)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_server(api: Api, tmp_path: Path, status: int):
    def answer(handler: Handler) -> None:
        if handler.path == "/so-lieu":
            handler.give(b"", status=status, Location="/moi?x=1")
        else:
            handler.give(CSV)

    api.answer = answer
    assert get(api, tmp_path, secret=("X-Khoa", "k")).size == len(CSV)
    assert [(one.path, one.headers["X-Khoa"]) for one in api.asked] == [
        ("/so-lieu", "k"), ("/moi?x=1", "k"),
    ]  # fmt: skip


def test_three_redirects_and_no_more(api: Api, tmp_path: Path):
    api.answer = redirecting("/mai-mai")
    assert failure(api, tmp_path).code == "redirects"
    assert len(api.asked) == 4


def test_a_redirect_to_nowhere(api: Api, tmp_path: Path):
    api.answer = lambda handler: handler.give(b"", status=302)
    assert failure(api, tmp_path).code == "redirect_nowhere"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://localhost/", "private"),
        ("http://[::1]/", "private"),
        ("https://10.0.0.1/", "private"),
        ("http://127.0.0.1:6379/", "port"),
        ("file:///etc/passwd", "bad_address"),
        ("gopher://127.0.0.1/", "bad_address"),
    ],
)
def test_a_redirect_into_the_network_is_refused(api: Api, tmp_path: Path, to: str, code: str):
    api.answer = redirecting(to)
    assert failure(api, tmp_path).code == code


def test_a_secret_is_for_the_first_server_alone(api: Api, tmp_path: Path):
    with apis.running() as other:
        other.gives(CSV)
        api.answer = redirecting(other.url())
        ask = Ask(api.url(), secret=("Authorization", "Bearer k"))
        fetch(ask, tmp_path / "file", allowance=allowed(api, other), limits=LIMITS)
    assert api.asked[0].headers["Authorization"] == "Bearer k"
    assert "Authorization" not in other.asked[0].headers
    assert "Bearer" not in repr(ask)


# --- Names and certificates -------------------------------------------------------


def test_a_name_that_changes_its_address_changes_nothing(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """DNS rebinding: the second look-up would lead elsewhere; there is none."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kind: Any) -> Any:
        if host != "csdl.thu.example":
            return real(host, port, *args, **kind)
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.99"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    place = f"csdl.thu.example:{api.port}"
    hosts = Allowance(hosts=frozenset({place}), http=True)
    fetch(Ask(f"http://{place}/"), tmp_path / "file", allowance=hosts, limits=LIMITS)
    assert asked == ["csdl.thu.example"]
    assert api.asked[0].headers["Host"] == place


def test_certificates_are_looked_at(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    certificate = tmp_path / "chung-thu.pem"
    certificate.write_bytes(self_signed("csdl.thu.example"))
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, *a, **k: real(
            "127.0.0.1" if host.endswith(".example") else host, port, *a, **k
        ),
    )
    with apis.running(certificate) as secure:
        secure.gives(CSV)

        def ask(host: str, ca_file: str = "") -> Answer:
            place = f"{host}:{secure.port}"
            return fetch(
                Ask(f"https://{place}/"),
                tmp_path / "file",
                allowance=Allowance(hosts=frozenset({place})),
                limits=Limits(1000, 10, ca_file=ca_file),
            )

        assert ask("csdl.thu.example", str(certificate)).size == len(CSV)
        for host, ca_file in (("csdl.thu.example", ""), ("khac.thu.example", str(certificate))):
            with pytest.raises(Failed) as failed:
                ask(host, ca_file)
            assert failed.value.code == "certificate"
    with pytest.raises(Failed) as failed:
        fetch(Ask(f"https://{api.host}/"), tmp_path / "file", allowance=allowed(api), limits=LIMITS)
    assert failed.value.code == "tls"


def test_a_full_disk_is_not_the_servers_fault(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_args: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetching, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        get(api, tmp_path)


def self_signed(host: str) -> bytes:
    """A certificate for the host that nobody has signed but itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
