"""Where a pull may go: https, usual ports, addresses of the public internet.

The name is resolved here, once, and the connection goes to the address that was looked at: a name
server that answers differently the second time (DNS rebinding) changes nothing.
"""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from catalog.pulling.failures import Failed

PORTS = {"https": 443, "http": 80}
# Addresses that carry another one inside, so that where they lead is not to be seen from them, and
# those of protocols that some Pythons take for public.
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/23",
        "192.0.0.0/24",
        "192.88.99.0/24",
    )
)


@dataclass(frozen=True)
class Allowance:
    """What an installation allows beyond the rule.

    `hosts`: "host" or "host:port" whose address may be private, as those of LGSP inside the province's
    network are; a port that is none of the usual has to be named. `http`: whether without TLS.
    """

    hosts: frozenset[str] = frozenset()
    http: bool = False


@dataclass(frozen=True)
class Target:
    """A checked place: `addresses` are what the host's name meant when it was looked up."""

    scheme: str
    host: str
    port: int
    path: str  # with the query
    addresses: tuple[str, ...]

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def check_address(url: str, allowance: Allowance) -> Target:
    """The place without looking its name up (`addresses` empty). Raises Failed."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Failed("bad_address") from None
    if parts.scheme not in PORTS or not _is_plain(url) or not host:
        raise Failed("bad_address")
    if parts.username is not None or parts.password is not None:
        raise Failed("password_in_address")
    if parts.scheme == "http" and not allowance.http:
        raise Failed("not_https")
    port = port or PORTS[parts.scheme]
    if port != PORTS[parts.scheme] and f"{host}:{port}" not in allowance.hosts:
        raise Failed("port", port=port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, _ascii(host), port, path, ())


def resolve(url: str, allowance: Allowance) -> Target:
    """The place with the addresses to connect to, every one of them looked at. Raises Failed."""
    target = check_address(url, allowance)
    addresses = _look_up(target.host, target.port)
    named = {target.host, f"{target.host}:{target.port}"}
    if not named & allowance.hosts and not all(map(is_public, addresses)):
        raise Failed("private", host=target.host)
    return Target(target.scheme, target.host, target.port, target.path, tuple(addresses))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet at large."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.is_site_local:
            return False
    if any(ip in network for network in _SPECIAL):
        return False
    unusual = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved
    return ip.is_global and not (unusual or ip.is_multicast or ip.is_unspecified)


def _look_up(host: str, port: int) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed("unknown_host", host=host) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _ascii(host: str) -> str:
    """The name as name servers know it."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        raise Failed("bad_address") from None


def _is_plain(url: str) -> bool:
    """Printable ASCII without spaces: what goes into a request line as it is."""
    return url.isascii() and url.isprintable() and " " not in url and "\\" not in url
