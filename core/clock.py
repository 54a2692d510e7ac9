"""The only source of the present moment.

Everything that asks "when is it" asks here, so that a replay or a test can move
time without touching the operating system. Dates are dates in Nghệ An
(Asia/Ho_Chi_Minh): the law counts days there, wherever the server stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or wall()


def wall() -> datetime:
    """What the machine's clock says, held or not."""
    return datetime.now(UTC)


def is_held() -> bool:
    """Whether a replay or a test holds the clock: then nothing else can tell what time it is."""
    return _set_to.get() is not None


def today() -> date:
    """Today's date in Nghệ An."""
    return now().astimezone(VIETNAM).date()


def midnight(day: date) -> datetime:
    """The moment the date begins in Nghệ An."""
    return datetime.combine(day, time.min, VIETNAM)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment inside the block.

    Raises ValueError for a naive datetime: whose midnight would it be?
    """
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
