"""One condition on one column: which ops a type has, how a value is read, what the SQL is."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Sequence

from tables.folding import folded, folded_sql
from tables.patterns import FALSE_WORDS, TRUE_WORDS, quoted
from tables.problems import CodedError
from tables.question import ColumnLike

MAX_VALUES = 500
_COMPARISONS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_TEXT_OPS = frozenset({"contains", "starts"})
_RANGE_OPS = frozenset({"lt", "le", "gt", "ge", "between"})
OPS = ("eq", "ne", "contains", "starts", "lt", "le", "gt", "ge", "between", "in", "empty",
       "not_empty")  # fmt: skip
_BIGGEST = 2**63


class BadQuery(CodedError):
    """The question does not fit the table; `params` names the column or the value."""


SqlCondition = tuple[str, list[object]]


def ops_of(type_: str) -> tuple[str, ...]:
    """The ops that make sense for a column type."""
    if type_ == "geometry":
        return ("empty", "not_empty")
    if type_ == "boolean":
        return tuple(op for op in OPS if op not in _TEXT_OPS | _RANGE_OPS)
    return OPS if type_ == "text" else tuple(op for op in OPS if op not in _TEXT_OPS)


def condition(column: ColumnLike, op: str, value: object) -> SqlCondition:
    """SQL of the condition and its parameters. Raises BadQuery."""
    if op not in OPS:
        raise BadQuery("unknown_op", op=op)
    if op not in ops_of(column.type):
        raise BadQuery("op_not_for_type", op=op, column=column.name, type=column.type)
    name = quoted(column.name)
    if op in ("empty", "not_empty"):
        return f"{name} IS {'NOT ' if op == 'not_empty' else ''}NULL", []
    if value is None or value == "":
        raise BadQuery("value_missing", column=column.name)
    if op in _TEXT_OPS:
        return _folded(name, op, _typed(column, value))
    if op in ("between", "in"):
        return _several(column, name, op, value)
    typed = _typed(column, value)
    if op == "ne":
        return f"{name} IS DISTINCT FROM ?", [typed]
    return f"{name} {_COMPARISONS[op]} ?", [typed]


def _folded(name: str, op: str, value: object) -> SqlCondition:
    """Without accents and case; a value that folds to nothing matches every text."""
    function = "contains" if op == "contains" else "starts_with"
    return f"{function}({folded_sql(name)}, ?)", [" ".join(folded(str(value)).split())]


def _several(column: ColumnLike, name: str, op: str, value: object) -> SqlCondition:
    given = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if len(given) > MAX_VALUES:
        raise BadQuery("too_many_values", column=column.name, limit=MAX_VALUES)
    if not given or (op == "between" and len(given) != 2):
        raise BadQuery("value_missing", column=column.name)
    values = [_typed(column, one) for one in given]
    if op == "between":
        return f"{name} BETWEEN ? AND ?", values
    return f"{name} IN ({', '.join('?' * len(values))})", values


def _typed(column: ColumnLike, value: object) -> object:
    try:
        return _READERS[column.type](value)
    except (ValueError, TypeError, OverflowError):
        raise BadQuery("bad_value", value=str(value)[:100], column=column.name,
                   type=column.type) from None  # fmt: skip


def _text(value: object) -> str:
    text = unicodedata.normalize("NFC", str(value))
    if "\x00" in text or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValueError(value)
    return text


def _integer(value: object) -> int | float:
    """A whole number; with a fraction it compares as a number."""
    number = _number(value)
    return int(number) if isinstance(number, int) or number.is_integer() else number


def _number(value: object) -> int | float:
    """1234, 1.234,5 as Vietnamese write it, or 1234.5."""
    if isinstance(value, bool):
        raise TypeError(value)
    if isinstance(value, int | float):
        number: int | float = value
    else:
        text = str(value).strip()
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or "," in text:
            text = text.replace(".", "").replace(",", ".")
        if not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d{1,3})?", text, re.ASCII):
            raise ValueError(value)
        number = int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    if not math.isfinite(number) or (
        isinstance(number, int) and not -_BIGGEST <= number < _BIGGEST
    ):
        raise ValueError(value)
    return number


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text, re.ASCII):
        day, month, year = map(int, re.split(r"[/.-]", text))
        return dt.date(year, month, day)
    return dt.date.fromisoformat(text)


def _datetime(value: object) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    text = str(value).strip()
    local = re.fullmatch(r"(\d{1,2}/\d{1,2}/\d{4})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?", text)
    if local:
        day, clock = _date(local[1]), local[2] or "0:00"
        hour, minute, *second = map(int, clock.split(":"))
        return dt.datetime.combine(day, dt.time(hour, minute, second[0] if second else 0))
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment
    # Tables hold Vietnam's time, which has no summer time.
    return moment.astimezone(dt.timezone(dt.timedelta(hours=7))).replace(tzinfo=None)


def _boolean(value: object) -> bool:
    text = str(value).strip().lower()
    if text in (*TRUE_WORDS, "1"):
        return True
    if text in (*FALSE_WORDS, "0"):
        return False
    raise ValueError(value)


_READERS: dict[str, Callable[[object], object]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "datetime": _datetime,
    "boolean": _boolean,
}
