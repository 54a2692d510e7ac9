"""Columns of text and yes or no: codes, names, kinds, choices."""

from collections.abc import Sequence

from demo.sheet import Measure, Sheet, Value


def place_code() -> Measure:
    return Measure("text", lambda sheet: [subject.place.code for subject in sheet.subjects])


def place_name() -> Measure:
    return Measure("text", lambda sheet: [subject.place.name for subject in sheet.subjects])


def place_region() -> Measure:
    return Measure("text", lambda sheet: [subject.place.region for subject in sheet.subjects])


def kind(position: int = 0) -> Measure:
    """The text that tells this row from the others of its place."""
    return Measure("text", lambda sheet: [subject.kind[position] for subject in sheet.subjects])


def lookup(position: int, table: dict[str, str]) -> Measure:
    """What `table` says about the row's kind: a unit, a code, a group."""
    return Measure(
        "text", lambda sheet: [table[subject.kind[position]] for subject in sheet.subjects]
    )


def numbered(pattern: str) -> Measure:
    """A code such as "TH-{number:04d}"; {period} and {place} may be used too."""

    def draw(sheet: Sheet) -> list[Value]:
        period = sheet.period.code
        return [
            pattern.format(number=subject.number, period=period, place=subject.place.code)
            for subject in sheet.subjects
        ]

    return Measure("text", draw)


def named(pattern: str) -> Measure:
    """Text made from earlier columns and from {place} and {number}."""

    def draw(sheet: Sheet) -> list[Value]:
        used = {name: values for name, values in sheet.columns.items() if f"{{{name}}}" in pattern}
        return [
            pattern.format(
                place=subject.place.short_name,
                number=subject.number,
                **{name: values[row] for name, values in used.items()},
            )
            for row, subject in enumerate(sheet.subjects)
        ]

    return Measure("text", draw)


def of_period(pattern: str) -> Measure:
    """The same text in all rows; {quarter}, {month} and {year} may be used."""

    def draw(sheet: Sheet) -> list[Value]:
        last = sheet.period.last_day
        text = pattern.format(quarter=sheet.period.quarter, month=last.month, year=last.year)
        return [text] * len(sheet.subjects)

    return Measure("text", draw)


def picked(
    options: Sequence[str], weights: Sequence[float] | None = None, *, drift: float = 0.0
) -> Measure:
    """One of the options, which the subject keeps; a share `drift` changes in a quarter."""

    def draw(sheet: Sheet) -> list[Value]:
        count = len(sheet.subjects)
        chosen: list[Value] = list(sheet.steady.choices(options, weights, k=count))
        if not drift:
            return chosen
        later = sheet.steady.choices(options, weights, k=count)
        turned = [sheet.steady.random() / drift < sheet.age for _ in range(count)]
        return [b if turn else a for a, b, turn in zip(chosen, later, turned, strict=True)]

    return Measure("text", draw)


def drawn(options: Sequence[str], weights: Sequence[float] | None = None) -> Measure:
    """One of the options, drawn anew in each period."""
    return Measure(
        "text", lambda sheet: list(sheet.moving.choices(options, weights, k=len(sheet.subjects)))
    )


def advancing(stages: Sequence[str], *, quarters: float = 4) -> Measure:
    """A stage that only moves forward, each lasting about `quarters`."""

    def draw(sheet: Sheet) -> list[Value]:
        last = len(stages) - 1
        start = [sheet.steady.uniform(-3, last) for _ in sheet.subjects]
        return [stages[min(last, max(0, int(at + sheet.age / quarters)))] for at in start]

    return Measure("text", draw)


def flag(share: float) -> Measure:
    """True for about `share` of the subjects."""
    return Measure("boolean", lambda sheet: [sheet.steady.random() < share for _ in sheet.subjects])


def sometimes_empty(measure: Measure, share: float) -> Measure:
    """The measure, with about `share` of its values missing."""

    def draw(sheet: Sheet) -> list[Value]:
        values = measure.draw(sheet)
        return [None if sheet.moving.random() < share else value for value in values]

    return Measure(measure.type, draw)
