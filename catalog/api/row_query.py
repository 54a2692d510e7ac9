"""The parameters of the row API, read into a question for the table engine.

The spelling is that of catalog.explorer.api_parameters. Everything a caller may send is either
understood or refused with the parameter's name; nothing is left aside in silence.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.api.formats import FORMATS
from catalog.api.problems import Problem, shown
from catalog.api.row_conditions import SpelledCondition, read_condition
from catalog.explorer import api_parameters as spelling
from tables import Aggregate, AnyOf, Condition, Group, Query

LARGEST_OFFSET = 10**12
SHAPES = ("objects", "arrays")
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
FUNCTIONS = ("count", "sum", "avg", "min", "max", "median", "distinct")
UNITS = ("year", "quarter", "month")
MOST_PARAMETERS = 200  # the engine takes fewer conditions


@dataclass(frozen=True)
class RowRequest:
    """What a caller asks for. `spelled` tells which parameter each condition came from.

    `format` is None where the Accept header decides; `paging` is a parameter that asks for a page,
    empty without one; `by_offset`: by its number or its offset.
    """

    query: Query
    shape: str = "objects"
    format: str | None = None
    paging: str = ""
    by_offset: bool = False
    spelled: tuple[SpelledCondition, ...] = field(default=())

    @property
    def is_chosen(self) -> bool:
        """Not the table as it stands."""
        query = self.query
        return bool(
            query.filters or query.search or query.sort or query.columns or query.is_grouped
        )


def row_request(parameters: QueryDict, columns: Collection[str]) -> RowRequest:
    """The question the parameters ask of a table with these columns. Raises the problem for any other."""
    own = {name: _only(parameters, name) for name in spelling.PARAMETERS if name in parameters}
    asked = [(name, values) for name, values in parameters.lists() if name not in own]
    if len(asked) > MOST_PARAMETERS:
        raise Problem("bad-request", _("Có quá nhiều tham số: hãy bớt điều kiện."))
    spelled = tuple(one for pair in asked for one in read_condition(*pair, columns))
    groups = _groups(own, columns)
    aggregates = _aggregates(own, columns) or ([Aggregate("count")] if groups else [])
    is_grouped = bool(groups or aggregates)
    query = Query(
        filters=_joined(spelled),
        search=own.get(spelling.SEARCH, "").strip(),
        sort=_sort(own, _result_columns(groups, aggregates) if is_grouped else columns),
        columns=_fields(own, columns, is_grouped=is_grouped),
        limit=_size(own),
        offset=_offset(own),
        after=own.get(spelling.PAGE_AFTER, ""),
        group_by=groups,
        aggregates=aggregates,
        count=_truth(own, spelling.COUNT),
    )
    return RowRequest(
        query=query,
        shape=_choice(own, spelling.SHAPE, SHAPES) or SHAPES[0],
        format=_choice(own, spelling.FORMAT, tuple(FORMATS)),
        paging=next((name for name in _PAGING if name in own), ""),
        by_offset=spelling.PAGE_NUMBER in own or spelling.PAGE_OFFSET in own,
        spelled=spelled,
    )


_PAGING = (
    spelling.PAGE_SIZE, spelling.PAGE_NUMBER, spelling.PAGE_OFFSET, spelling.PAGE_AFTER,
)  # fmt: skip


def _only(parameters: QueryDict, name: str) -> str:
    """The one value of a parameter; lists may be spread over several."""
    values = parameters.getlist(name)
    if name in (spelling.SORT, spelling.FIELDS, spelling.GROUP_BY, spelling.AGGREGATES):
        value = ",".join(values)
    elif len(values) == 1:
        value = values[0]
    else:
        sentence = _("Tham số “%(name)s” chỉ được ghi một lần.") % {"name": name}
        raise Problem("bad-value", sentence, parameter=name)
    if "\x00" in value:
        sentence = _("Tham số “%(name)s” có ký tự NUL.") % {"name": name}
        raise Problem("bad-value", sentence, parameter=name)
    return value


def _joined(spelled: Collection[SpelledCondition]) -> list[Condition]:
    """Conditions of one group joined by "or"; those of none stand alone."""
    groups: dict[str, list[Condition]] = {}
    alone: list[Condition] = []
    for one in spelled:
        (groups.setdefault(one.group, []) if one.group else alone).append(one.filter)
    return [*alone, *(AnyOf(parts) for parts in groups.values())]


def _groups(own: Mapping[str, str], columns: Collection[str]) -> list[Group]:
    """group_by=huyen,ngay:year,so_lao_dong:100"""
    groups = []
    for text in _list(own, spelling.GROUP_BY):
        column, _colon, by = text.partition(":")
        _check_column(column, columns, spelling.GROUP_BY)
        if by and by not in UNITS and not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", by, re.ASCII):
            sentence = _(
                "“%(by)s” không phải cách gộp: ngày gộp theo year, quarter hoặc month; "
                "số gộp theo độ rộng khoảng, ví dụ 100."
            )
            raise Problem(
                "bad-value", sentence % {"by": shown(by)},
                parameter=spelling.GROUP_BY, allowed=UNITS,
            )  # fmt: skip
        groups.append(Group(column, by))
    return groups


def _aggregates(own: Mapping[str, str], columns: Collection[str]) -> list[Aggregate]:
    """agg=count,sum:so_lao_dong"""
    aggregates = []
    for text in _list(own, spelling.AGGREGATES):
        function, _colon, column = text.partition(":")
        if function not in FUNCTIONS:
            sentence = _("Không có phép tổng hợp “%(function)s”.") % {"function": shown(function)}
            raise Problem(
                "bad-value", sentence, parameter=spelling.AGGREGATES, allowed=FUNCTIONS
            )  # fmt: skip
        if column:
            _check_column(column, columns, spelling.AGGREGATES)
        elif function != "count":
            sentence = _("Phép “%(function)s” cần một cột, ví dụ %(function)s:ten_cot.")
            raise Problem(
                "bad-value", sentence % {"function": function}, parameter=spelling.AGGREGATES
            )
        aggregates.append(Aggregate(function, column or None))
    return aggregates


def _result_columns(groups: list[Group], aggregates: list[Aggregate]) -> list[str]:
    """The columns of a grouped answer."""
    return [*(group.column for group in groups), *(one.name for one in aggregates)]


def _sort(own: Mapping[str, str], columns: Collection[str]) -> list[tuple[str, bool]]:
    order = []
    for text in _list(own, spelling.SORT):
        name = text.removeprefix("-")
        _check_column(name, columns, spelling.SORT)
        order.append((name, text.startswith("-")))
    return order


def _fields(
    own: Mapping[str, str], columns: Collection[str], *, is_grouped: bool
) -> list[str] | None:
    names = _list(own, spelling.FIELDS)
    if names and is_grouped:
        sentence = _(
            "Không dùng “fields” cùng “group_by” hoặc “agg”: kết quả gồm các cột đã nêu ở đó."
        )
        raise Problem("bad-value", sentence, parameter=spelling.FIELDS)
    for name in names:
        _check_column(name, columns, spelling.FIELDS)
    return names or None


def _list(own: Mapping[str, str], name: str) -> list[str]:
    """The parts between commas; a parameter without any is refused."""
    if name not in own:
        return []
    parts = [part.strip() for part in own[name].split(",")]
    if not all(parts):
        sentence = _("Tham số “%(name)s” cần tên cột, cách nhau bằng dấu phẩy.") % {"name": name}
        raise Problem("bad-value", sentence, parameter=name)
    return parts


def _check_column(name: str, columns: Collection[str], parameter: str) -> None:
    if name not in columns:
        sentence = _("Không có cột “%(column)s”.") % {"column": shown(name)}
        raise Problem("unknown-column", sentence, parameter=parameter, allowed=columns)


def _size(own: Mapping[str, str]) -> int:
    return _number(own, spelling.PAGE_SIZE, 1, spelling.LARGEST_PAGE) or spelling.USUAL_PAGE_SIZE


def _offset(own: Mapping[str, str]) -> int:
    """Rows before the page; page[number] counts from 1."""
    ways = [name for name in _PAGING[1:] if name in own]
    if len(ways) > 1:
        sentence = _("Chỉ dùng một trong page[number], page[offset], page[after].")
        raise Problem("bad-value", sentence, parameter=ways[1])
    number = _number(own, spelling.PAGE_NUMBER, 1, LARGEST_OFFSET // spelling.LARGEST_PAGE)
    if number is not None:
        return (number - 1) * _size(own)
    return _number(own, spelling.PAGE_OFFSET, 0, LARGEST_OFFSET) or 0


def _number(own: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    if name not in own:
        return None
    text = own[name]
    if re.fullmatch(r"\d{1,15}", text, re.ASCII) and least <= int(text) <= most:
        return int(text)
    sentence = _("“%(name)s” phải là số nguyên từ %(least)d đến %(most)d.")
    values = {"name": name, "least": least, "most": most}
    raise Problem("bad-value", sentence % values, parameter=name)


def _truth(own: Mapping[str, str], name: str) -> bool:
    chosen = _choice(own, name, tuple(TRUTHS))
    return TRUTHS[chosen] if chosen else True


def _choice(own: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    if name not in own:
        return None
    if own[name] in allowed:
        return own[name]
    sentence = _("Giá trị “%(value)s” không dùng được cho “%(name)s”.")
    values = {"value": shown(own[name]), "name": name}
    raise Problem("bad-value", sentence % values, parameter=name, allowed=allowed)
