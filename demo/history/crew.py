"""Who does a day's work: this process, or several beside it."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from django.db import connection

from demo.history.doing import do_all
from demo.history.events import Event


class Crew(Protocol):
    """Does the events and comes back when all are done; those of one thread in their order.

    How many were still to be done.
    """

    def __call__(self, events: Iterable[Event]) -> int: ...


@contextmanager
def crew_of(workers: int) -> Iterator[Crew]:
    """`workers` processes; one: the present process, one event after another."""
    if workers == 1:
        commit_without_waiting()
        yield do_all
        return
    connection.close()  # a connection is not shared between processes
    with ProcessPoolExecutor(workers, initializer=commit_without_waiting) as pool:

        def together(events: Iterable[Event]) -> int:
            jobs = [pool.submit(do_all, thread) for thread in _threads(events)]
            return sum(job.result() for job in jobs)

        pool.submit(commit_without_waiting).result()  # all are there before this one connects
        commit_without_waiting()
        yield together


def commit_without_waiting() -> None:
    """Thousands of commits need not wait for the disk: what a power cut takes is done again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _threads(events: Iterable[Event]) -> list[list[Event]]:
    """The longest first, so that it does not end alone."""
    threads: dict[str, list[Event]] = {}
    for event in events:
        threads.setdefault(event.thread, []).append(event)
    return sorted(threads.values(), key=len, reverse=True)
