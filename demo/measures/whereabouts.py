"""Columns that say when and where: dates, moments, positions."""

import math
from datetime import date, datetime, timedelta

from demo.chance import seeded
from demo.sheet import Measure, Sheet, Value


def dated(first: date, last: date) -> Measure:
    """A date that the subject keeps."""
    span = (last - first).days

    def draw(sheet: Sheet) -> list[Value]:
        return [first + timedelta(sheet.steady.randint(0, span)) for _ in sheet.subjects]

    return Measure("date", draw)


def dated_in_period() -> Measure:
    """A date inside the period, in ascending order of the rows."""

    def draw(sheet: Sheet) -> list[Value]:
        first = sheet.period.first_day
        span = (sheet.period.last_day - first).days + 1
        days = [first + timedelta(step) for step in range(span)]
        return [*sorted(sheet.moving.choices(days, k=len(sheet.subjects)))]

    return Measure("date", draw)


def days_after(name: str, low: int, high: int, *, skewed: bool = True) -> Measure:
    """A date some days after column `name`, sooner more often than later."""

    def draw(sheet: Sheet) -> list[Value]:
        steps = [timedelta(days) for days in range(low, high + 1)]
        weights = [1 / (1 + place) if skewed else 1 for place in range(len(steps))]
        delays = sheet.moving.choices(steps, weights, k=len(sheet.subjects))
        starts = sheet.columns[name]
        return [
            start + delay if isinstance(start, date) else None
            for start, delay in zip(starts, delays, strict=True)
        ]

    return Measure("date", draw)


def moment(position: int = 0) -> Measure:
    """The date and time of a reading."""

    def draw(sheet: Sheet) -> list[Value]:
        parsed = {subject.kind[position] for subject in sheet.subjects}
        moments = {text: datetime.fromisoformat(text) for text in parsed}
        return [moments[subject.kind[position]] for subject in sheet.subjects]

    return Measure("datetime", draw)


def day(position: int = 0) -> Measure:
    """The date of a daily reading."""

    def draw(sheet: Sheet) -> list[Value]:
        return [date.fromisoformat(subject.kind[position][:10]) for subject in sheet.subjects]

    return Measure("date", draw)


def point() -> Measure:
    """[longitude, latitude] inside the commune, around its real centre."""

    def draw(sheet: Sheet) -> list[Value]:
        return [list(spot) for spot in _spots(sheet)]

    return Measure("geometry", draw)


def longitude() -> Measure:
    return Measure("number", lambda sheet: [spot[0] for spot in _spots(sheet)])


def latitude() -> Measure:
    return Measure("number", lambda sheet: [spot[1] for spot in _spots(sheet)])


def _spots(sheet: Sheet) -> list[tuple[float, float]]:
    chance = seeded(sheet.seed, "position")
    spots = []
    for subject in sheet.subjects:
        place = subject.place
        # Half the radius of a circle as large as the commune; 111 km to a degree.
        reach = math.sqrt(place.area / math.pi) / 2 / 111
        distance, angle = reach * math.sqrt(chance.random()), chance.uniform(0, math.tau)
        spots.append(
            (
                round(place.longitude + distance * math.cos(angle), 5),
                round(place.latitude + distance * math.sin(angle), 5),
            )
        )
    return spots
