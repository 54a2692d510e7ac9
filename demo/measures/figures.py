"""Columns of numbers: counts, amounts, shares, sums, readings."""

import math
from collections.abc import Mapping
from typing import Any

from demo.sheet import Measure, Sheet, Value

# Factors of the four quarters of a year.
Season = tuple[float, float, float, float]
FLAT: Season = (1, 1, 1, 1)
# What a row says to the lowest and highest figure it may have.
Ranges = Mapping[Any, tuple[float, float]]


def counted(
    low: float, high: float, *, growth: float = 0.004, noise: float = 0.03, season: Season = FLAT
) -> Measure:
    """A whole number, between `low` and `high` at the beginning of 2024 (small ones commoner).

    `growth` is the change per quarter, `noise` the spread around it.
    """
    spread = math.log(max(low, 0.5)), math.log(max(high, 0.5))

    def draw(sheet: Sheet) -> list[Value]:
        bases = [math.exp(sheet.steady.uniform(*spread)) for _ in sheet.subjects]
        return [round(value) for value in _moved(sheet, bases, growth, noise, season)]

    return Measure("integer", draw)


def per_head(
    low: float, high: float, *, growth: float = 0.003, noise: float = 0.01, season: Season = FLAT
) -> Measure:
    """A whole number: the place's population times a rate between `low` and `high`."""

    def draw(sheet: Sheet) -> list[Value]:
        bases = [
            subject.place.population * sheet.steady.uniform(low, high) for subject in sheet.subjects
        ]
        return [round(value) for value in _moved(sheet, bases, growth, noise, season)]

    return Measure("integer", draw)


def amount(
    low: float, high: float, *, decimals: int = 1, growth: float = 0.004, noise: float = 0.03,
    season: Season = FLAT,
) -> Measure:  # fmt: skip
    """A decimal number, between `low` and `high` at the beginning of 2024."""

    def draw(sheet: Sheet) -> list[Value]:
        bases = [sheet.steady.uniform(low, high) for _ in sheet.subjects]
        return [round(value, decimals) for value in _moved(sheet, bases, growth, noise, season)]

    return Measure("number", draw)


def counted_by(
    name: str, ranges: Ranges, *, growth: float = 0.004, noise: float = 0.03, season: Season = FLAT
) -> Measure:
    """A whole number in the range that belongs to the value of column `name`."""

    def draw(sheet: Sheet) -> list[Value]:
        bases = [sheet.steady.uniform(*ranges[value]) for value in sheet.columns[name]]
        return [round(value) for value in _moved(sheet, bases, growth, noise, season)]

    return Measure("integer", draw)


def per_head_by(
    name: str, ranges: Ranges, *, growth: float = 0.003, noise: float = 0.01, season: Season = FLAT
) -> Measure:
    """A whole number: population times a rate in the range for the value of column `name`."""

    def draw(sheet: Sheet) -> list[Value]:
        bases = [
            subject.place.population * sheet.steady.uniform(*ranges[value])
            for subject, value in zip(sheet.subjects, sheet.columns[name], strict=True)
        ]
        return [round(value) for value in _moved(sheet, bases, growth, noise, season)]

    return Measure("integer", draw)


def amount_by(name: str, ranges: Ranges, *, decimals: int = 1, growth: float = 0.004) -> Measure:
    """A decimal number in the range that belongs to the value of column `name`."""

    def draw(sheet: Sheet) -> list[Value]:
        bases = [sheet.steady.uniform(*ranges[value]) for value in sheet.columns[name]]
        moved = _moved(sheet, bases, growth, 0.01, FLAT)
        return [round(value, decimals) for value in moved]

    return Measure("number", draw)


def product_by(name: str, kinds: str, ranges: Ranges, *, noise: float = 0.03) -> Measure:
    """Column `name` times a factor in the range for the value of column `kinds`: a yield."""

    def draw(sheet: Sheet) -> list[Value]:
        pairs = zip(sheet.columns[name], sheet.columns[kinds], strict=True)
        return [
            round(
                _number(value) * sheet.steady.uniform(*ranges[kind]) * sheet.moving.gauss(1, noise),
                1,
            )
            for value, kind in pairs
        ]

    return Measure("number", draw)


