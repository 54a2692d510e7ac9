"""Numbers that are more than their value: what a type of number would lose, and which cells.

A column where two section numbers 1.1 and 1.10 would become one, where a lot 1E2 would become 100,
or where an integer has more figures than a number with decimals can hold, stays text. Where only
the last figures of long decimals are rounded, the cells are named.
"""

from dataclasses import dataclass

import duckdb

from tables import patterns
from tables.limits import PROBLEMS_PER_RULE
from tables.patterns import EN, VI, Form, is_absent, matches
from tables.problems import ProblemLog

_FIGURES = 15  # that every DOUBLE keeps
_EXPONENT_CODE = r"-?[0-9]+[eE][0-9]+"
# What Excel shows of a number with more figures than the cell has room for.
_SPOILT = r"-?[1-9]([.,][0-9]+)?E\+[0-9]{2,3}"


@dataclass(frozen=True)
class Place:
    """A column of the raw table; `written`: its numbers are texts in the source."""

    raw: str
    label: str
    first_row: int
    written: bool = True


@dataclass(frozen=True)
class _Signs:
    """What numbers of a column look like: how many end in a zero after the decimal sign, have an
    exponent, are long, are a negative zero; the least and the greatest count of decimals.
    """

    zeros: int
    fewest: int | None
    most: int | None
    exponents: int
    long: int
    negative_zeros: int


def kept_form(con: duckdb.DuckDBPyConnection, place: Place, form: Form, log: ProblemLog) -> Form:
    """The form, or text where the form would change what is written."""
    if form.name == patterns.WHOLE:
        return form
    c, signs = place.raw, _signs(con, place.raw, form)
    if signs.exponents and place.written:
        report_cells(con, place, matches(c, _SPOILT), log, "exponent")
    for found, where in (
        (place.written and signs.exponents, matches(c, _EXPONENT_CODE)),
        (place.written and signs.zeros and signs.fewest != signs.most, _ends_in_zero(c, form)),
        (place.written and signs.negative_zeros, f"{c} = '-0'"),
        (form.type == "number" and signs.long, f"{_whole_figures(c, form)} > {_FIGURES}"),
    ):
        if found and _kept_text(con, place, where, log):
            return patterns.TEXT
    if form.type == "number" and signs.long:
        report_rounded(con, place, form, log)
    return form


def report_rounded(
    con: duckdb.DuckDBPyConnection, place: Place, form: Form, log: ProblemLog
) -> None:
    """Name the cells whose last figures a number cannot hold."""
    cleaned = patterns.CLEANED[form.name].replace("{c}", place.raw)
    figures = (
        f"ltrim(regexp_replace(regexp_replace({place.raw}, '[eE].*', ''), '[^0-9]', '', 'g'), '0')"
    )
    where = (
        f"strlen({place.raw}) > {_FIGURES} AND strlen({figures}) > {_FIGURES}"
        f" AND ({form.cast(place.raw)})::VARCHAR <> {cleaned}"
    )
    report_cells(con, place, where, log, "rounded")


def report_cells(
    con: duckdb.DuckDBPyConnection,
    place: Place,
    where: str,
    log: ProblemLog,
    rule: str,
    **params: str,
) -> None:
    """Report the cells of a column for which the SQL `where` is true; all are counted."""
    cells = con.execute(
        f"SELECT rowid, {place.raw} FROM raw WHERE {where} ORDER BY rowid LIMIT {PROBLEMS_PER_RULE}"
    ).fetchall()
    for rowid, value in cells:
        log.add(
            rule, row=place.first_row + rowid, column=place.label, value=value, times=1, **params
        )
    if len(cells) == PROBLEMS_PER_RULE:
        (count,) = con.execute(f"SELECT count(*) FROM raw WHERE {where}").fetchone() or (0,)
        log.counts[rule] += count - len(cells)


def _signs(con: duckdb.DuckDBPyConnection, c: str, form: Form) -> _Signs:
    decimals = f"CASE WHEN {_mark(c, form)} > 0 THEN strlen({c}) - {_mark(c, form)} END"
    return _Signs(
        *(
            con.execute(
                f"SELECT count(*) FILTER (ends_with({c}, '0') AND decimals > 1),"
                f" min(decimals), max(decimals),"
                f" count(*) FILTER (contains({c}, 'e') OR contains({c}, 'E')),"
                f" count(*) FILTER (strlen({c}) > {_FIGURES}), count(*) FILTER ({c} = '-0')"
                f" FROM (SELECT {c}, {decimals} AS decimals FROM raw"
                f" WHERE {c} IS NOT NULL AND NOT ({is_absent(c)}))"
            ).fetchone()
            or (0, None, None, 0, 0, 0)
        )
    )


def _mark(c: str, form: Form) -> str:
    """SQL: where the decimal sign stands, 0 without one."""
    if form.name == EN:
        return f"strpos({c}, '.')"
    return (
        f"strpos({c}, ',')" if form.name == VI else f"greatest(strpos({c}, '.'), strpos({c}, ','))"
    )


def _ends_in_zero(c: str, form: Form) -> str:
    mark = _mark(c, form)
    return f"ends_with({c}, '0') AND {mark} > 0 AND strlen({c}) - {mark} > 1"


def _whole_figures(c: str, form: Form) -> str:
    """SQL: how many figures stand before the decimals; none are counted before an exponent."""
    sign = {EN: "[.eE].*", VI: ",.*"}.get(form.name, "[.,].*")
    whole = f"regexp_replace(regexp_replace({c}, '{sign}', ''), '[^0-9]', '', 'g')"
    return f"CASE WHEN strlen({c}) > {_FIGURES} THEN strlen({whole}) ELSE 0 END"


def _kept_text(con: duckdb.DuckDBPyConnection, place: Place, where: str, log: ProblemLog) -> bool:
    found = con.execute(
        f"SELECT min(rowid), arg_min({place.raw}, rowid), count(*) FROM raw"
        f" WHERE {where} AND NOT ({is_absent(place.raw)})"
    ).fetchone()
    if not found or not found[2]:
        return False
    log.add("kept_text", row=place.first_row + found[0], column=place.label, value=found[1],
            count=found[2])  # fmt: skip
    return True
