"""Rows of a worksheet as XML, written by SQL (ECMA-376 part 1, 18.3.1.73 row and 18.3.1.4 c).

Rows and cells come one after the other, so that they need no address (their `r` is optional).
"""

from collections.abc import Mapping, Sequence

from tables.patterns import literal, quoted
from tables.question import ColumnLike

LONGEST_CELL = 32_767  # characters
CELL_OVERHEAD = 64  # bytes around a value, at most
_SAFE_INTEGER = 10**15  # Excel keeps 15 digits
_FIRST_DAY = "1900-03-01"  # Excel believes that 1900 was a leap year
_DAY_ZERO = "1899-12-30"
_FORBIDDEN = "\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"  # in XML 1.0
_SPECIAL = "[&<>_\r\n" + _FORBIDDEN + "]"
_EMPTY = "<c/>"


def sheet_row(columns: Sequence[ColumnLike], styles: Mapping[str, str]) -> str:
    """SQL of a row; `styles` gives the number of the style for "date" and "datetime"."""
    cells = ", ".join(_cell(column, styles) for column in columns)
    return f"concat('<row>', {cells}, '</row>')"


def text_bytes(columns: Sequence[ColumnLike]) -> str:
    """SQL: how many bytes the texts of a row have."""
    texts = (f"coalesce(strlen({quoted(c.name)}), 0)" for c in columns if _is_text(c))
    return " + ".join(["0", *texts])


def _is_text(column: ColumnLike) -> bool:
    return column.type in ("text", "geometry")


def _cell(column: ColumnLike, styles: Mapping[str, str]) -> str:
    filled = _filled(quoted(column.name), column.type, styles)
    return f"coalesce({filled}, {literal(_EMPTY)})"


def _filled(name: str, type_: str, styles: Mapping[str, str]) -> str:
    match type_:
        case "integer":
            safe = f"{name} BETWEEN {1 - _SAFE_INTEGER} AND {_SAFE_INTEGER - 1}"
            return f"CASE WHEN {safe} THEN {_number(name)} ELSE {_text(f'{name}::VARCHAR')} END"
        case "number":
            error = literal('<c t="e"><v>#NUM!</v></c>')
            return (
                f"CASE WHEN isfinite({name}) THEN {_number(name)}"
                f" WHEN {name} IS NOT NULL THEN {error} END"
            )
        case "boolean":
            return f"""'<c t="b"><v>' || {name}::INTEGER::VARCHAR || '</v></c>'"""
        case "date":
            days = f"({name} - DATE '{_DAY_ZERO}')"
            return _moment(name, days, f"{name}::VARCHAR", styles["date"])
        case "datetime":
            # Ten decimals of a day are a hundredth of a millisecond.
            days = f"round((epoch({name}) - epoch(TIMESTAMP '{_DAY_ZERO}')) / 86400, 10)"
            iso = f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
            return _moment(name, days, iso, styles["datetime"])
    return _text(_escaped(name))


def _number(value: str, style: str = "") -> str:
    start = f'<c s="{style}"><v>' if style else "<c><v>"
    return f"{literal(start)} || ({value})::VARCHAR || '</v></c>'"


def _moment(name: str, days: str, iso: str, style: str) -> str:
    shown = f"{name} >= DATE '{_FIRST_DAY}'"
    return f"CASE WHEN {shown} THEN {_number(days, style)} ELSE {_text(iso)} END"


def _text(value: str) -> str:
    start, end = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    return f"{literal(start)} || {value} || {literal(end)}"


def _escaped(name: str) -> str:
    """XML without what it forbids; what Excel would read as an escape of its own is escaped.

    Few texts need any of it: one look decides.
    """
    short = f"left({name}, {LONGEST_CELL})"
    plain = f"replace(replace(replace({short}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    clean = f"regexp_replace({plain}, {literal(f'[{_FORBIDDEN}]')}, '', 'g')"
    marked = f"regexp_replace({clean}, '_(x[0-9A-Fa-f]{{4}}_)', '_x005F_\\1', 'g')"
    lines = f"replace(replace({marked}, chr(13), '_x000D_'), chr(10), '&#10;')"
    special = f"regexp_matches({name}, {literal(_SPECIAL)})"
    return f"CASE WHEN {special} OR strlen({name}) > {LONGEST_CELL} THEN {lines} ELSE {name} END"
