"""Sharing as the walk through the days meets it."""

from collections.abc import Collection
from datetime import date

from core import clock
from demo.sharing.calls import make_calls
from demo.sharing.desk import Desk
from demo.sharing.plan import steps_by_day
from sharing.actions.decisions import Issued


class Sharing:
    """What happens from `begin` until yesterday about the services of those datasets."""

    def __init__(self, today: date, begin: date, slugs: Collection[str]) -> None:
        self._today = today
        self._steps = steps_by_day(today, begin, slugs)
        self._first = min(self._steps, default=today)
        self._desk = Desk(today)

    def morning(self) -> None:
        """Before the first service there is nothing to look after."""
        if clock.today() > self._first:
            self._desk.morning()

    def day(self, day: date) -> int:
        """How many steps were still to be done."""
        return self._desk.do_all(self._steps.get(day, ()))

    def finish(self) -> None:
        """When every day is walked: the calls of the last weeks."""
        make_calls(self._today)

    @property
    def for_trying(self) -> Issued | None:
        return self._desk.for_trying
