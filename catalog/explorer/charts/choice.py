"""The charts that suit a table: which comes first, what else is offered, what completes half a question."""

from collections.abc import Iterator

from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.columns import (
    MOST_CATEGORIES,
    fitting_bucket,
    has_dates,
    is_even,
    is_groupable,
    is_history,
    is_timelike,
    time_dimensions,
)
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.question import PERIODS, VALUE, Choice, Dimension, Kind, Measure
from catalog.explorer.charts.summing import (
    is_safely_summed,
    mixes_units,
    splitting,
    why_not_together,
)
from catalog.explorer.column_meaning import Adding, adding

MOST_SUGGESTIONS = 4


def first_choice(material: Material) -> Choice | None:
    """The chart shown before anybody chose one; None where none is known to make sense."""
    return next(_sensible(material), None)


def suggestions(material: Material, shown: Choice | None = None) -> list[Choice]:
    """Other charts that suit the table, at most one of each kind and axis."""
    others = dict.fromkeys(choice for choice in _sensible(material) if choice != shown)
    return list(others)[:MOST_SUGGESTIONS]


def any_choice(material: Material) -> Choice:
    """What completes half a question where no chart is known to make sense: rows are counted."""
    return Choice(Kind.BARS, _any_group(material), Measure())


def default_x(kind: Kind, material: Material, first: Choice) -> Dimension:
    """The axis that suits the kind, which the table must be able to have."""
    if kind is first.kind:
        return first.x
    if kind.is_of_numbers:
        return Dimension((material.measures or material.numbers)[0].name)
    if kind.is_over_time:
        return next(_times(material), None) or _any_time(material)
    same_kind = [choice.x for choice in _sensible(material) if choice.kind is kind]
    return same_kind[0] if same_kind else _any_group(material)


def default_y(kind: Kind, x: Dimension, series: str, material: Material) -> Measure:
    """The sum of what adds up, else the average of what does not, else the count of rows."""
    if kind is Kind.HISTOGRAM:
        return Measure()
    if kind is Kind.SCATTER:
        return Measure(VALUE, _other_number(x, material).name)
    column = material.column(x.column)
    if mixes_units(x, series, material) or (column is not None and is_history(column)):
        return Measure()
    others = [column for column in material.measures if column.name not in (x.column, series)]
    for column in others:
        if is_safely_summed(column, x, series, material):
            return Measure("sum", column.name)
    for column in others:
        average = Measure("avg", column.name)
        if adding(column) is Adding.NEVER and not why_not_together(average, x, series, material):
            return average
    return Measure()


def _sensible(material: Material) -> Iterator[Choice]:
    """Charts that suit the table, the best first."""
    times = list(_times(material))
    histories = [x for x in times if _is_history(x, material)]
    events = [x for x in times if not x.is_periods and x not in histories]
    categories = [column for column in material.categories if column != material.units]
    few = [column for column in categories if column.distinct <= MOST_CATEGORIES]
    many = [column for column in categories if column not in few]
    # The names of shops say less than those of communes that have several.
    many.sort(key=lambda column: not _repeats(column, material))
    kinds = [column for column in few if column.type != "boolean"]
    named = [*kinds[:2], *many[:1], *(column for column in few[:2] if column not in kinds)]
    grouped = [
        *(_grouped(Kind.LINE, x, material) for x in events),
        *(_grouped(Kind.BARS, Dimension(column.name), material) for column in named),
        *(_grouped(Kind.LINE, x, material) for x in times if x.is_periods),
    ]
    yield from (choice for choice in grouped if _says_something(choice, material))
    yield from (Choice(Kind.LINE, x, Measure()) for x in histories)
    if material.units is None:
        yield from _of_numbers(material)
    repeated = [c for c in many if _repeats(c, material) and not is_even(c)]
    if not material.measures:
        repeated += [c for c in few if _repeats(c, material)]
    yield from (Choice(Kind.BARS, Dimension(c.name), Measure()) for c in repeated[:1])


def _repeats(column: TableColumn, material: Material) -> bool:
    """Whether its values stand in two rows or more, taken together."""
    return 2 * column.distinct <= material.row_count


def _of_numbers(material: Material) -> Iterator[Choice]:
    if material.measures:
        yield Choice(Kind.HISTOGRAM, Dimension(material.measures[0].name), Measure())
    if len(material.measures) > 1:
        one, other = material.measures[:2]
        yield Choice(Kind.SCATTER, Dimension(one.name), Measure(VALUE, other.name))


def _grouped(kind: Kind, x: Dimension, material: Material) -> Choice:
    y = default_y(kind, x, _split(x, material), material)
    return Choice(kind, x, y, splitting(y, x, material))


def _split(x: Dimension, material: Material) -> str:
    """The column that would split sums of these groups."""
    return splitting(Measure("sum"), x, material)


def _says_something(choice: Choice, material: Material) -> bool:
    """Rows are counted where there are few groups and not all are equal; over periods by no count."""
    if choice.y != Measure():
        return True
    column = material.column(choice.x.column)
    if column is None:
        return False
    if choice.kind is Kind.LINE:
        return bool(choice.x.by) or not is_even(column)
    return column.distinct <= MOST_CATEGORIES and not is_even(column)


def _is_history(x: Dimension, material: Material) -> bool:
    column = material.column(x.column)
    return column is not None and is_history(column)


def _times(material: Material) -> Iterator[Dimension]:
    """What may be a time axis with points enough for a line; the periods last."""
    yield from time_dimensions(material.columns)
    if material.has_periods:
        yield Dimension(PERIODS)


def _any_time(material: Material) -> Dimension:
    """A time axis even where it gives a point or two."""
    return next(_timed(c) for c in material.columns if is_timelike(c) and c.distinct)


def _any_group(material: Material) -> Dimension:
    """Groups where no column suits bars."""
    columns = [*material.categories, *material.columns]
    found = (_timed(c) for c in columns if is_groupable(c) or is_timelike(c))
    return next(found, None) or Dimension(PERIODS)


def _timed(column: TableColumn) -> Dimension:
    return Dimension(column.name, fitting_bucket(column) if has_dates(column) else "")


def _other_number(x: Dimension, material: Material) -> TableColumn:
    others = [c for c in (*material.measures, *material.numbers) if c.name != x.column]
    return (others or material.numbers)[0]
