"""Points of two columns of numbers: all rows of a small table, a fair sample of a large one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Any

from catalog.explorer.charts.asking import Asking, number
from catalog.explorer.charts.columns import MOST_SERIES
from catalog.explorer.charts.numbers import REST
from catalog.explorer.charts.question import Choice
from tables import Filter

MOST_POINTS = 2_000
BLOCKS = 10  # a large table is looked at in as many places, evenly spread


@dataclass(frozen=True)
class Points:
    """`points` are (x, y, place in `series`); `total` counts the rows that have both values."""

    points: list[tuple[float, float, int]]
    series: list[Any]
    total: int

    @property
    def is_sample(self) -> bool:
        return len(self.points) < self.total


def points_of(ask: Asking, choice: Choice) -> Points:
    """At most two thousand. Raises the engine's errors."""
    names = list(
        dict.fromkeys([choice.x.column, choice.y.column, choice.series or choice.x.column])
    )
    filled = [Filter(name, "not_empty") for name in {choice.x.column, choice.y.column}]
    first = ask.rows(names, filled=filled, limit=MOST_POINTS)
    total, rows = first.total or 0, first.rows
    if total > MOST_POINTS:
        size = MOST_POINTS // BLOCKS
        starts = [block * (total - size) // (BLOCKS - 1) for block in range(BLOCKS)]
        rows = [
            row
            for start in starts
            for row in ask.rows(names, filled=filled, limit=size, offset=start).rows
        ]
    at = {name: place for place, name in enumerate(names)}
    found = [
        (number(row[at[choice.x.column]]), number(row[at[choice.y.column]]),
         row[at[choice.series]] if choice.series else None)
        for row in rows
    ]  # fmt: skip
    series = _series([one for _, _, one in found])
    place = {one: index for index, one in enumerate(series)}
    rest = len(series) - 1
    points = [
        (float(x), float(y), place.get(one, rest))
        for x, y, one in found
        if x is not None and y is not None
    ]
    return Points(points, series, total)


def _series(values: Sequence[Any]) -> list[Any]:
    """The most frequent values; beyond six the others are gathered."""
    frequent = [value for value, _count in Counter(values).most_common()]
    return frequent if len(frequent) <= MOST_SERIES else [*frequent[: MOST_SERIES - 1], REST]


def correlation(points: Sequence[tuple[float, float, int]]) -> float | None:
    """Pearson's coefficient, −1 to 1; None where one of the two does not vary."""
    count = len(points)
    if count < 3:
        return None
    mean_x, mean_y = (fsum(point[axis] for point in points) / count for axis in (0, 1))
    along = fsum((x - mean_x) * (y - mean_y) for x, y, _ in points)
    spread_x = fsum((x - mean_x) ** 2 for x, _, _ in points)
    spread_y = fsum((y - mean_y) ** 2 for _, y, _ in points)
    return along / sqrt(spread_x * spread_y) if spread_x and spread_y else None
