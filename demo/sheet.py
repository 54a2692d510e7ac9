"""One table of made-up figures: its rows' subjects, drawn column by column.

What a subject is (a commune, a school, a reading) and its steady traits depend on the
dataset only; what moves from period to period depends on the period too. So the rows of
two periods have the same keys, and figures that differ a little.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from deadlines.periods import Period
from demo.chance import seeded
from demo.places import Place

Value = str | int | float | bool | date | datetime | list[float] | None


class Subject(NamedTuple):
    """What one row is about."""

    place: Place
    kind: tuple[str, ...] = ()
    number: int = 0
    # The quarters since 1/1/2024 between which the subject exists.
    opened: float = -1e9
    closed: float = 1e9


@dataclass
class Sheet:
    """The state while one table is drawn; measures read it and give a column each."""

    seed: str
    period: Period
    subjects: list[Subject]
    steady: random.Random = field(default_factory=random.Random)
    moving: random.Random = field(default_factory=random.Random)
    columns: dict[str, list[Value]] = field(default_factory=dict)

    @property
    def age(self) -> float:
        """Quarters from 1/1/2024 to the end of the period."""
        return age_of(self.period)

    @property
    def season(self) -> int:
        """0 to 3: the quarter of the year in which the period ends."""
        return (self.period.last_day.month - 1) // 3

    def draw(self, name: str, measure: "Measure") -> None:
        """Add the column `name`."""
        self.steady = seeded(self.seed, name)
        self.moving = seeded(self.seed, name, self.period.code)
        self.columns[name] = measure.draw(self)

    def present(self) -> dict[str, list[Value]]:
        """The columns, with only the rows of subjects that exist in the period."""
        age = self.age
        kept = [subject.opened <= age < subject.closed for subject in self.subjects]
        if all(kept):
            return self.columns
        return {
            name: [value for value, keep in zip(values, kept, strict=True) if keep]
            for name, values in self.columns.items()
        }


class Measure(NamedTuple):
    """How a column is filled, and the type of its values.

    Types: text, integer, number, date, datetime, boolean, geometry.
    """

    type: str
    draw: Callable[[Sheet], list[Value]]


def age_of(period: Period) -> float:
    day = period.last_day
    return (day.year - 2024) * 4 + day.month / 3
