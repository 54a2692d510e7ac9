"""How the values of a column are spread: rows counted in bins of equal width."""

from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from django.utils.translation import gettext as _

from catalog.explorer.charts.asking import Asking, Number, Undrawable, number
from catalog.explorer.charts.question import Choice
from tables import Aggregate, Group

WANTED_BINS = 15
MOST_BINS = 60
STEPS = (1, 2, 5, 10)  # widths people count in
SMALLEST, LARGEST = Decimal("1e-9"), Decimal(10) ** 15  # widths the engine knows


@dataclass(frozen=True)
class Bin:
    """Values from `start` up to but not including `end`, and the rows that hold one."""

    start: Number
    end: Number
    count: int


def bins(ask: Asking, choice: Choice, *, is_integer: bool) -> list[Bin]:
    """Every bin from the least value to the greatest. Raises the engine's errors and Undrawable."""
    name = choice.x.column
    page = ask.groups([], [Aggregate("min", name), Aggregate("max", name)])
    least, most = map(number, page.rows[0])
    if least is None or most is None:
        return []
    width = bin_width(least, most, is_integer=is_integer)
    if (most - least) / float(width) > MOST_BINS:
        raise Undrawable(_("Các giá trị của cột cách nhau quá xa để chia khoảng: hãy lọc bớt."))
    found = ask.groups([Group(name, f"{width:f}")], [Aggregate("count", name)], limit=1_000)
    counts = {_place(key, width): count for key, count in found.rows if key is not None}
    return [
        Bin(_edge(at, width), _edge(at + 1, width), counts.get(at, 0))
        for at in range(min(counts), max(counts) + 1)
    ]


def bin_width(least: Number, most: Number, *, is_integer: bool) -> Decimal:
    """1, 2 or 5 times a power of ten, for about fifteen bins; of whole numbers at least 1."""
    rough = Decimal(repr(most - least)) / WANTED_BINS
    if rough <= 0:
        return Decimal(1)
    power = Decimal(10) ** floor(log10(rough))
    width = next(step * power for step in STEPS if step * power >= rough)
    return min(max(width, Decimal(1) if is_integer else SMALLEST), LARGEST)


def _place(key: Number, width: Decimal) -> int:
    """Which bin begins at `key`, counted from zero."""
    return round(Decimal(repr(key)) / width)


def _edge(place: int, width: Decimal) -> Number:
    edge = place * width
    return int(edge) if edge == edge.to_integral_value() else float(edge)
