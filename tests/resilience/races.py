"""Two people press at the same instant: the second while the first has done it and not committed.

No clock takes part: the database says when the second waits for the first.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.permissions import NotFound
from tests.processes import PATIENCE

Deed = Callable[[], Any]
WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def beside(first: Deed, second: Deed) -> str:
    """What the second was told; "" when it was done, too. Any other error of it is raised here."""
    told: list[str | Exception] = []

    def other() -> None:
        try:
            second()
            told.append("")
        except ValidationError as refusal:
            told.append(" ".join(refusal.messages))
        except NotFound:
            told.append("not found")
        except Exception as error:  # noqa: BLE001 raised in the thread that waits for it
            told.append(error)
        finally:
            connection.close()

    desk = threading.Thread(target=other)
    with transaction.atomic():
        first()
        desk.start()
        _until_it_waits(desk)
    desk.join(PATIENCE)
    (outcome,) = told
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _until_it_waits(desk: threading.Thread) -> None:
    """Until the other waits for what this transaction holds, or is through without."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while desk.is_alive() and time.monotonic() < end:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            desk.join(0.01)
