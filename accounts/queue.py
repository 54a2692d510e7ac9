"""Asking a worker to go on with something, once the present transaction has committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from celery import current_app
from django.db import transaction

_done_here: ContextVar[frozenset[str]] = ContextVar("done_here", default=frozenset())


def after_commit(task: str, *args: Any) -> None:
    """Put the task of that name on its queue after the commit.

    Should the queue not answer, the commit stands and the error is logged: every task's work can be
    found in the database, and a job on the schedule looks for it.
    """
    if task not in _done_here.get():
        transaction.on_commit(lambda: current_app.send_task(task, args), robust=True)


@contextmanager
def doing_here(task: str) -> Iterator[None]:
    """The caller does that task's work himself inside the block: nothing is put on the queue."""
    token = _done_here.set(_done_here.get() | {task})
    try:
        yield
    finally:
        _done_here.reset(token)
