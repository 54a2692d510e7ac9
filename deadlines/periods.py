"""Periods of data: a year, a quarter, a month or a day, written 2026, 2026Q3, 2026-09, 2026-09-30.

Plain Python, so that a person can try it in a shell:

>>> Period.parse("2026Q3").last_day
datetime.date(2026, 9, 30)
>>> Period.parse("2026Q4").next().code
'2027Q1'
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering


class Kind(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


MONTHS = {Kind.YEAR: 12, Kind.QUARTER: 3, Kind.MONTH: 1}
ROMAN = ("I", "II", "III", "IV")
_SPELLING = re.compile(
    r"(?P<year>[12]\d{3})(?:Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
)


@total_ordering
@dataclass(frozen=True)
class Period:
    """One period; `first_day` and `last_day` are both inside it.

    Periods are ordered by their last day, the shorter one first where those are equal.
    """

    kind: Kind
    first_day: date

    @classmethod
    def parse(cls, code: str) -> "Period":
        """The period spelled `code`. Raises ValueError for anything else."""
        match = _SPELLING.fullmatch(code)
        if match is None:
            raise ValueError(f"not a period: {code!r}")
        year = int(match["year"])
        if match["quarter"]:
            return cls(Kind.QUARTER, date(year, 3 * int(match["quarter"]) - 2, 1))
        if match["day"]:
            return cls(Kind.DAY, date(year, int(match["month"]), int(match["day"])))
        if match["month"]:
            return cls(Kind.MONTH, date(year, int(match["month"]), 1))
        return cls(Kind.YEAR, date(year, 1, 1))

    @classmethod
    def containing(cls, day: date, kind: Kind) -> "Period":
        """The period of that kind in which `day` lies."""
        if kind is Kind.DAY:
            return cls(kind, day)
        months = MONTHS[kind]
        return cls(kind, date(day.year, (day.month - 1) // months * months + 1, 1))

    @property
    def last_day(self) -> date:
        return self.next().first_day - timedelta(days=1)

    @property
    def code(self) -> str:
        year, month = self.first_day.year, self.first_day.month
        match self.kind:
            case Kind.YEAR:
                return f"{year}"
            case Kind.QUARTER:
                return f"{year}Q{(month + 2) // 3}"
            case Kind.MONTH:
                return f"{year}-{month:02}"
        return self.first_day.isoformat()

    @property
    def quarter(self) -> str:
        """The quarter's Roman number, as official documents write it."""
        return ROMAN[(self.first_day.month - 1) // 3]

    def next(self) -> "Period":
        return self._moved(1)

    def previous(self) -> "Period":
        return self._moved(-1)

    def _moved(self, steps: int) -> "Period":
        if self.kind is Kind.DAY:
            return Period(self.kind, self.first_day + timedelta(days=steps))
        months = self.first_day.year * 12 + self.first_day.month - 1 + steps * MONTHS[self.kind]
        return Period(self.kind, date(months // 12, months % 12 + 1, 1))

    def __lt__(self, other: "Period") -> bool:
        return (self.last_day, -self.first_day.toordinal()) < (
            other.last_day,
            -other.first_day.toordinal(),
        )

    def __str__(self) -> str:
        return self.code
