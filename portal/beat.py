"""The schedule of background work, on a clock that may be set back.

Celery's own remembers when each job ran last. After a clock has run ahead and returned, that lies in the
future, and nothing would run until real time has caught up with it.
"""

from typing import Any

import structlog
from celery.beat import PersistentScheduler

log = structlog.get_logger(__name__)


class Scheduler(PersistentScheduler):
    def tick(self, *args: Any, **kwargs: Any) -> float:
        self._return_from_the_future()
        return super().tick(*args, **kwargs)

    def _return_from_the_future(self) -> None:
        """What ran later than now ran now; the order of what is to come is made anew."""
        ahead = [
            entry for entry in self.schedule.values() if entry.last_run_at > entry.default_now()
        ]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            log.warning("clock_went_back", jobs=len(ahead))
            self._heap = None
