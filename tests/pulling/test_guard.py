"""Where a pull may go, and where not."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.pulling.connection import Limits
from catalog.pulling.failures import Failed
from catalog.pulling.fetching import Ask, fetch
from catalog.pulling.guard import Allowance, check_address, is_public, resolve
from catalog.pulling.knocking import knock

STRICT = Allowance()


def code_of(url: str, allowance: Allowance = STRICT) -> str:
    with pytest.raises(Failed) as refused:
        resolve(url, allowance)
    return refused.value.code


def names(monkeypatch: pytest.MonkeyPatch, **addresses: list[str]) -> list[str]:
    """A name server of our own; the names asked for are noted."""
    asked: list[str] = []

    def look_up(host: str, port: int, **_kind: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        if host not in addresses:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(0, 0, 0, "", (address, port)) for address in addresses[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "198.18.0.1",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
        "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_inside_networks_are_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "203.162.0.181", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_addresses_of_the_internet_are(address: str):
    assert is_public(address)


# Ways of writing an address inside the network, or one that is none. What the name server has to say
# of numbers in other notations is its own affair: some know them, some do not; none of them leads in.
INSIDE = {"private", "unknown_host", "bad_address"}
REFUSED = [
    ("http://csdl.gov.vn/x", {"not_https"}),
    ("ftp://csdl.gov.vn/x", {"bad_address"}),
    ("file:///etc/passwd", {"bad_address"}),
    ("gopher://127.0.0.1:6379/_FLUSHALL", {"bad_address"}),
    ("dict://127.0.0.1:6379/info", {"bad_address"}),
    ("ldap://127.0.0.1/", {"bad_address"}),
    ("jar:https://csdl.gov.vn/a!/", {"bad_address"}),
    ("javascript:alert(1)", {"bad_address"}),
    ("data:text/csv,a", {"bad_address"}),
    ("unix:/var/run/docker.sock", {"bad_address"}),
    ("//csdl.gov.vn/x", {"bad_address"}),
    ("https://", {"bad_address"}),
    ("https:///x", {"bad_address"}),
    ("https://csdl.gov.vn:99999/", {"bad_address"}),
    ("https://csdl.gov.vn:-1/", {"bad_address"}),
    ("https://csdl.gov.vn/a b", {"bad_address"}),
    ("https://csdl.gov.vn/\r\nX: y", {"bad_address"}),
    ("https://csdl.gov.vn\t@10.0.0.1/", {"bad_address"}),
    ("https://csdl.gov.vn\\@10.0.0.1/", {"bad_address"}),
    ("https://[::1", {"bad_address"}),
    ("https://nguoi:mat-khau@csdl.gov.vn/", {"password_in_address"}),
    ("https://csdl.gov.vn@127.0.0.1/", {"password_in_address"}),
    ("https://csdl.gov.vn:443@127.0.0.1/", {"password_in_address"}),
    ("https://@127.0.0.1/", {"password_in_address"}),
    ("https://csdl.gov.vn:8443/", {"port"}),
    ("https://127.0.0.1:6379/", {"port"}),
    ("https://127.0.0.1:5432/", {"port"}),
    ("https://127.0.0.1/", {"private"}),
    ("https://127.0.0.1./", INSIDE),
    ("https://127.1/", INSIDE),
    ("https://2130706433/", INSIDE),
    ("https://0x7f.1/", INSIDE),
    ("https://0x7f000001/", INSIDE),
    ("https://0177.0.0.1/", INSIDE),
    ("https://017700000001/", INSIDE),
    ("https://%31%32%37.0.0.1/", INSIDE),
    ("https://①②⑦.⓪.⓪.①/", INSIDE),
    ("https://127。0。0。1/", INSIDE),
    ("https://0/", INSIDE),
    ("https://0.0.0.0/", {"private"}),
    ("https://10.0.0.1/", {"private"}),
    ("https://172.16.0.1/", {"private"}),
    ("https://192.168.0.1/", {"private"}),
    ("https://100.64.0.1/", {"private"}),
    ("https://169.254.169.254/latest/meta-data/", {"private"}),
    ("https://2852039166/latest/meta-data/", INSIDE),
    ("https://[fd00:ec2::254]/latest/meta-data/", INSIDE),
    ("https://[::]/", INSIDE),
    ("https://[::1]/", INSIDE),
    ("https://[fe80::1]/", INSIDE),
    ("https://[fe80::1%25lo]/", INSIDE),
    ("https://[::ffff:10.0.0.1]/", {"private"}),
    ("https://[::ffff:7f00:1]/", INSIDE),
    ("https://[::127.0.0.1]/", INSIDE),
    ("https://[64:ff9b::7f00:1]/", INSIDE),
    ("https://[2002:7f00:1::]/", INSIDE),
    ("https://localhost/", {"private"}),
    ("https://LOCALHOST./", INSIDE),
    ("https://khong-co.invalid/", {"unknown_host"}),
]


@pytest.mark.parametrize(("url", "codes"), REFUSED, ids=[url for url, _codes in REFUSED])
def test_nobody_is_asked_at(
    url: str, codes: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Neither for data nor whether it answers: both end before a connection is made."""
    monkeypatch.setattr(
        socket, "create_connection", lambda *_how: pytest.fail(f"connected to {url}")
    )
    limits = Limits(size=1, seconds=5)
    asking: list[Callable[[], object]] = [
        lambda: fetch(Ask(url), tmp_path / "tep", allowance=STRICT, limits=limits),
        lambda: knock(url, allowance=STRICT, limits=limits),
    ]
    for ask in asking:
        with pytest.raises(Failed) as refused:
            ask()
        assert refused.value.code in codes
    assert not (tmp_path / "tep").exists()


