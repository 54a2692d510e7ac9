"""One thread that interrupts the queries whose time is up."""

import contextlib
import heapq
import itertools
import threading
import time
from collections.abc import Iterator

import duckdb


class Watchdog:
    """Interrupts cursors at their deadline. A thread per query would cost more than a page."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue: list[tuple[float, int, duckdb.DuckDBPyConnection]] = []
        self._watched: set[int] = set()
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None
        self._stopped = False

    @contextlib.contextmanager
    def watch(self, cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
        """Interrupt `cursor` if the block takes longer than `seconds`."""
        number = self._add(cursor, time.monotonic() + seconds)
        try:
            yield
        finally:
            with self._changed:
                self._watched.discard(number)

    def stop(self) -> None:
        """End the thread."""
        with self._changed:
            self._stopped = True
            self._queue.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _add(self, cursor: duckdb.DuckDBPyConnection, due: float) -> int:
        with self._changed:
            number = next(self._numbers)
            self._watched.add(number)
            heapq.heappush(self._queue, (due, number, cursor))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="deadlines")
                self._thread.start()
            elif self._queue[0][1] == number:
                self._changed.notify()
            return number

    def _run(self) -> None:
        with self._changed:
            while not self._stopped:
                self._drop_finished()
                wait = self._queue[0][0] - time.monotonic() if self._queue else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                _due, number, cursor = heapq.heappop(self._queue)
                self._watched.discard(number)
                cursor.interrupt()

    def _drop_finished(self) -> None:
        while self._queue and self._queue[0][1] not in self._watched:
            heapq.heappop(self._queue)
