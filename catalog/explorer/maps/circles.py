"""Places as features of a map: what the rows with the code of a commune or district come to there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.explorer.cells import TableColumn, readers_unit, value_writer
from catalog.explorer.charts.asking import Number, number
from catalog.explorer.charts.choice import default_y
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.question import Dimension, Kind, Measure
from catalog.explorer.charts.summing import why_not_of_all
from catalog.explorer.look import Look
from catalog.explorer.maps.features import Feature, Features, Part, ask
from catalog.explorer.maps.locating import Codes
from catalog.explorer.maps.places import Place, Unit
from catalog.explorer.words import Words, said
from tables import Aggregate, Filter, Group

MOST_CODES = 5_000  # distinct ones looked at; the province has fewer than 500
FUNCTIONS = ("sum", "avg", "min", "max")  # those that can be told of several units together
SIGNIFICANT_DIGITS = 15  # of a fraction: without the dust of adding
DECIMALS = 2  # of an average


@dataclass(frozen=True)
class Tally:
    """What the rows of one unit come to: how many have a value, and the value of the measure."""

    unit: Unit
    rows: int
    value: Number


@dataclass(frozen=True)
class Counting:
    """What is measured: a function that can be told of several units together, of a column or of rows."""

    measure: Measure
    column: TableColumn | None = None

    @property
    def label(self) -> Words:
        if self.column is None:
            return said(_("Số dòng"))
        words = {
            "sum": _("Tổng: {column}"),
            "avg": _("Trung bình: {column}"),
            "min": _("Nhỏ nhất: {column}"),
            "max": _("Lớn nhất: {column}"),
        }
        return said(words[self.measure.function], column=self.column.label)

    def words(self, value: Number) -> str:
        """A value as it stands beside a name."""
        if self.column is None:
            shown = formats.number_format(int(value), use_l10n=True, force_grouping=True)
            return ngettext("{n} dòng", "{n} dòng", int(value)).format(n=shown)
        unit = f" {readers_unit(self.column.unit)}" if self.column.unit else ""
        return f"{value_writer(self.column)(_plain(value, self.measure.function))}{unit}"

    def together(self, tallies: Sequence[Tally]) -> Number:
        """The measure of the rows of several units, from that of each."""
        values = [tally.value for tally in tallies]
        match self.measure.function:
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "avg":
                rows = sum(tally.rows for tally in tallies)
                return sum(tally.value * tally.rows for tally in tallies) / rows
        return sum(values)


def countings(material: Material, location: Codes) -> list[Counting]:
    """What can be chosen, the count of rows first: nothing that would add up what does not add up."""
    chosen = [
        Counting(Measure(function, column.name), column)
        for column in material.measures
        for function in FUNCTIONS
    ]
    return [Counting(Measure()), *(one for one in chosen if not why_not(one, material, location))]


def why_not(counting: Counting, material: Material, location: Codes) -> str:
    """Why the measure says nothing of places, in a sentence; nothing where it does."""
    return why_not_of_all(counting.measure, Dimension(location.column.name), material)


def first_counting(offered: Sequence[Counting], location: Codes, material: Material) -> Counting:
    """The count of rows; where every unit has as many rows as any other, the first measure there is."""
    column = location.column
    counts = {count for _value, count in column.top}
    if len(counts) != 1 or column.distinct == 1:
        return offered[0]
    suiting = default_y(Kind.BARS, Dimension(column.name), "", material)
    return next((one for one in offered if one.measure == suiting), offered[0])


def circles(look: Look, location: Codes, counting: Counting, wanted: slice) -> Features:
    """A circle for each place with rows, the largest value first; of the list those wanted."""
    name, units = location.column.name, location.list.units
    by_code = dict(ask(look, **_groups(name, Aggregate("count"))).rows)
    placed_rows = sum(rows for code, rows in by_code.items() if str(code) in units)
    by_place: dict[Place, list[Tally]] = defaultdict(list)
    tallies = _tallies(look, location, counting, by_code)
    for tally in tallies:
        by_place[tally.unit.place].append(tally)
    found = sorted(
        ((counting.together(group), place, group) for place, group in by_place.items()),
        key=lambda one: (-one[0], one[1].name),
    )
    largest = max((abs(value) for value, _place, _group in found), default=0) or 1
    features = [
        _feature(look, location, counting, position, value, abs(value) / largest, place, group)
        for position, (value, place, group) in enumerate(found[wanted], start=wanted.start + 1)
    ]
    rows = sum(by_code.values())
    unplaced = by_code.get(None, 0)
    return Features(
        features=features,
        labels=[str(counting.label)],
        drawn=len(found),
        placed=len(found),
        rows=rows,
        unplaced=unplaced,
        wrong=rows - unplaced - placed_rows,
        unvalued=placed_rows - sum(tally.rows for tally in tallies),
    )


def _tallies(
    look: Look, location: Codes, counting: Counting, by_code: dict[Any, int]
) -> list[Tally]:
    """One for each unit that has rows with a value."""
    units = location.list.units
    if counting.column is None:
        return [
            Tally(units[str(code)], rows, rows)
            for code, rows in by_code.items()
            if str(code) in units
        ]
    has_value = Filter(counting.column.name, "not_empty")
    what = [Aggregate("count"), counting.measure.aggregate]
    page = ask(look, has_value, **_groups(location.column.name, *what))
    return [
        Tally(units[str(code)], rows, value)
        for code, rows, found in page.rows
        if str(code) in units and (value := number(found)) is not None
    ]


def _groups(name: str, *what: Aggregate) -> dict[str, Any]:
    return {"group_by": [Group(name)], "aggregates": what, "sort": (), "limit": MOST_CODES}


def _feature(
    look: Look, location: Codes, counting: Counting, position: int, value: Number, share: float,
    place: Place, group: list[Tally],
) -> Feature:  # fmt: skip
    ordered = sorted(group, key=lambda tally: (-tally.value, tally.unit.name))
    return Feature(
        number=position,
        title=place.name,
        facts=[counting.words(value)],
        geometry={"type": "Point", "coordinates": [place.longitude, place.latitude]},
        share=round(share, 4),
        parts=[
            Part(
                tally.unit.name,
                counting.words(tally.value),
                _rows_address(look, location, tally.unit),
            )
            for tally in ordered
        ],
    )


def _rows_address(look: Look, location: Codes, unit: Unit) -> str:
    """The unit's rows in the table, on the page of the dataset."""
    condition = Filter(location.column.name, "eq", unit.code)
    query = replace(look.query, conditions=(*look.query.conditions, condition), page=1)
    table = look.resource
    return reverse("resource", args=[table.dataset.slug, table.pk]) + look.table_address(query)


def _plain(value: Number, function: str) -> Number:
    """A figure without the dust of fractions; whole numbers stay whole."""
    if isinstance(value, int):
        return value
    rounded = (
        round(value, DECIMALS) if function == "avg" else float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    )
    return int(rounded) if rounded.is_integer() else rounded
