"""The words of a row, in SQL and in Python: a search finds the same with an index and without."""

import re
from collections.abc import Sequence

from tables.folding import folded, folded_sql
from tables.patterns import quoted
from tables.querying.conditions import BadQuery, SqlCondition
from tables.question import ColumnLike

LONGEST_SEARCH = 500  # characters
MAX_WORDS = 20

_WORD = re.compile(r"[^\W_]+")
_NO_WORD = r"[^\p{L}\p{N}]"  # the same for DuckDB's RE2
# Cells as a reader sees them, whole numbers with and without points. Geometries and yes or no are
# nothing to search for; numbers with decimals would double an index for what a condition does better.
_SHOWN = {
    "text": "{c}",
    "integer": "CASE WHEN {c} BETWEEN -999 AND 999 THEN {c}::VARCHAR"
    " ELSE {c}::VARCHAR || ' ' || replace(format('{:,}', {c}), ',', '.') END",
    "date": "strftime({c}, '%d/%m/%Y')",
    "datetime": "strftime({c}, '%d/%m/%Y')",
}


def words(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return _WORD.findall(folded(text))


def searched_words(text: str) -> list[str]:
    """The words to search for. Raises BadQuery: too long, or without any letter or figure."""
    if not text.strip():
        return []
    found = words(text[: LONGEST_SEARCH + 1])
    if len(text) > LONGEST_SEARCH or len(found) > MAX_WORDS:
        raise BadQuery("search_too_long", limit=LONGEST_SEARCH, words=MAX_WORDS)
    if not found:
        raise BadQuery("search_without_words")
    return found


def row_text(columns: Sequence[ColumnLike]) -> str:
    """SQL of all a reader sees in a row."""
    return _together([_shown(column) for column in columns if column.type in _SHOWN])


def folded_row(columns: Sequence[ColumnLike]) -> str:
    """SQL of the same, folded. Cell by cell: a value that stands in many rows is folded once."""
    return _together(
        [
            folded_sql(_shown(column)) if column.type == "text" else _shown(column)
            for column in columns
            if column.type in _SHOWN
        ]
    )


def found_in(row: str, wanted: Sequence[str]) -> SqlCondition:
    """SQL: all words stand in the folded row, the last perhaps as the beginning of one."""
    tests, params = [], []
    for at, word in enumerate(wanted, start=1):
        end = "" if at == len(wanted) else f"({_NO_WORD}|$)"
        # Most rows fail the plain test, which costs little.
        tests.append(f"contains({row}, ?) AND regexp_matches({row}, ?)")
        params += [word, f"(^|{_NO_WORD}){word}{end}"]
    return " AND ".join(tests), list(params)


def _shown(column: ColumnLike) -> str:
    return _SHOWN[column.type].replace("{c}", quoted(column.name))


def _together(cells: Sequence[str]) -> str:
    return f"concat_ws(' ', {', '.join(cells)})" if cells else "''"
