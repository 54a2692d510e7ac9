"""How values are written: the SQL tests and casts of each type.

`{c}` is a quoted column of text. The regular expressions are RE2, as DuckDB has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

VI, EN, SPACED, WHOLE = "vi", "en", "spaced", "whole"

_SPACE = "[ \u00a0\u202f]"
NUMBER_FORMS = {
    WHOLE: r"0|-?[1-9][0-9]*",
    VI: r"-?([1-9][0-9]{0,2}(\.[0-9]{3})+|0|[1-9][0-9]*)(,[0-9]+)?",
    EN: r"-?([1-9][0-9]{0,2}(,[0-9]{3})+|0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?",
    SPACED: rf"-?([1-9][0-9]{{0,2}}({_SPACE}[0-9]{{3}})+|0|[1-9][0-9]*)([.,][0-9]+)?",
}
NUMBERISH = "-?[0-9][0-9 .,eE+\u00a0\u202f-]*"
DATEISH = r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-].*|(?i)(?:ngày )?[0-9]{1,2} tháng .*"
CODE_FORM = r"-?0[0-9]+"  # a leading zero: a code, not a number

# Written where there is no number or day, in lower case. In a column of texts they are texts.
ABSENT = (
    "-", "--", "---", "–", "––", "—", "…", "...", "..", ".", "/", "?", "*", "_", "n/a", "#n/a", "na", "n.a",
    "n.a.", "nil", "none", "null", "(null)", "nan", "inf", "+inf", "-inf", "infinity", "+infinity",
    "-infinity", "∞", "missing", "unknown", "no data", "not available", "trống", "(trống)", "(blank)",
    "không", "ko", "không có", "ko có", "không có số liệu", "không có dữ liệu", "không có thông tin",
    "không rõ", "không xác định", "không áp dụng", "không đánh giá", "không phát sinh",
    "không thống kê", "không thu thập", "không điều tra", "không báo cáo", "không tính",
    "không đo được", "chưa", "chưa có", "chưa có số liệu", "chưa có dữ liệu", "chưa có thông tin",
    "chưa rõ", "chưa xác định", "chưa cập nhật", "chưa báo cáo", "chưa thống kê", "chưa thu thập",
    "chưa phát sinh", "chưa đánh giá", "đang cập nhật", "đang tổng hợp", "khong", "khong co",
    "khong co so lieu", "chua", "chua co", "chua co so lieu", "dang cap nhat",
)  # fmt: skip

TRUE_WORDS = ("có", "true", "đúng", "x", "yes", "✓", "✔")
FALSE_WORDS = ("không", "false", "sai", "no", "không có")

_DAY_FIRST = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
_ISO_DAY = r"[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}"
_TIME = r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2})"
_IN_WORDS = r"(?i)(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})"
_DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_US_FORMATS = ("%m/%d/%Y", "%m-%d-%Y")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f")


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text of ours (a path, a word, a pattern) as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def one_of(value: str, texts: Iterable[str]) -> str:
    """SQL: is the value one of these texts of ours?

    Not `IN` or `list_contains`: DuckDB makes a join of them, which loses the order of rows.
    """
    return f"coalesce(list_position([{', '.join(map(literal, texts))}], {value}), 0) > 0"


def matches(column: str, form: str) -> str:
    """SQL: does the whole value have this form?"""
    return f"regexp_full_match({column}, {literal(form)})"


@dataclass(frozen=True)
class Form:
    """One way to write values of a type: an SQL `cast` that gives NULL for any other."""

    type: str
    name: str
    sql_type: str
    template: str

    def cast(self, column: str) -> str:
        """SQL expression of the typed value, NULL where the text does not fit."""
        return self.template.replace("{c}", column)


def is_absent(column: str) -> str:
    """SQL: does the text say that there is no value? Not of NULL, which says nothing at all."""
    # Most values begin with a figure: they are not looked up.
    return (
        f"strlen({column}) < 32 AND ({column} < '0' OR {column} >= ':')"
        f" AND {one_of(f'lower({column})', ABSENT)}"
    )


def _number(name: str, cleaned: str) -> Form:
    test = matches("{c}", NUMBER_FORMS[name])
    sql = f"CASE WHEN {test} THEN TRY_CAST({cleaned} AS DOUBLE) END"
    return Form("number", name, "DOUBLE", sql)


def _integer(name: str, cleaned: str) -> Form:
    test = matches("{c}", _whole(name))
    sql = f"CASE WHEN {test} THEN TRY_CAST({cleaned} AS BIGINT) END"
    return Form("integer", name, "BIGINT", sql)


def _whole(name: str) -> str:
    """The form of a number without its decimals."""
    group = {VI: r"\.", EN: ",", SPACED: _SPACE}.get(name)
    if group is None:
        return NUMBER_FORMS[WHOLE]
    return rf"-?([1-9][0-9]{{0,2}}({group}[0-9]{{3}})+|0|[1-9][0-9]*)"


CLEANED = {
    WHOLE: "{c}",
    VI: "replace(replace({c}, '.', ''), ',', '.')",
    EN: "replace({c}, ',', '')",
    SPACED: f"replace(regexp_replace({{c}}, {literal(_SPACE)}, '', 'g'), ',', '.')",
}
NUMBERS = {name: _number(name, cleaned) for name, cleaned in CLEANED.items()}
INTEGERS = {name: _integer(name, cleaned) for name, cleaned in CLEANED.items()}


def _formats(days: tuple[str, ...], clocks: tuple[str, ...] = ()) -> str:
    both = [day + gap + clock for clock in clocks for gap in (" ", "T") for day in days]
    return "[" + ", ".join(map(literal, both or days)) + "]"


def _sane(value: str) -> str:
    """Years before 1000 are slips of the pen, and Excel cannot show them."""
    return f"CASE WHEN year({value}) >= 1000 THEN {value} END"


def _date(name: str, days: tuple[str, ...]) -> Form:
    worded = rf"regexp_replace({{c}}, {literal('^' + _IN_WORDS + '$')}, '\1/\2/\3')"
    return Form(
        "date",
        name,
        "DATE",
        f"CASE WHEN {matches('{c}', _DAY_FIRST)}"
        f" THEN {_sane(f'TRY_CAST(try_strptime({{c}}, {_formats(days)}) AS DATE)')}"
        f" WHEN {matches('{c}', _ISO_DAY)} THEN {_sane('TRY_CAST({c} AS DATE)')}"
        f" WHEN {matches('{c}', _IN_WORDS)}"
        f" THEN {_sane(f'TRY_CAST(try_strptime({worded}, {_formats(_DAY_FORMATS)}) AS DATE)')} END",
    )


def _datetime(name: str, days: tuple[str, ...]) -> Form:
    iso = "TRY_CAST({c} AS TIMESTAMP)"
    # A moment with a zone is written in Vietnam's, which has no summer time.
    return Form(
        "datetime",
        name,
        "TIMESTAMP",
        f"CASE WHEN {matches('{c}', _ISO_DAY + '(' + _TIME + ')?')} THEN {_sane(iso)}"
        f" WHEN {matches('{c}', _ISO_DAY + _TIME + _ZONE)} THEN {iso} + INTERVAL 7 HOUR"
        f" WHEN {matches('{c}', _DAY_FIRST + _TIME)}"
        f" THEN {_sane(f'try_strptime({{c}}, {_formats(days, _CLOCKS)})')}"
        f" WHEN {matches('{c}', _DAY_FIRST)}"
        f" THEN {_sane(f'try_strptime({{c}}, {_formats(days)})')} END",
    )


DATES = {"day_first": _date("day_first", _DAY_FORMATS), "us": _date("us", _US_FORMATS)}
DATETIMES = {
    "day_first": _datetime("day_first", _DAY_FORMATS),
    "us": _datetime("us", _US_FORMATS),
}
BOOLEAN = Form(
    "boolean",
    "words",
    "BOOLEAN",
    f"CASE WHEN strlen({{c}}) > 12 THEN NULL"
    f" WHEN {one_of('lower({c})', TRUE_WORDS)} THEN true"
    f" WHEN {one_of('lower({c})', FALSE_WORDS)} THEN false END",
)
TEXT = Form("text", "text", "VARCHAR", "{c}")
GEOMETRY = Form("geometry", "geojson", "VARCHAR", "{c}")
