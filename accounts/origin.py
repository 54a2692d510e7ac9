"""From where the present action comes, for the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The caller's address and the request's id; both empty for the portal's own jobs."""

    address: str | None = None
    request_id: str = ""


_current: ContextVar[Origin] = ContextVar("origin", default=Origin())


def current_origin() -> Origin:
    return _current.get()


@contextmanager
def acting_from(origin: Origin) -> Iterator[None]:
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
