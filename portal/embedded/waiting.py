"""Waiting that a stop request can cut short."""

import signal
import time
from collections.abc import Callable
from types import FrameType

Pause = Callable[[float], None]

STEP = 0.05


class StopRequested(Exception):
    """Ctrl-C, TERM or HUP came: everything must stop in order."""


class StopRequest:
    """Remembers a stop signal until the next pause, where it is safe to act on it.

    A handler that raised at once could do so between the birth of a child and the
    moment it is written down.
    """

    def __init__(self) -> None:
        self.received: signal.Signals | None = None

    def listen(self) -> None:
        """Take INT (ignored by default in a background job), TERM and HUP."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._remember)

    def _remember(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number)

    def pause(self, seconds: float) -> None:
        """Sleep, at most for one step once a signal came; raises StopRequested."""
        deadline = time.monotonic() + seconds
        while self.received is None and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, STEP))
        if self.received is not None:
            raise StopRequested(self.received.name)


def wait_for(condition: Callable[[], bool], seconds: float, pause: Pause) -> bool:
    """Ask again and again until `condition` holds; False when the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        pause(STEP)
    return True
