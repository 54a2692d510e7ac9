"""What the rows of a table are about: communes, kinds in communes, registers, readings."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from itertools import product

from deadlines.periods import Period
from demo.chance import seeded
from demo.places import Place, communes, districts_on, units_on
from demo.sheet import Subject

# Seed text and period to subjects.
Subjects = Callable[[str, Period], list[Subject]]

PROVINCE = Place("40", "Tỉnh Nghệ An", "Nghệ An", 19.2, 104.9, 16_486.0, 3_420_000, "Toàn tỉnh")


def per_commune(
    *kinds: Sequence[str], only: Callable[[Place, tuple[str, ...]], bool] | None = None
) -> Subjects:
    """A row for each of today's 130 communes, and within it for each combination of kinds.

    With `only`, for the combinations that exist in the commune.
    """

    def subjects(seed: str, period: Period) -> list[Subject]:
        return [
            Subject(place, kind)
            for place in communes()
            for kind in product(*kinds)
            if only is None or only(place, kind)
        ]

    return subjects


def per_unit_in_force() -> Subjects:
    """A row for each commune that existed when the period ended."""

    def subjects(seed: str, period: Period) -> list[Subject]:
        return [Subject(place) for place in units_on(period.last_day)]

    return subjects


def per_district() -> Subjects:
    """A row for each district that existed when the period ended, up to 30/6/2025."""

    def subjects(seed: str, period: Period) -> list[Subject]:
        return [Subject(place) for place in districts_on(period.last_day)]

    return subjects


def province_wide(*kinds: Sequence[str]) -> Subjects:
    """A row for each combination of kinds, for the province as a whole."""

    def subjects(seed: str, period: Period) -> list[Subject]:
        return [
            Subject(PROVINCE, kind, number)
            for number, kind in enumerate(product(*kinds), start=1)
        ]  # fmt: skip

    return subjects


def register(
    size: int, *, turnover: float = 0.02, where: Callable[[Place], float] | None = None
) -> Subjects:
    """About `size` entries spread over the communes by population, or by `where`'s weight.

    `turnover` is the share that opens, and that closes, in a quarter.
    """

    @cache
    def entries(seed: str) -> list[Subject]:
        chance = seeded(seed, "register")
        weights = [(where or _population)(place) for place in communes()]
        places = chance.choices(communes(), weights, k=round(size * (1 + 12 * turnover)))
        return [
            Subject(
                place,
                number=number,
                opened=-1e9 if number <= size else chance.uniform(1, 13),
                closed=chance.uniform(1, 13) if chance.random() < 8 * turnover else 1e9,
            )
            for number, place in enumerate(places, start=1)
        ]

    return lambda seed, period: entries(seed)


def within_period(size: int) -> Subjects:
    """About `size` cases that belong to the period alone, numbered from 1."""

    def subjects(seed: str, period: Period) -> list[Subject]:
        chance = seeded(seed, "cases", period.code)
        count = size if size >= 100_000 else round(size * chance.uniform(0.92, 1.08))
        places = chance.choices(communes(), [_population(place) for place in communes()], k=count)
        return [Subject(place, (), number) for number, place in enumerate(places, start=1)]

    return subjects


def stations(
    count: int, *kinds: Sequence[str], hours: int = 0, where: Callable[[Place], float] | None = None
) -> Subjects:
    """Readings at `count` stations: for each combination of kinds, every `hours` if given."""

    @cache
    def sites(seed: str) -> list[tuple[int, Place]]:
        chance = seeded(seed, "stations")
        ranked = sorted(
            communes(), key=lambda place: chance.random() / (where or _population)(place)
        )
        return list(enumerate((ranked * 9)[:count], start=1))

    def subjects(seed: str, period: Period) -> list[Subject]:
        moments = [(moment,) for moment in _moments(period, hours)] if hours else [()]
        combinations = list(product(*kinds))
        return [
            Subject(place, moment + kind, number)
            for number, place in sites(seed)
            for moment in moments
            for kind in combinations
        ]

    return subjects


def _moments(period: Period, hours: int) -> list[str]:
    """ISO texts from the first hour of the period to the last, `hours` apart."""
    first = datetime.combine(period.first_day, time())
    count = ((period.last_day - period.first_day).days + 1) * 24 // hours
    return [(first + timedelta(hours=hours * step)).isoformat() for step in range(count)]


def _population(place: Place) -> float:
    return place.population


def by_area(place: Place) -> float:
    return place.area


def on_coast(place: Place) -> bool:
    """Whether the commune is near the sea, which begins at about 105.7° east."""
    return place.longitude > 105.6


def in_towns(place: Place) -> float:
    return place.population * (6.0 if place.name.startswith("Phường") else 1.0)
