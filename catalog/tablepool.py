"""The one table engine of this process, and who gets a turn in it.

A question holds one of the few threads that make pages. So at most half of them may be in the engine;
where all of those have been at it for long, another question is refused at once instead of waiting in
a thread of its own; and each caller has so many seconds of the engine in a minute, whatever way he asks
(docs/adr/0016). Questions of the portal's own jobs come from no address and are not counted; of what is
sent while a client takes it, each part waits for its turn.
"""

import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import structlog
from django.conf import settings
from django.core.cache import cache as shared
from redis.exceptions import RedisError

from accounts.origin import current_origin
from core import clock
from tables import TablePool, TooBusy

logger = structlog.get_logger(__name__)

PLACES = 2  # half of the threads that make pages in a process (portal.door)
LONGEST_WAIT = 1.0  # seconds in a thread, for a place
LONGEST_PATIENCE = 30.0  # seconds, for a part of something that has begun
SLOW = 0.5  # seconds; of a quick question the end is worth waiting for
MINUTE = 60
TOLD_FROM = 0.05  # seconds a caller has used before the other processes are told
MOST_CALLERS = 10_000  # remembered by a process


class Places:
    """How many questions are in the engine at one time, and since when each of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._changed = threading.Condition()
        self._numbers = itertools.count()
        self._since: dict[int, float] = {}

    @contextmanager
    def one(self, *, patient: bool = False) -> Iterator[None]:
        """A place for the length of the block. Raises TooBusy."""
        number = self._take(patient)
        try:
            yield
        finally:
            with self._changed:
                del self._since[number]
                self._changed.notify()

    def _take(self, patient: bool) -> int:
        due = time.monotonic() + (LONGEST_PATIENCE if patient else LONGEST_WAIT)
        with self._changed:
            while len(self._since) >= self._most:
                now = time.monotonic()
                hopeless = not patient and max(self._since.values()) + SLOW <= now
                if hopeless or now >= due:
                    raise TooBusy("engine_busy")
                # Until somebody leaves, or the last of them turns out to be slow.
                wake = due if patient else min(due, max(self._since.values()) + SLOW)
                self._changed.wait(wake - now + 0.001)
            number = next(self._numbers)
            self._since[number] = time.monotonic()
            return number


class Budget:
    """What each caller has used of the engine in this minute, in seconds.

    Small sums stay in the process; from TOLD_FROM on all processes add up in Redis. Without Redis each
    process counts for itself.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._used: OrderedDict[tuple[str, int], float] = OrderedDict()  # by caller and minute
        self._untold: dict[tuple[str, int], float] = {}

    def check(self, caller: str) -> None:
        """Raises TooBusy for a caller who has used up the minute."""
        minute = self._minute()
        with self._lock:
            used = self._used.get((caller, minute), 0.0)
        if used >= settings.ENGINE_SECONDS_PER_MINUTE > 0:
            left = (minute + 1) * MINUTE - clock.now().timestamp()
            raise TooBusy("over_budget", seconds=max(1, round(left)))

    def charge(self, caller: str, seconds: float) -> None:
        key = (caller, self._minute())
        with self._lock:
            self._used[key] = self._used.get(key, 0.0) + seconds
            self._used.move_to_end(key)
            self._untold[key] = self._untold.get(key, 0.0) + seconds
            self._forget()
            if self._untold.get(key, 0.0) < TOLD_FROM:
                return
            told = self._untold.pop(key)
        used = self._tell(key, told)
        with self._lock:
            self._used[key] = max(self._used.get(key, 0.0), used)

    def _tell(self, key: tuple[str, int], seconds: float) -> float:
        """What all processes together have told."""
        name = f"engine:{key[0]}:{key[1]}"
        try:
            shared.add(name, 0, timeout=2 * MINUTE)
            return int(shared.incr(name, round(1000 * seconds))) / 1000
        except (RedisError, ValueError) as error:
            logger.warning("engine_budget_unavailable", error=type(error).__name__)
            return 0.0

    def _forget(self) -> None:
        while len(self._used) > MOST_CALLERS:
            key, _used = self._used.popitem(last=False)
            self._untold.pop(key, None)

    @staticmethod
    def _minute() -> int:
        return int(clock.now().timestamp() // MINUTE)


places = Places(PLACES)
budget = Budget()


@contextmanager
def turn(patient: bool = False) -> Iterator[None]:
    """One question to the engine, within what its caller and the process may ask. Raises TooBusy."""
    origin = current_origin()
    if not patient:
        if origin.address is None:
            yield
            return
        budget.check(origin.network)
    with places.one(patient=patient):
        # Of this thread's processor: the engine works in it, and a busy machine is nobody's fault.
        begun = time.thread_time()
        try:
            yield
        finally:
            if origin.address is not None:
                budget.charge(origin.network, time.thread_time() - begun)


@cache
def pool() -> TablePool:
    """Opens table files under the data folder only: the local storage and the cache of a remote one."""
    return TablePool(memory_limit=settings.TABLE_MEMORY, root=settings.PORTAL_DATA, admission=turn)
