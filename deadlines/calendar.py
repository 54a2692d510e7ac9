"""Which days are working days in Vietnam: the calendar is data, decided anew for each year.

Bộ luật Lao động 2019, Điều 112: public holidays; a holiday on a weekly day off gives the next
working day off. Saturdays are exchanged for working days by a notice of the Government.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from pathlib import Path

SHIPPED = Path(__file__).parent / "reference" / "calendar.csv"
SATURDAY = 5  # date.weekday()


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    IN_LIEU_OFF = "in_lieu_off"
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"


class Certainty(IntEnum):
    """How sure a row is; the least sure of several speaks for them all."""

    UNKNOWN = 0  # nobody has entered this year yet: only weekends are known
    PROVISIONAL = 1
    COMPUTED = 2
    HIGH = 3


@dataclass(frozen=True)
class SpecialDay:
    """A day off, or a Saturday to work on; `name` as the notice calls it."""

    day: date
    kind: DayKind
    name: str
    certainty: Certainty

    @property
    def is_working(self) -> bool:
        return self.kind is DayKind.SWAP_WORK


class Calendar:
    """Working days from the special days of each year and the weekends."""

    def __init__(self, days: Iterable[SpecialDay]) -> None:
        self._special = {special.day: special for special in days}
        self._certainty: dict[int, Certainty] = {}
        for special in self._special.values():
            year = special.day.year
            known = self._certainty.get(year, Certainty.HIGH)
            self._certainty[year] = min(known, special.certainty)

    def special(self, day: date) -> SpecialDay | None:
        return self._special.get(day)

    def is_working(self, day: date) -> bool:
        """Monday to Friday and not off, or a Saturday given in exchange."""
        special = self._special.get(day)
        if special is not None:
            return special.is_working
        return day.weekday() < SATURDAY

    def days_off_from(self, day: date) -> Iterator[date]:
        """`day` and the days after it, until the next working day."""
        while not self.is_working(day):
            yield day
            day += timedelta(days=1)

    def certainty(self, first: date, last: date) -> Certainty:
        """How sure the calendar is of the years from `first` to `last`."""
        years = range(first.year, last.year + 1)
        return min(self._certainty.get(year, Certainty.UNKNOWN) for year in years)


def read_calendar(path: Path = SHIPPED) -> list[SpecialDay]:
    """The rows of a table with the columns date, kind, name_vi and certainty."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            SpecialDay(
                date.fromisoformat(row["date"]),
                DayKind(row["kind"]),
                row["name_vi"],
                Certainty[row["certainty"].upper()],
            )
            for row in csv.DictReader(file)
        ]
