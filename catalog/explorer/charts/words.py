"""The words of a chart: what is measured, by what, for which rows, and what stands out."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, readers_unit, shortened, value_writer
from catalog.explorer.charts.asking import Number
from catalog.explorer.charts.columns import has_periods
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.numbers import REST
from catalog.explorer.charts.question import VALUE, Dimension, Kind, Measure
from catalog.explorer.words import Words, said
from core.vietnamese import fold
from deadlines.period_words import period_name, written_period
from deadlines.periods import Kind as PeriodKind
from deadlines.periods import Period

LONGEST_LABEL = 80  # characters of a group's name


def kind_words(kind: Kind) -> str:
    return {
        Kind.BARS: _("Cột ngang"),
        Kind.LINE: _("Đường theo thời gian"),
        Kind.AREA: _("Vùng theo thời gian"),
        Kind.SCATTER: _("Phân tán"),
        Kind.HISTOGRAM: _("Phân bố"),
    }[kind]


def dimension_words(x: Dimension, material: Material) -> Words:
    """What the groups are, as a phrase: "địa bàn", "tháng của ngày cấp"."""
    if x.is_periods and material.column(x.column) is None:
        return said(_("kỳ công bố"))
    name = as_phrase(_label(x.column, material))
    if not x.by:
        return said("{column}", column=name)
    template = {
        "month": _("tháng ({column})"),
        "quarter": _("quý ({column})"),
        "year": _("năm ({column})"),
    }[x.by]
    return said(template, column=name)


def measure_words(y: Measure, material: Material) -> Words:
    """What is measured, as the beginning of a title: "Tổng số giường", "Số dòng"."""
    if y.function == "count":
        return said(_("Số dòng"))
    label = _label(y.column, material)
    if y.function == VALUE or (y.function == "sum" and fold(label).startswith("tong ")):
        return said("{column}", column=label)
    template = {
        "sum": _("Tổng {column}"),
        "avg": _("Trung bình {column}"),
        "median": _("Trung vị {column}"),
        "min": _("{column} nhỏ nhất"),
        "max": _("{column} lớn nhất"),
        "distinct": _("Số giá trị khác nhau của {column}"),
    }[y.function]
    begins = template.startswith("{")
    return said(template, column=label if begins else as_phrase(label))


def unit_of(y: Measure, material: Material) -> str:
    """The unit the figures are in, in the reader's language; empty where nobody named one."""
    if y.function == "count":
        return _("dòng")
    if y.function == "distinct":
        return _("giá trị")
    column = material.column(y.column)
    return readers_unit(column.unit or material.unit) if column else ""


def as_phrase(label: str) -> str:
    """A label inside a sentence: "Số giường" is "số giường", "GRDP" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def capitalised(words: Words) -> Words:
    """A phrase at the head of a column."""
    if words.template != "{column}":
        return Words(words.template[:1].upper() + words.template[1:], words.parts)
    label = str(words)
    return Words("{column}", {"column": label[:1].upper() + label[1:]})


def key_writer(x: Dimension, material: Material) -> Callable[[Any], str]:
    """How the keys of the groups are written."""
    column = material.column(x.column)
    write = _value_writer(column)
    of_time = column is not None and has_periods(column)

    def words(key: Any) -> str:
        if key is REST:
            return _("Khác")
        if key is None:
            return _("(để trống)")
        if isinstance(key, Period):
            return period_words(key)
        period = written_period(key) if of_time else None
        return period_words(period) if period else write(key)

    return words


def period_words(period: Period) -> str:
    """A point of time: of a year its number alone."""
    if period.kind is PeriodKind.YEAR:
        return f"{period.first_day.year}"
    return period_name(period)


def figure(value: Number | None, grouping: str | None = None) -> str:
    """A figure with the marks of the language: at most two decimals, of small ones three digits."""
    if value is None:
        return ""
    if isinstance(value, int) or abs(value) >= 1:
        text = f"{value:,}" if isinstance(value, int) else _trimmed(f"{value:,.2f}")
    else:
        text = _trimmed(f"{Decimal(f'{value:.3g}'):f}")
    return text.translate(_marks(grouping))


def figure_writer(column: TableColumn | None) -> Callable[[Number | None], str]:
    """How figures of a column are written: years and codes without marks between their figures."""
    if column is None or not column.is_plain_number:
        return figure
    return lambda value: figure(value, grouping="")


def measure_writer(y: Measure, material: Material) -> Callable[[Number | None], str]:
    """How the figures of a measure are written, without their unit."""
    counts = y.function in ("count", "distinct")
    return figure_writer(None if counts else material.column(y.column))


@dataclass(frozen=True)
class WithUnit:
    """How figures are written in a sentence; `bare` without their unit."""

    bare: Callable[[Number | None], str]
    unit: str

    def __call__(self, value: Number) -> str:
        return f"{self.bare(value)} {self.unit}".strip()


def with_unit(y: Measure, material: Material) -> WithUnit:
    return WithUnit(measure_writer(y, material), unit_of(y, material))


def share(part: Number, whole: Number) -> str:
    """A part of the whole in percent, with a decimal where it is small."""
    percent = 100 * part / whole
    return f"{figure(round(percent, 0 if abs(percent) >= 10 else 1))} %"


def _value_writer(column: TableColumn | None) -> Callable[[Any], str]:
    if column is None:
        return str
    write = value_writer(column)
    return lambda value: shortened(write(value), LONGEST_LABEL)


def _label(name: str, material: Material) -> str:
    column = material.column(name)
    return column.label if column else name


def _trimmed(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _marks(grouping: str | None = None) -> dict[int, str]:
    return str.maketrans(
        {
            ",": formats.get_format("THOUSAND_SEPARATOR") if grouping is None else grouping,
            ".": formats.get_format("DECIMAL_SEPARATOR"),
        }
    )
