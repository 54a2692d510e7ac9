"""From where the present action comes, for the audit trail."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The caller's address and the request's id; both empty for the portal's own jobs."""

    address: str | None = None
    request_id: str = ""

    @property
    def network(self) -> str:
        """Who counts as one caller: an address; of IPv6 the /64 of one customer (RFC 6177)."""
        try:
            address = ipaddress.ip_address(self.address or "")
        except ValueError:
            return "unknown"
        if address.version == 4:
            return str(address)
        return str(ipaddress.ip_network((address, 64), strict=False))


_current: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin:
    return _current.get() or Origin()


@contextmanager
def acting_from(origin: Origin) -> Iterator[None]:
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
