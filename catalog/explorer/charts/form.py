"""What the form of the chart offers: kinds, axes, measures, series."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.columns import has_dates, is_groupable, is_timelike, is_year
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.question import (
    BUCKETS,
    FUNCTIONS,
    PERIODS,
    VALUE,
    Choice,
    Dimension,
    Kind,
    Measure,
)
from catalog.explorer.charts.summing import can_be_summed
from catalog.explorer.charts.words import capitalised, dimension_words, kind_words, measure_words
from catalog.explorer.words import Words


@dataclass(frozen=True)
class Option:
    code: str
    words: str | Words
    is_chosen: bool


@dataclass(frozen=True)
class Options:
    """Options under a heading; without one they stand alone."""

    heading: str
    options: list[Option]


@dataclass(frozen=True)
class ChartForm:
    kinds: list[Option]
    axes: list[Options]
    measures: list[Options]
    series: list[Option]


def chart_form(material: Material, choice: Choice) -> ChartForm:
    """Everything the table can be asked for, with what is drawn now chosen."""
    return ChartForm(
        kinds=[Option(kind.value, kind_words(kind), kind is choice.kind) for kind in Kind],
        axes=_axes(material, choice),
        measures=_measures(material, choice),
        series=[
            Option(column.name, column.label, column.name == choice.series)
            for column in _with_chosen(material.series, material, choice.series)
        ],
    )


def _axes(material: Material, choice: Choice) -> list[Options]:
    groups = [c for c in material.columns if is_groupable(c) and not is_timelike(c)]
    numbers = [c for c in material.numbers if c not in groups and not is_year(c)]
    offered = [
        (_("Thời gian"), _times(material)),
        (_("Phân loại"), [Dimension(column.name) for column in groups]),
        (_("Số"), [Dimension(column.name) for column in numbers]),
    ]
    return [
        Options(
            heading,
            [
                Option(x.code, capitalised(dimension_words(x, material)), x == choice.x)
                for x in axes
            ],
        )
        for heading, axes in offered
        if axes
    ]


def _times(material: Material) -> list[Dimension]:
    periods = [Dimension(PERIODS)] if material.has_periods else []
    days = [Dimension(c.name) for c in material.columns if is_timelike(c) and c.type != "datetime"]
    dated = [column for column in material.columns if has_dates(column)]
    return [*periods, *(Dimension(c.name, by) for c in dated for by in reversed(BUCKETS)), *days]


def _measures(material: Material, choice: Choice) -> list[Options]:
    by_function = [
        (heading, [Measure(function, column.name) for column in columns])
        for function, heading, columns in _functions(material)
    ]
    chosen = choice.y
    if chosen.column and all(chosen not in offered for _heading, offered in by_function):
        by_function.append((_("Khác"), [chosen]))
    return [
        _measure_options("", [Measure()], material, chosen),
        *(
            _measure_options(heading, some, material, chosen)
            for heading, some in by_function
            if some
        ),
    ]


def _functions(
    material: Material,
) -> Iterable[tuple[str, str, Sequence[TableColumn]]]:
    names = {
        "sum": _("Tổng"),
        "avg": _("Trung bình"),
        "median": _("Trung vị"),
        "min": _("Nhỏ nhất"),
        "max": _("Lớn nhất"),
    }
    numbers = material.measures
    for function in FUNCTIONS:
        summed = [column for column in numbers if can_be_summed(column)]
        yield function, names[function], summed if function == "sum" else numbers
    several = [c for c in material.columns if c.type == "text" and c.distinct > 1]
    yield "distinct", _("Số giá trị khác nhau"), several
    if numbers and len(material.numbers) > 1:
        yield VALUE, _("Giá trị từng dòng (biểu đồ phân tán)"), material.numbers


def _measure_options(
    heading: str, measures: Sequence[Measure], material: Material, chosen: Measure
) -> Options:
    return Options(
        heading,
        [Option(y.code, measure_words(y, material), y == chosen) for y in measures],
    )


def _with_chosen(
    columns: Sequence[TableColumn], material: Material, name: str
) -> Sequence[TableColumn]:
    chosen = material.column(name)
    return columns if chosen is None or chosen in columns else [*columns, chosen]