def per_area(
    low: float, high: float, *, growth: float = 0.0, noise: float = 0.005, season: Season = FLAT
) -> Measure:
    """Hectares: the place's area times a share between `low` and `high`."""

    def draw(sheet: Sheet) -> list[Value]:
        bases = [
            subject.place.area * 100 * sheet.steady.uniform(low, high) for subject in sheet.subjects
        ]
        return [round(value, 1) for value in _moved(sheet, bases, growth, noise, season)]

    return Measure("number", draw)


def figure(position: int) -> Measure:
    """The row's kind read as a decimal number."""
    return Measure(
        "number", lambda sheet: [float(subject.kind[position]) for subject in sheet.subjects]
    )


def reading(ranges: dict[str, tuple[float, float]], position: int, *, decimals: int = 2) -> Measure:
    """A measured value in the range of the row's kind, drawn anew each time."""

    def draw(sheet: Sheet) -> list[Value]:
        uniform = sheet.moving.uniform
        return [
            round(uniform(*ranges[subject.kind[position]]), decimals) for subject in sheet.subjects
        ]

    return Measure("number", draw)


def observed(low: float, high: float, *, decimals: int = 1, season: Season = FLAT) -> Measure:
    """A value measured again and again at a station that has its own level."""

    def draw(sheet: Sheet) -> list[Value]:
        levels: dict[int, float] = {}
        for subject in sheet.subjects:
            if subject.number not in levels:
                levels[subject.number] = sheet.steady.uniform(low, high) * season[sheet.season]
        varied = sheet.moving.triangular
        return [
            round(levels[subject.number] * varied(0.6, 1.5, 0.95), decimals)
            for subject in sheet.subjects
        ]

    return Measure("number", draw)


def part_of(name: str, low: float, high: float) -> Measure:
    """A whole number: the subject's own share of the whole number in column `name`."""

    def draw(sheet: Sheet) -> list[Value]:
        return [
            round(_number(whole) * sheet.steady.uniform(low, high)) for whole in sheet.columns[name]
        ]

    return Measure("integer", draw)


def rest_of(name: str, *parts: str) -> Measure:
    """Column `name` less the columns `parts`."""

    def draw(sheet: Sheet) -> list[Value]:
        taken = zip(*(sheet.columns[part] for part in parts), strict=True)
        return [
            int(_number(whole)) - sum(int(_number(part)) for part in row)
            for whole, row in zip(sheet.columns[name], taken, strict=True)
        ]

    return Measure("integer", draw)


def total_of(*names: str) -> Measure:
    """The sum of earlier columns of whole numbers."""

    def draw(sheet: Sheet) -> list[Value]:
        rows = zip(*(sheet.columns[name] for name in names), strict=True)
        return [sum(int(_number(value)) for value in row) for row in rows]

    return Measure("integer", draw)


def ratio(name: str, base: str, *, scale: float = 100, decimals: int = 1) -> Measure:
    """Column `name` over column `base`; null where the base is nought."""

    def draw(sheet: Sheet) -> list[Value]:
        pairs = zip(sheet.columns[name], sheet.columns[base], strict=True)
        return [
            round(scale * _number(value) / _number(whole), decimals) if whole else None
            for value, whole in pairs
        ]

    return Measure("number", draw)


def product_of(name: str, low: float, high: float, *, noise: float = 0.02) -> Measure:
    """Column `name` times the subject's own factor: a yield, a price."""

    def draw(sheet: Sheet) -> list[Value]:
        uniform, gauss = sheet.steady.uniform, sheet.moving.gauss
        return [
            round(_number(value) * uniform(low, high) * gauss(1, noise), 1)
            for value in sheet.columns[name]
        ]

    return Measure("number", draw)


def _moved(
    sheet: Sheet, bases: list[float], growth: float, noise: float, season: Season
) -> list[float]:
    factor = (1 + growth) ** sheet.age * season[sheet.season]
    gauss = sheet.moving.gauss
    return [max(0.0, base * factor * gauss(1, noise)) for base in bases]


def _number(value: Value) -> float:
    if isinstance(value, int | float):
        return value
    raise TypeError(f"not a number: {value!r}")
