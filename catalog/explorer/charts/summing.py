"""Which figures may be taken together in a chart: what a column means, of which units, of which times."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, value_writer
from catalog.explorer.charts.columns import MOST_SERIES, newest
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.question import FUNCTIONS, PERIODS, VALUE, Choice, Dimension, Measure
from catalog.explorer.column_meaning import Adding, adding, adds_up, tells_time
from catalog.explorer.look import Look
from catalog.explorer.values import typed
from catalog.explorer.words import Words, said
from tables import Filter

MIXING = ("sum", "avg", "median")  # what takes all rows of a group together


@dataclass(frozen=True)
class Narrowing:
    """The look at one time only, and the sentence that says so; without one nothing was left out."""

    look: Look
    notes: tuple[Words, ...] = ()


def can_be_summed(column: TableColumn) -> bool:
    """Whether a sum of the column can mean something at all."""
    return adding(column) is not Adding.NEVER


def is_safely_summed(column: TableColumn, x: Dimension, series: str, material: Material) -> bool:
    """Whether the sum is known to mean something for these groups, without anybody having chosen it."""
    return adds_up(column) and not why_not_together(
        Measure("sum", column.name), x, series, material
    )


def why_not_together(y: Measure, x: Dimension, series: str, material: Material) -> str:
    """Why the figures cannot be taken together, in a sentence; nothing where they can."""
    column = material.column(y.column)
    if column is None or y.function not in (*FUNCTIONS, VALUE):
        return ""
    if mixes_units(x, series, material):
        return several_units(material)
    if y.function in MIXING and mixes_kinds(x, series, material):
        return _several_kinds(material)
    if y.function != "sum":
        return ""
    if not can_be_summed(column):
        return _(
            "Không tính tổng “{column}” được, vì cộng các giá trị này lại không có nghĩa:"
            " hãy chọn trung bình, trung vị, nhỏ nhất hoặc lớn nhất."
        ).format(column=column.label)
    if adding(column) is Adding.AT_ONE_TIME:
        return _why_not_over_times(column, x, series, material)
    return ""


def why_not_of_all(y: Measure, x: Dimension, material: Material) -> str:
    """The same for groups of all the rows, of which none can be left out."""
    reason = why_not_together(y, x, "", material)
    column = material.column(y.column)
    if reason or column is None or not _adds_times(y, x, "", material):
        return reason
    return _(
        "“{column}” là số tại từng thời điểm, không cộng qua nhiều kỳ: hãy chọn một kỳ."
    ).format(column=column.label)


def mixes_units(x: Dimension, series: str, material: Material) -> bool:
    """Whether a group may hold rows of several units."""
    return material.units is not None and material.units.name not in (x.column, series)


def mixes_kinds(x: Dimension, series: str, material: Material) -> bool:
    """Whether a group may hold rows of several kinds that do not add up."""
    return material.kinds is not None and material.kinds.name not in (x.column, series)


def splitting(y: Measure, x: Dimension, material: Material) -> str:
    """The column that has to split the groups, lest what does not add up be taken together."""
    kinds = material.kinds
    if kinds is None or y.function not in MIXING or x.column == kinds.name:
        return ""
    return kinds.name if kinds.distinct <= MOST_SERIES else ""


def held_apart(y: Measure, material: Material) -> str:
    """The column whose groups are never gathered under one name; rows may be counted together."""
    return material.kinds.name if material.kinds and y.function in MIXING else ""


def why_split(material: Material) -> Words:
    one, other = material.opposed
    text = _("Chia theo “{column}”, vì {one} và {other} không cộng chung được.")
    return said(text, column=material.kinds.label if material.kinds else "", one=one, other=other)


def _several_kinds(material: Material) -> str:
    one, other = material.opposed
    return _(
        "Cột “{column}” có cả {one} và {other}, không cộng chung được: hãy nhóm hoặc chia theo cột đó,"
        " hoặc lọc một loại."
    ).format(column=material.kinds.label if material.kinds else "", one=one, other=other)


def several_units(material: Material) -> str:
    return _(
        "Các dòng có nhiều đơn vị tính, không vẽ chung được: hãy lọc một đơn vị ở cột “{column}”,"
        " hoặc nhóm theo cột đó."
    ).format(column=material.units.label if material.units else "")


def of_one_unit(look: Look, material: Material) -> Narrowing:
    """The rows of the unit that most of them have, and the sentence that says so."""
    if material.units is None:
        return Narrowing(look)
    only = Filter(material.units.name, "eq", material.commonest)
    query = replace(look.query, conditions=(*look.query.conditions, only))
    text = _(
        "Các dòng có nhiều đơn vị tính, không vẽ chung được: chỉ vẽ những dòng tính bằng {unit}."
    )
    return Narrowing(replace(look, query=query), (said(text, unit=material.commonest),))


def at_one_time(look: Look, choice: Choice, material: Material) -> Narrowing:
    """What is true at one time only is drawn for the newest, where the groups would add up several times."""
    column = material.column(choice.y.column)
    if column is None or not _adds_times(choice.y, choice.x, choice.series, material):
        return Narrowing(look)
    loose = _loose_times(choice.x, choice.series, material)
    across = _is_across(choice.x, choice.series, material)
    kept = replace(look, all_periods=False) if across else look
    last = kept.period_words
    if loose:
        value = newest(loose[0])
        only = Filter(loose[0].name, "eq", typed(value))
        kept = replace(kept, query=replace(kept.query, conditions=(*kept.query.conditions, only)))
        last = f"{loose[0].label} {value_writer(loose[0])(value)}"
    note = _(
        "“{column}” là số tại từng thời điểm, không cộng qua nhiều thời điểm: chỉ vẽ mới nhất, {last}."
    )
    return Narrowing(kept, (said(note, column=column.label, last=last),))


def _adds_times(y: Measure, x: Dimension, series: str, material: Material) -> bool:
    """Whether a sum of what is true at one time would go over several."""
    column = material.column(y.column)
    if column is None or y.function != "sum" or adding(column) is not Adding.AT_ONE_TIME:
        return False
    return bool(_loose_times(x, series, material)) or _is_across(x, series, material)


def _why_not_over_times(column: TableColumn, x: Dimension, series: str, material: Material) -> str:
    loose = _loose_times(x, series, material)
    if not loose or (len(loose) == 1 and not x.is_periods and newest(loose[0]) is not None
                     and loose[0].name != x.column):  # fmt: skip
        return ""
    return _(
        "“{column}” là số tại từng thời điểm, không cộng qua nhiều thời điểm: hãy nhóm hoặc chia"
        " theo “{time}”, hoặc lọc một giá trị của cột đó."
    ).format(column=column.label, time=loose[0].label)


def _loose_times(x: Dimension, series: str, material: Material) -> list[TableColumn]:
    """The times in the table that neither the axis nor the series hold apart; months of days do not."""
    held = {series} if x.by else {series, x.column}
    return [column for column in material.snapshots if column.name not in held]


def _is_across(x: Dimension, series: str, material: Material) -> bool:
    """Whether a group may hold rows of several published periods."""
    columns = filter(None, (material.column(x.column), material.column(series)))
    is_held = x.column == PERIODS or any(tells_time(column) for column in columns)
    return material.is_across and not is_held
