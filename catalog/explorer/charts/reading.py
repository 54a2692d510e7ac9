"""Which chart an address asks for; what cannot be is replaced, and said in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.choice import default_x, default_y
from catalog.explorer.charts.columns import has_dates, is_groupable, is_timelike
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
from catalog.explorer.charts.summing import (
    held_apart,
    mixes_units,
    several_units,
    splitting,
    why_not_together,
)
from catalog.problem_words import type_name

LONGEST_QUOTED = 40  # characters of an address repeated in a sentence
Part = TypeVar("Part")


class Unfit(Exception):
    """What was asked for cannot be drawn; the message says what would do."""


@dataclass(frozen=True)
class Reading:
    """The chart to draw, and what of the address could not be done."""

    choice: Choice
    complaint: str = ""


def read_choice(parameters: QueryDict, material: Material, first: Choice) -> Reading:
    """What the address asks for; each part that cannot be is replaced by what suits the others."""
    complaints: list[str] = []

    def fitting(check: Callable[[], Part], otherwise: Callable[[], Part]) -> Part:
        try:
            return check()
        except Unfit as unfit:
            complaints.append(str(unfit))
            return otherwise()

    kind = fitting(lambda: _kind(parameters.get("kieu", ""), material, first), lambda: first.kind)
    x = fitting(
        lambda: _x(parameters.get("x", ""), kind, material, first),
        lambda: default_x(kind, material, first),
    )
    wanted = Measure.read(parameters.get("y", "")) if parameters.get("y") else Measure("sum")
    asked = fitting(lambda: _series(parameters.get("nhom", ""), kind, x, material), str)
    split = asked or splitting(wanted, x, material)
    y = fitting(
        lambda: _y(parameters.get("y", ""), kind, x, split, material),
        lambda: default_y(kind, x, split, material),
    )
    series = asked or splitting(y, x, material)
    if kind is Kind.AREA and series and series == held_apart(y, material):
        complaints.append(_not_stacked(material))
        kind = Kind.LINE
    if series and kind is Kind.AREA and not y.is_additive:
        complaints.append(_("Biểu đồ vùng chỉ chồng được số dòng và tổng: hãy chọn biểu đồ đường."))
        series = ""
    if kind.is_of_numbers and mixes_units(x, series, material):
        complaints.append(several_units(material))
        kind, x, y, series = first.kind, first.x, first.y, first.series
    return Reading(Choice(kind, x, y, series), complaints[0] if complaints else "")


def _not_stacked(material: Material) -> str:
    one, other = material.opposed
    return _(
        "Biểu đồ vùng chồng các nhóm lên nhau, mà {one} và {other} không cộng chung được: dưới đây là"
        " biểu đồ đường."
    ).format(one=one, other=other)


def _kind(code: str, material: Material, first: Choice) -> Kind:
    if not code:
        return first.kind
    if code not in set(Kind):
        raise Unfit(_("Không có kiểu biểu đồ “{kind}”.").format(kind=code[:LONGEST_QUOTED]))
    kind = Kind(code)
    if kind is Kind.SCATTER and len(material.numbers) < 2:
        raise Unfit(_("Biểu đồ phân tán cần hai cột số, bảng này không có."))
    if kind is Kind.HISTOGRAM and not material.numbers:
        raise Unfit(_("Biểu đồ phân bố cần một cột số, bảng này không có."))
    if kind is Kind.BARS and not _can_be_grouped(material):
        raise Unfit(_("Bảng này không có cột nào chia được thành nhóm để vẽ biểu đồ cột."))
    if kind.is_over_time and not _can_be_over_time(material):
        raise Unfit(_("Bảng này không có cột ngày, cột năm hay nhiều kỳ để vẽ theo thời gian."))
    return kind


def _can_be_over_time(material: Material) -> bool:
    return material.has_periods or any(
        is_timelike(column) and column.distinct for column in material.columns
    )


def _can_be_grouped(material: Material) -> bool:
    return material.has_periods or any(
        is_groupable(column) or is_timelike(column) for column in material.columns
    )


def _x(code: str, kind: Kind, material: Material, first: Choice) -> Dimension:
    if not code:
        return default_x(kind, material, first)
    x = Dimension.read(code)
    if x == Dimension(PERIODS) and material.column(PERIODS) is None:
        return _periods(kind, material)
    column = _known(x.column, material)
    if kind.is_of_numbers:
        return _number_axis(kind, x, column)
    if x.by and not (has_dates(column) and x.by in BUCKETS):
        raise Unfit(_("Chỉ cột ngày nhóm được theo tháng, quý hoặc năm."))
    if column.type == "datetime" and not x.by:
        raise Unfit(_("Hãy nhóm cột ngày giờ theo tháng, quý hoặc năm."))
    if kind.is_over_time and not is_timelike(column):
        raise Unfit(
            _("Biểu đồ này cần trục thời gian: hãy chọn một cột ngày, cột năm hoặc kỳ dữ liệu.")
        )
    if not (is_groupable(column) or is_timelike(column)):
        raise Unfit(
            _("Cột “{column}” không chia được thành nhóm: hãy chọn biểu đồ phân bố.").format(
                column=column.label
            )
        )
    return x


def _periods(kind: Kind, material: Material) -> Dimension:
    if not material.has_periods:
        raise Unfit(_("Bảng mới có một kỳ dữ liệu, chưa so sánh theo kỳ được."))
    if kind.is_of_numbers:
        raise Unfit(_("Kiểu biểu đồ này cần một cột số ở trục ngang."))
    return Dimension(PERIODS)


def _number_axis(kind: Kind, x: Dimension, column: TableColumn) -> Dimension:
    if column.is_number and not x.by:
        return x
    if kind is Kind.SCATTER:
        raise Unfit(_("Biểu đồ phân tán cần hai cột số: một ở trục ngang, một là số đo."))
    raise Unfit(_("Biểu đồ phân bố cần một cột số ở trục ngang."))


def _y(code: str, kind: Kind, x: Dimension, series: str, material: Material) -> Measure:
    if not code or kind is Kind.HISTOGRAM:
        return default_y(kind, x, series, material)
    y = Measure.read(code)
    if kind is Kind.SCATTER:
        return _point_value(y, material)
    if y == Measure():
        return y
    if y.function not in (*FUNCTIONS, "distinct") or not y.column:
        raise Unfit(_("Không có phép tính “{function}”.").format(function=code[:LONGEST_QUOTED]))
    column = _known(y.column, material)
    if y.function != "distinct" and not column.is_number:
        raise Unfit(
            _("Phép tính này cần một cột số; cột “{column}” là {type}.").format(
                column=column.label, type=type_name(column.type)
            )
        )
    if reason := why_not_together(y, x, series, material):
        raise Unfit(reason)
    return y


def _point_value(y: Measure, material: Material) -> Measure:
    if not y.column or not _known(y.column, material).is_number:
        raise Unfit(_("Biểu đồ phân tán cần hai cột số: một ở trục ngang, một là số đo."))
    return Measure(VALUE, y.column)


def _series(name: str, kind: Kind, x: Dimension, material: Material) -> str:
    if not name:
        return ""
    column = _known(name, material)
    if kind is Kind.HISTOGRAM:
        raise Unfit(_("Biểu đồ phân bố không chia theo nhóm."))
    if name == x.column:
        raise Unfit(_("Cột chia nhóm phải khác cột của trục ngang."))
    if not is_groupable(column):
        raise Unfit(
            _("Cột “{column}” có quá nhiều giá trị để chia nhóm.").format(column=column.label)
        )
    return name


def _known(name: str, material: Material) -> TableColumn:
    column = material.column(name)
    if column is None:
        raise Unfit(_("Bảng không có cột “{column}”.").format(column=name[:LONGEST_QUOTED]))
    if column.type == "geometry":
        raise Unfit(_("Cột hình học không vẽ được thành biểu đồ."))
    return column
