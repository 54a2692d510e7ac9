"""The row API's parameters as OpenAPI describes them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.api.formats import FORMATS
from catalog.api.row_query import FUNCTIONS, LARGEST_OFFSET, SHAPES
from catalog.explorer import api_parameters as spelling
from tables import Column, ops_of

Described = dict[str, Any]
OP_WORDS: dict[str, Promise] = {
    "eq": _("bằng"),
    "ne": _("khác (kể cả ô trống)"),
    "contains": _("chứa, không phân biệt dấu và chữ hoa"),
    "starts": _("bắt đầu bằng, không phân biệt dấu và chữ hoa"),
    "lt": _("nhỏ hơn"),
    "le": _("nhỏ hơn hoặc bằng"),
    "gt": _("lớn hơn"),
    "ge": _("lớn hơn hoặc bằng"),
    "between": _("từ giá trị thứ nhất đến giá trị thứ hai, kể cả hai đầu"),
    "in": _("là một trong các giá trị"),
    "empty": _("để trống"),
    "not_empty": _("không để trống"),
}
# JSON Schema of a value in an address.
_VALUES: dict[str, Described] = {
    "text": {"type": "string", "minLength": 1, "maxLength": 1000},
    "integer": {"type": "integer", "minimum": -(2**53), "maximum": 2**53},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "boolean": {"type": "boolean"},
    "geometry": {"type": "string"},
}


def parameter(name: str, description: str, schema: Described, **more: Any) -> Described:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def period_parameter(periods: Sequence[str], *, with_all: bool) -> Described:
    """`period`; of a table that is known, its codes are listed."""
    words = gettext(
        "Mã kỳ dữ liệu (2026, 2026Q3, 2026-09 hoặc 2026-09-30); mặc định là kỳ mới nhất."
    )
    if with_all:
        words += " " + gettext("all: mọi kỳ, thêm cột ky ở đầu.")
    codes = [*periods, spelling.ALL_PERIODS] if with_all else list(periods)
    schema = {"type": "string", "enum": codes} if periods else {"type": "string"}
    return parameter(spelling.PERIOD, words, schema)


def language_parameter() -> Described:
    words = gettext("Ngôn ngữ của nhãn và thông báo; mặc định theo tiêu đề Accept-Language.")
    codes = [code for code, _name in settings.LANGUAGES]
    return parameter(spelling.LANGUAGE, words, {"type": "string", "enum": codes})


def row_parameters(columns: Sequence[Column], periods: Sequence[str]) -> list[Described]:
    """All parameters of /rows; without columns, those that every table has."""
    names = [column.name for column in columns]
    return [
        parameter(
            spelling.SEARCH,
            gettext("Tìm các từ ở mọi cột, không phân biệt dấu và chữ hoa."),
            {"type": "string"},
        ),
        _list(spelling.SORT, gettext("Cột sắp xếp, dấu trừ để giảm dần: -so_lao_dong,ten_xa."),
              [sign + name for name in names for sign in ("", "-")]),
        _list(spelling.FIELDS, gettext("Các cột cần lấy, theo thứ tự: ten_xa,so_lao_dong."), names),
        _list(spelling.GROUP_BY, gettext(
            "Cột gộp; ngày gộp theo year, quarter, month, số theo độ rộng khoảng: "
            "ten_huyen,ngay:year,so_lao_dong:100."
        )),
        _list(spelling.AGGREGATES, gettext(
            "Phép tính trên mỗi nhóm: count, hoặc sum, avg, min, max, median, distinct, count của "
            "một cột: count,sum:so_lao_dong. Cột kết quả tên là so_lao_dong_sum."
        ), _aggregates(columns)),
        period_parameter(periods, with_all=True),
        *_paging(),
        parameter(spelling.SHAPE, gettext("Mỗi dòng là một đối tượng hoặc một mảng."),
                  {"type": "string", "enum": list(SHAPES), "default": SHAPES[0]}),
        parameter(spelling.COUNT, gettext("false: không đếm tổng số dòng, nhanh hơn."),
                  {"type": "boolean", "default": True}),
        parameter(spelling.FORMAT, gettext(
            "Định dạng; mặc định theo tiêu đề Accept. Ngoài json, mọi định dạng là tệp gồm toàn bộ "
            "kết quả và không nhận page[…]."
        ), {"type": "string", "enum": list(FORMATS)}),
        language_parameter(),
    ]  # fmt: skip


def condition_parameters(columns: Sequence[Column], labels: dict[str, str]) -> list[Described]:
    """One parameter for each column and each op its type has."""
    return [
        _condition(column, op, labels.get(column.name, column.name))
        for column in columns
        for op in ops_of(column.type)
    ]


def _condition(column: Column, op: str, label: str) -> Described:
    name = f"{column.name}{spelling.OP_MARK}{op}"
    words = f"{label}: {OP_WORDS[op]}"
    if op in spelling.WITHOUT_VALUE:
        return parameter(name, words, {"type": "boolean"})
    value = _VALUES[column.type]
    if op not in spelling.WITH_VALUES:
        return parameter(name, words, value)
    counts = {"minItems": 2, "maxItems": 2} if op == "between" else {"minItems": 1}
    schema = {"type": "array", "items": value, **counts}
    return parameter(name, words, schema, style="form", explode=True)


def _list(name: str, description: str, values: Sequence[str] = ()) -> Described:
    """A list between commas."""
    items: Described = {"type": "string", "minLength": 1}
    if values:
        items = {"type": "string", "enum": list(values)}
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": 10}
    if name == spelling.FIELDS:
        schema = {**schema, "maxItems": max(10, len(values)), "uniqueItems": True}
    return parameter(name, description, schema, style="form", explode=False)


def _aggregates(columns: Sequence[Column]) -> list[str]:
    """What may be calculated of the columns; numbers alone have sums and means."""
    if not columns:
        return []
    numbers = [column.name for column in columns if column.type in ("integer", "number")]
    anything = [column.name for column in columns]
    return [
        "count",
        *(f"{function}:{name}" for function in ("count", "distinct") for name in anything),
        *(
            f"{function}:{name}"
            for function in FUNCTIONS
            if function not in ("count", "distinct")
            for name in numbers
        ),
    ]


def _paging() -> list[Described]:
    offsets = {"type": "integer", "minimum": 0, "maximum": LARGEST_OFFSET}
    numbers = {"type": "integer", "minimum": 1, "maximum": LARGEST_OFFSET // spelling.LARGEST_PAGE}
    sizes = {
        "type": "integer", "minimum": 1, "maximum": spelling.LARGEST_PAGE,
        "default": spelling.USUAL_PAGE_SIZE,
    }  # fmt: skip
    return [
        parameter(spelling.PAGE_SIZE, gettext("Số dòng của trang."), sizes),
        parameter(spelling.PAGE_NUMBER, gettext("Trang thứ mấy, từ 1."), numbers),
        parameter(spelling.PAGE_OFFSET, gettext("Bỏ qua bấy nhiêu dòng đầu."), offsets),
        parameter(
            spelling.PAGE_AFTER,
            gettext(
                "Dấu trang (meta.next_cursor của trang trước): cách nhanh nhất để lấy hết các trang."
            ),
            {"type": "string"},
        ),
    ]
