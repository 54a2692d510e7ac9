"""The charts that suit a table: which comes first, what else is offered, what completes half a question."""

from collections.abc import Iterator

from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.columns import (
    MOST_CATEGORIES,
    Material,
    fitting_bucket,
    has_dates,
    is_groupable,
    is_rate,
    is_timelike,
    time_dimensions,
)
from catalog.explorer.charts.question import PERIODS, VALUE, Choice, Dimension, Kind, Measure

MOST_SUGGESTIONS = 4


def first_choice(material: Material) -> Choice | None:
    """The chart shown before anybody chose one; None where nothing can be drawn."""
    return next(_sensible(material), None)


def suggestions(material: Material, shown: Choice) -> list[Choice]:
    """Other charts that suit the table, at most one of each kind and axis."""
    others = dict.fromkeys(choice for choice in _sensible(material) if choice != shown)
    return list(others)[:MOST_SUGGESTIONS]


def default_x(kind: Kind, material: Material, first: Choice) -> Dimension:
    """The axis that suits the kind, which the table must be able to have."""
    if kind is first.kind:
        return first.x
    if kind.is_of_numbers:
        return Dimension((material.measures or material.numbers)[0].name)
    if kind.is_over_time:
        return next(time_dimensions(material), None) or _any_time(material)
    same_kind = [choice.x for choice in _sensible(material) if choice.kind is kind]
    return same_kind[0] if same_kind else _any_group(material)


def default_y(kind: Kind, x: Dimension, material: Material) -> Measure:
    """The first real measure that is not the axis itself, else the count of rows."""
    if kind is Kind.HISTOGRAM:
        return Measure()
    if kind is Kind.SCATTER:
        return Measure(VALUE, _other_number(x, material).name)
    measures = [column for column in material.measures if column.name != x.column]
    return _whole(measures[0]) if measures else Measure()


def _sensible(material: Material) -> Iterator[Choice]:
    """Charts that suit the table, the best first."""
    times = list(time_dimensions(material))
    categories = material.categories
    few = [column for column in categories if column.distinct <= MOST_CATEGORIES]
    events = [x for x in times if not x.is_periods and x.by != "year"]
    yield from (_grouped(Kind.LINE, x, material) for x in events)
    yield from (_grouped(Kind.BARS, Dimension(column.name), material) for column in few[:2])
    if material.measures:
        many = [column for column in categories if column not in few]
        yield from (_grouped(Kind.BARS, Dimension(column.name), material) for column in many[:1])
        yield from (_grouped(Kind.LINE, x, material) for x in times if x.is_periods)
    # Dates spread over decades say when things began: how many, not how much.
    yield from (Choice(Kind.LINE, x, Measure()) for x in times if x.by == "year")
    if material.measures:
        yield Choice(Kind.HISTOGRAM, Dimension(material.measures[0].name), Measure())
    if len(material.measures) > 1:
        one, other = material.measures[:2]
        yield Choice(Kind.SCATTER, Dimension(one.name), Measure(VALUE, other.name))
    repeated = [c for c in categories if c not in few and 2 * c.distinct <= material.row_count]
    yield from (Choice(Kind.BARS, Dimension(c.name), Measure()) for c in repeated[:1])


def _grouped(kind: Kind, x: Dimension, material: Material) -> Choice:
    return Choice(kind, x, default_y(kind, x, material))


def _whole(column: TableColumn) -> Measure:
    return Measure("avg" if is_rate(column) else "sum", column.name)


def _any_time(material: Material) -> Dimension:
    """A time axis even where it gives a point or two."""
    return next(_timed(c) for c in material.columns if is_timelike(c) and c.distinct)


def _any_group(material: Material) -> Dimension:
    """Groups where no column suits bars."""
    found = (_timed(c) for c in material.columns if is_groupable(c) or is_timelike(c))
    return next(found, None) or Dimension(PERIODS)


def _timed(column: TableColumn) -> Dimension:
    return Dimension(column.name, fitting_bucket(column) if has_dates(column) else "")


def _other_number(x: Dimension, material: Material) -> TableColumn:
    others = [c for c in (*material.measures, *material.numbers) if c.name != x.column]
    return (others or material.numbers)[0]
