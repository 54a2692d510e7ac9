"""One condition of an address: `column__op=value`, with `any.1.` in front where groups are joined by "or"."""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.api.problems import Problem, shown
from catalog.explorer.api_parameters import (
    ANY_PREFIX,
    OP_MARK,
    PARAMETERS,
    WITH_VALUES,
    WITHOUT_VALUE,
)
from tables import OPS, Filter

_GROUP = re.compile(
    rf"{re.escape(ANY_PREFIX)}(?P<group>[1-9]\d?)\.(?P<rest>.+)", re.DOTALL | re.ASCII
)
_OPPOSITE = {"empty": "not_empty", "not_empty": "empty"}


@dataclass(frozen=True)
class SpelledCondition:
    """A condition, the parameter that spells it, and the number of its group ("" for none)."""

    parameter: str
    group: str
    filter: Filter


def read_condition(
    name: str, values: list[str], columns: Collection[str]
) -> Iterator[SpelledCondition]:
    """The conditions of one parameter, one for each value; a list of values is one condition.

    Raises the problem for a name that is no condition on one of the columns.
    """
    match = _GROUP.fullmatch(name)
    group, rest = (match["group"], match["rest"]) if match else ("", name)
    column, op = _column_and_op(rest, columns)
    if column not in columns:
        raise _unknown(name, column, op, columns)
    if op not in OPS:
        sentence = _("Không có phép so sánh “%(op)s”.") % {"op": shown(op)}
        raise Problem("unknown-parameter", sentence, parameter=name, allowed=OPS)
    if op in WITH_VALUES:
        yield SpelledCondition(name, group, Filter(column, op, _values(name, values)))
        return
    for value in values:
        yield SpelledCondition(name, group, _filter(name, column, op, value))


def _column_and_op(text: str, columns: Collection[str]) -> tuple[str, str]:
    """ "ten_xa__contains" is a column and an op, "ten_xa" the column and "eq"."""
    column, mark, op = text.rpartition(OP_MARK)
    return (text, "eq") if not mark or text in columns else (column, op)


def _filter(name: str, column: str, op: str, value: str) -> Filter:
    if op not in WITHOUT_VALUE:
        return Filter(column, op, value)
    if value in ("true", "1"):
        return Filter(column, op)
    if value in ("false", "0"):
        return Filter(column, _OPPOSITE[op])
    sentence = _("“%(name)s” nhận true hoặc false.") % {"name": shown(name)}
    raise Problem("bad-value", sentence, parameter=name, allowed=("true", "false"))


def _values(name: str, values: list[str]) -> list[str]:
    """Several values as they are; a lone one is a list with commas, in which quotes hold a value together."""
    if len(values) > 1:
        return values
    try:
        return next(csv.reader(values, skipinitialspace=True), [])
    except csv.Error:
        sentence = _(
            "Không đọc được danh sách giá trị của “%(name)s”: hãy ghi mỗi giá trị một tham số."
        )
        raise Problem("bad-value", sentence % {"name": shown(name)}, parameter=name) from None


def _unknown(name: str, column: str, op: str, columns: Collection[str]) -> Problem:
    """A condition on a column that is not there, or a parameter nobody knows."""
    if op in OPS and column != name:
        sentence = _("Không có cột “%(column)s”.") % {"column": shown(column)}
        return Problem("unknown-column", sentence, parameter=name, allowed=columns)
    sentence = _(
        "Không có tham số “%(name)s”. Điều kiện viết ten_cot__phep=gia_tri, ví dụ %(example)s__eq=…"
    )
    return Problem(
        "unknown-parameter",
        sentence % {"name": shown(name), "example": next(iter(columns), "ten_cot")},
        parameter=name,
        allowed=[*PARAMETERS, *columns],
    )
