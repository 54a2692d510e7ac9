"""Moments and a small province for tests of duties."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from core import clock


@contextmanager
def at(moment: str) -> Iterator[None]:
    """Hold the clock: "2026-10-06" is nine in the morning there, "2026-10-06 14:30" that minute."""
    text = moment if " " in moment else f"{moment} 09:00"
    with clock.set_to(datetime.fromisoformat(text).replace(tzinfo=clock.VIETNAM)):
        yield