def test_a_name_that_means_something_else_the_second_time(monkeypatch: pytest.MonkeyPatch):
    """DNS rebinding: the connection goes where the first answer led, and asks for no second one."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    look_up = lambda *_how, **_kind: [(0, 0, 0, "", (one, 443)) for one in next(answers)]  # noqa: E731
    went: list[str] = []

    def connect(place: tuple[str, int], *_how: Any) -> Any:
        went.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Failed) as refused:
        knock("https://csdl.example/", allowance=STRICT, limits=Limits(size=0, seconds=5))
    assert (refused.value.code, went) == ("unreachable", ["8.8.8.8"])


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch):
    names(monkeypatch, **{"csdl.gov.vn": ["8.8.8.8", "10.0.0.1"]})
    assert code_of("https://csdl.gov.vn/") == "private"


def test_what_was_looked_at_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch):
    asked = names(monkeypatch, **{"csdl.gov.vn": ["8.8.8.8", "8.8.4.4"]})
    target = resolve("https://CSDL.gov.vn./a?b=c", STRICT)
    assert (target.host, target.port, target.path) == ("csdl.gov.vn", 443, "/a?b=c")
    assert target.addresses == ("8.8.8.8", "8.8.4.4")
    assert asked == ["csdl.gov.vn"]


def test_named_hosts_may_be_inside(monkeypatch: pytest.MonkeyPatch):
    names(monkeypatch, **{"lgsp.noi-bo": ["10.0.0.5"], "khac.noi-bo": ["10.0.0.6"]})
    allowed = Allowance(hosts=frozenset({"lgsp.noi-bo", "lgsp.noi-bo:8443"}))
    assert resolve("https://lgsp.noi-bo/", allowed).addresses == ("10.0.0.5",)
    assert resolve("https://lgsp.noi-bo:8443/", allowed).port == 8443
    assert code_of("https://khac.noi-bo/", allowed) == "private"
    assert code_of("https://lgsp.noi-bo:9000/", allowed) == "port"


def test_http_where_the_installation_says_so():
    assert check_address("http://csdl.gov.vn/", Allowance(http=True)).port == 80
