"""Asking a worker to go on with something, once the present transaction has committed."""

from typing import Any

from celery import current_app
from django.db import transaction


def after_commit(task: str, *args: Any) -> None:
    """Put the task of that name on its queue after the commit.

    Should the queue not answer, the commit stands and the error is logged: every task's work can be
    found in the database, and a job on the schedule looks for it.
    """
    transaction.on_commit(lambda: current_app.send_task(task, args), robust=True)
